"""GeoParquet: the metadata in the footer, and one column whose pages are measured.

References
----------
.. [1] Apache Parquet, ``parquet.thrift``: ``PageHeader``.
.. [2] Apache Thrift, compact protocol.
"""

from __future__ import annotations

import io
from typing import Any, Final

from geo.export import geoparquet
from layers.files.readback.faults import (
    MEGABYTE,
    MOST_COUNTIES,
    ForeignError,
    UnpackedTooLargeError,
)
from layers.files.readback.findings import Findings, findings_of_metadata
from layers.files.readback.json_files import parsed

_COLUMNS: Final = ("adcode", "prefecture")
_MOST_PAGES: Final = 20
_MOST_PAGE: Final = 64 * 1024
"""Bytes of a page when unpacked; all codes of the province take one of two thousand.
Arrow makes room for what the head of a page says, up to two gigabytes."""

_UNPACKED, _PACKED = 2, 3
_GROUPS, _CHUNKS, _CHUNK = 4, 1, 3
_PATH, _PACKED_CHUNK, _DATA_AT, _DICTIONARY_AT = 3, 7, 9, 11
_MOST_GROUPS: Final = 10
_DEEPEST: Final = 8
_FIXED: Final = {1: 0, 2: 0, 3: 1, 7: 8}
"""Bytes of the compact protocol's types of fixed width."""

_INTEGERS: Final = {4, 5, 6}
_BINARY, _LIST, _SET, _STRUCT = 8, 9, 10, 12


def read_parquet(content: bytes) -> Findings:
    """Read a Parquet file with our entry of the key-value metadata."""
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # slow to load

    file = pq.ParquetFile(
        io.BytesIO(content),
        read_dictionary=["adcode"],  # else one long text may become a thousand
        thrift_string_size_limit=MEGABYTE,
        thrift_container_size_limit=10_000,
    )
    ours = (file.metadata.metadata or {}).get(geoparquet.METADATA_KEY)
    if ours is None:
        raise ForeignError("no metadata of ours")
    if file.metadata.num_rows > MOST_COUNTIES:
        raise UnpackedTooLargeError("too many rows")
    _measure(content)
    table = file.read(columns=[*_COLUMNS], use_threads=False)
    samples = (
        table["prefecture"].to_pylist() if "prefecture" in table.schema.names else []
    )
    return findings_of_metadata(
        "geoparquet",
        parsed(ours),
        table["adcode"].to_pylist(),
        samples[0] if samples else "",
    )


def _measure(content: bytes) -> None:
    """Refuse pages of the columns wanted that would unpack to too much.

    The footer is read here: of a damaged one, what describes a column in pyarrow ends
    the process (an exception of C++ that no Python catches).
    """
    length = int.from_bytes(content[-8:-4], "little")
    groups = _Compact(content, len(content) - 8 - length).structure()[_GROUPS]
    if len(groups) > _MOST_GROUPS:
        raise UnpackedTooLargeError("too many groups of rows")
    for group in groups:
        for column in group[_CHUNKS]:
            chunk = column[_CHUNK]
            # A nested column is asked for by the first part of its path.
            if chunk[_PATH][0].decode() not in _COLUMNS:
                continue
            at = chunk[_DATA_AT]
            if dictionary_at := chunk.get(_DICTIONARY_AT):
                if dictionary_at >= at:
                    raise ValueError("a dictionary after its data")
                at = dictionary_at
            _walk(content, at, at + chunk[_PACKED_CHUNK])


def _walk(content: bytes, at: int, end: int) -> None:
    for _ in range(_MOST_PAGES):
        if at >= end:
            return
        head = _Compact(content, at)
        numbers = head.structure()
        if not 0 <= numbers[_UNPACKED] <= _MOST_PAGE or numbers[_PACKED] < 0:
            raise UnpackedTooLargeError("a page")
        at = head.at + numbers[_PACKED]
    raise UnpackedTooLargeError("too many pages")


class _Compact:
    """A structure in Thrift's compact protocol."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def structure(self, depth: int = 0) -> dict[int, Any]:
        """Read a structure: its values by the numbers of their fields."""
        found: dict[int, Any] = {}
        field = 0
        while head := self._byte():
            field = field + (head >> 4) if head >> 4 else self._integer()
            found[field] = self._value(head & 15, depth + 1)
        return found

    def _value(self, kind: int, depth: int) -> Any:
        if depth > _DEEPEST:
            raise ValueError("too deep")
        if kind in _FIXED:
            self.at += _FIXED[kind]
            return None
        if kind in _INTEGERS:
            return self._integer()
        if kind == _BINARY:
            length = self._length()  # moves on by itself, so not within the sum
            self.at += length
            return self.data[self.at - length : self.at]
        if kind in {_LIST, _SET}:
            head = self._byte()
            count = head >> 4 if head >> 4 < 15 else self._length()
            # In a list a bool has a byte; beside a field it has none.
            item = 3 if head & 15 in {1, 2} else head & 15
            return [
                self._value(item, depth + 1) for _ in range(min(count, len(self.data)))
            ]
        if kind == _STRUCT:
            return self.structure(depth)
        raise ValueError(f"nothing that we read has the type {kind}")

    def _byte(self) -> int:
        value = self.data[self.at]
        self.at += 1
        return value

    def _length(self) -> int:
        value = shift = 0
        while (byte := self._byte()) & 128:
            value |= (byte & 127) << shift
            shift += 7
            if shift > 63:
                raise ValueError("too long a number")
        return value | byte << shift

    def _integer(self) -> int:
        value = self._length()
        return value >> 1 ^ -(value & 1)
