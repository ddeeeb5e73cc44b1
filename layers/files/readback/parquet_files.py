"""GeoParquet: the metadata in the footer, and one column whose pages are measured.

References
----------
.. [1] Apache Parquet, ``parquet.thrift``: ``PageHeader``.
.. [2] Apache Thrift, compact protocol.
"""

from __future__ import annotations

import io
import json
from typing import Any, Final

from geo.export import geoparquet
from layers.files.readback.faults import (
    MEGABYTE,
    MOST_COUNTIES,
    ForeignError,
    UnpackedTooLargeError,
)
from layers.files.readback.findings import Findings, findings_of_metadata

_COLUMNS: Final = ("adcode", "prefecture")
_MOST_PAGES: Final = 20
_MOST_PAGE: Final = 64 * 1024
"""Bytes of a page when unpacked; all codes of the province take one of two thousand.
Arrow makes room for what the head of a page says, up to two gigabytes."""

_UNPACKED, _PACKED = 2, 3
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
    _measure(content, file.metadata)
    table = file.read(columns=[*_COLUMNS], use_threads=False)
    samples = (
        table["prefecture"].to_pylist() if "prefecture" in table.schema.names else []
    )
    return findings_of_metadata(
        "geoparquet",
        json.loads(ours),
        table["adcode"].to_pylist(),
        samples[0] if samples else "",
    )


def _measure(content: bytes, footer: Any) -> None:
    """Refuse pages of the columns wanted that would unpack to too much."""
    groups = [footer.row_group(i) for i in range(min(footer.num_row_groups, 10))]
    if footer.num_row_groups > len(groups):
        raise UnpackedTooLargeError("too many groups of rows")
    for group in groups:
        chunks = [group.column(i) for i in range(group.num_columns)]
        for chunk in chunks:
            # A nested column is asked for by the first part of its path.
            if chunk.path_in_schema.split(".")[0] not in _COLUMNS:
                continue
            at = chunk.data_page_offset
            if chunk.dictionary_page_offset:
                if chunk.dictionary_page_offset >= at:
                    raise ValueError("a dictionary after its data")
                at = chunk.dictionary_page_offset
            _walk(content, at, at + chunk.total_compressed_size)


def _walk(content: bytes, at: int, end: int) -> None:
    for _ in range(_MOST_PAGES):
        if at >= end:
            return
        head = _Compact(content, at)
        numbers = head.numbers()
        if not 0 <= numbers[_UNPACKED] <= _MOST_PAGE or numbers[_PACKED] < 0:
            raise UnpackedTooLargeError("a page")
        at = head.at + numbers[_PACKED]
    raise UnpackedTooLargeError("too many pages")


class _Compact:
    """A structure in Thrift's compact protocol."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at

    def numbers(self, depth: int = 0) -> dict[int, int]:
        """Step over a structure; return its integers by the numbers of their fields."""
        found: dict[int, int] = {}
        field = 0
        while head := self._byte():
            field = field + (head >> 4) if head >> 4 else self._integer()
            kind = head & 15
            if kind in _INTEGERS:
                found[field] = self._integer()
            else:
                self._skip(kind, depth + 1)
        return found

    def _skip(self, kind: int, depth: int) -> None:
        if depth > _DEEPEST:
            raise ValueError("too deep")
        if kind in _FIXED:
            self.at += _FIXED[kind]
        elif kind in _INTEGERS:
            self._integer()
        elif kind == _BINARY:
            length = self._length()  # moves on by itself, so not within the sum
            self.at += length
        elif kind in {_LIST, _SET}:
            head = self._byte()
            count = head >> 4 if head >> 4 < 15 else self._length()
            # In a list a bool has a byte; beside a field it has none.
            for _ in range(min(count, len(self.data))):
                self._skip(3 if head & 15 in {1, 2} else head & 15, depth + 1)
        elif kind == _STRUCT:
            self.numbers(depth)
        else:
            raise ValueError(f"no page has the type {kind}")

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
