"""FlatGeobuf: the header and one column, read by their layout.

References
----------
.. [1] FlatGeobuf, ``header.fbs`` and ``feature.fbs``, version 3.
.. [2] FlatBuffers, "Internals": tables begin with the way back to their vtable.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from layers.files.readback.faults import (
    MOST_COUNTIES,
    ForeignError,
    UnpackedTooLargeError,
)
from layers.files.readback.findings import Findings, findings_of_metadata
from layers.files.readback.json_files import parsed

_MAGIC: Final = 8
_COLUMNS, _COUNT, _NODE_SIZE, _TITLE, _METADATA = 7, 8, 9, 11, 13
_NAME, _TYPE = 0, 1
_PROPERTIES: Final = 1
_WIDTHS: Final = (1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8)
"""Bytes of a value by its type; the types after these have their length before them."""

_STRING: Final = 11
_ADCODE: Final = b"adcode"
_MOST_COLUMNS: Final = 1000
"""Ours are some hundred; a file may say the same one for millions."""
_NODE_BYTES: Final = 40


class _Table:
    """A table of a FlatBuffer; places outside the buffer are refused."""

    def __init__(self, data: bytes, at: int) -> None:
        self.data, self.at = data, at
        self._vtable = at - self.number("<i", at)
        self._size = self.number("<H", self._vtable)

    def number(self, kind: str, at: int) -> int:
        if at < 0:  # struct would count from the end
            raise ValueError("a place before the buffer")
        return int(struct.unpack_from(kind, self.data, at)[0])

    def place(self, field: int) -> int | None:
        entry = 4 + 2 * field
        if entry + 2 > self._size:
            return None
        offset = self.number("<H", self._vtable + entry)
        return self.at + offset if offset else None

    def scalar(self, field: int, kind: str, default: int) -> int:
        place = self.place(field)
        return default if place is None else self.number(kind, place)

    def vector(self, field: int) -> tuple[int, int]:
        """Return where a vector's elements begin, and how many there are."""
        place = self.place(field)
        if place is None:
            return 0, 0
        start = place + self.number("<I", place)
        return start + 4, self.number("<I", start)

    def content(self, field: int) -> bytes:
        start, length = self.vector(field)
        return _cut(self.data, start, length)

    def tables(self, field: int) -> Iterator[_Table]:
        start, length = self.vector(field)
        for at in range(start, start + 4 * length, 4):
            yield _Table(self.data, at + self.number("<I", at))


def read_flatgeobuf(content: bytes) -> Findings:
    """Read the metadata in the header, and the codes of the features."""
    size = _word(content, _MAGIC)
    header = _root(_cut(content, _MAGIC + 4, size))
    entries = header.content(_METADATA)
    if not entries:
        raise ForeignError("no metadata of ours")
    metadata = parsed(entries).get("metadata")
    if metadata is None:
        raise ForeignError("no metadata of ours")
    if header.scalar(_COUNT, "<Q", 0) > MOST_COUNTIES:
        raise UnpackedTooLargeError("too many features")
    adcodes = [*_codes(content, _MAGIC + 4 + size + _index_bytes(header), header)]
    title = header.content(_TITLE).decode()
    return findings_of_metadata("flatgeobuf", parsed(metadata), adcodes, title)


def _index_bytes(header: _Table) -> int:
    """Return the length of the spatial index, which stands before the features.

    It is a packed tree: every node has a box of four numbers and an offset, and stands
    for as many nodes below it as the header says.
    """
    fan, count = header.scalar(_NODE_SIZE, "<H", 16), header.scalar(_COUNT, "<Q", 0)
    if not fan or not count:
        return 0
    if fan < 2:
        raise ValueError("a tree that does not branch")
    nodes = level = count
    while level > 1:
        level = -(-level // fan)
        nodes += level
    return nodes * _NODE_BYTES


def _codes(content: bytes, at: int, header: _Table) -> Iterator[str]:
    if header.vector(_COLUMNS)[1] > _MOST_COLUMNS:
        raise UnpackedTooLargeError("too many columns")
    wanted, types = None, []
    for number, column in enumerate(header.tables(_COLUMNS)):
        kind = column.scalar(_TYPE, "<B", 0)
        types.append(kind)
        # By its length first: a name is copied to be read, and may be all of the file.
        _, length = column.vector(_NAME)
        if kind == _STRING and length == len(_ADCODE):
            wanted = number if column.content(_NAME) == _ADCODE else wanted
    if wanted is None:
        raise ForeignError("no such column")
    for _ in range(header.scalar(_COUNT, "<Q", 0)):
        size = _word(content, at)
        feature = _root(_cut(content, at + 4, size))
        yield _value(feature.content(_PROPERTIES), wanted, types)
        at += 4 + size


def _value(properties: bytes, wanted: int, types: list[int]) -> str:
    """Return the text of one column; the others before it are stepped over."""
    at = 0
    while True:
        (column,) = struct.unpack_from("<H", properties, at)
        kind = types[column]
        at += 2
        if kind < len(_WIDTHS):
            at += _WIDTHS[kind]
            continue
        length = _word(properties, at)
        if column == wanted:
            return _cut(properties, at + 4, length).decode()
        at += 4 + length


def _root(buffer: bytes) -> _Table:
    return _Table(buffer, _word(buffer, 0))


def _word(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])


def _cut(data: bytes, start: int, length: int) -> bytes:
    part = data[start : start + length]
    if len(part) < length:
        raise ValueError("cut off")
    return part
