"""Files made to take time or memory: each reader takes no more than a file of ours.

The sizes are those of the attack; what is measured is memory, never the clock.
"""

import io
import json
import struct
import tracemalloc
import zipfile

import pytest

from geo.export import geoparquet
from layers.files.readback.faults import MEGABYTE, ReadBackError
from layers.files.readback.reading import read_back


def refused(content: bytes) -> tuple[str, float]:
    """Refuse a content; return the message and the megabytes that reading took."""
    tracemalloc.start()
    try:
        with pytest.raises(ReadBackError) as caught:
            read_back(content, "x")
        return caught.value.say("en"), tracemalloc.get_traced_memory()[1] / MEGABYTE
    finally:
        tracemalloc.stop()


def kmz(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", content)
    return packed.getvalue()


@pytest.mark.parametrize("pack", [bytes, kmz], ids=["kml", "kmz"])
@pytest.mark.parametrize(
    "content",
    [
        # 120,000 took 48 s: the path was copied for each element.
        b"<a>" * 120_000,
        b"<a>" * 2_000_000,
        b"<kml>" + b"<a/>" * 2_000_000 + b"</kml>",
        # 1.5 million attributes took 422 MB.
        b"<a " + b" ".join(b'x%d=""' % n for n in range(1_000_000)) + b"/>",
        b'<a x="' + b"y" * 15_000_000 + b'"/>',
    ],
    ids=["nested", "deep", "many", "attributes", "long attribute"],
)
def test_markup_takes_no_more_than_ours(content, pack):
    message, megabytes = refused(pack(content))

    assert "far larger" in message
    assert megabytes < 60


def test_text_before_the_end_of_markup_is_no_mark():
    # Whatever is not within a mark may be as long as a file of ours.
    message, _ = refused(b"<kml>" + b"x" * 1_000_000 + b"</kml>")

    assert "does not say" in message


class Buffer:
    """A FlatBuffer written backwards in the order of its parts, as far as needed."""

    def __init__(self) -> None:
        self.data = bytearray(4)

    def text(self, content: bytes) -> int:
        while len(self.data) % 4:
            self.data.append(0)
        at = len(self.data)
        self.data += struct.pack("<I", len(content)) + content + b"\0"
        return at

    def table(self, fields: dict[int, int | bytes]) -> int:
        """Write a table: numbers are places that it leads to, bytes stand in it."""
        while len(self.data) % 4:
            self.data.append(0)
        most = max(fields) + 1
        vtable = len(self.data)
        offsets, body = [0] * most, b""
        for field, value in fields.items():
            offsets[field] = 4 + len(body)
            body += value if isinstance(value, bytes) else b"\0\0\0\0"
        self.data += struct.pack("<HH", 4 + 2 * most, 4 + len(body))
        self.data += struct.pack(f"<{most}H", *offsets)
        while len(self.data) % 4:
            self.data.append(0)
        at = len(self.data)
        self.data += struct.pack("<i", at - vtable) + body
        for field, value in fields.items():
            if isinstance(value, int):
                place = at + offsets[field]
                struct.pack_into("<i", self.data, place, value - place)
        return at


def flatgeobuf(columns: int, name: bytes, metadata: bytes) -> bytes:
    """A header whose columns all share one name; written from its end, as it must."""
    header = Buffer()
    # Offsets in vectors and tables lead forwards: what is led to stands behind.
    vector = len(header.data)
    root_fields = {7: 0, 9: struct.pack("<H", 0) + b"\0\0", 13: 0, 11: 0}
    root = header.table(root_fields)
    offsets = {f: root + 4 + 4 * n for n, f in enumerate(root_fields)}
    struct.pack_into("<I", header.data, 0, root)
    about = header.text(metadata)
    title = header.text(b"x")
    vector = len(header.data) + (-len(header.data)) % 4
    header.data += b"\0" * (vector - len(header.data))
    header.data += struct.pack("<I", columns) + b"\0\0\0\0" * columns
    column = header.table({0: 0, 1: b"\x0b\0\0\0"})
    shared = header.text(name)
    struct.pack_into("<I", header.data, column + 4, shared - column - 4)
    for number in range(columns):
        at = vector + 4 + 4 * number
        struct.pack_into("<I", header.data, at, column - at)
    for field, place in ((7, vector), (13, about), (11, title)):
        at = offsets[field]
        struct.pack_into("<I", header.data, at, place - at)
    return b"fgb\x03fgb\x00" + struct.pack("<I", len(header.data)) + bytes(header.data)


OURS = json.dumps({"metadata": json.dumps({"query": "all=deep_poverty"})}).encode()


def test_the_made_header_is_one_that_is_read():
    # Without features: the columns are looked through all the same.
    home = read_back(flatgeobuf(3, b"adcode", OURS), "x")

    assert home.selection.all_of == ("deep_poverty",)


@pytest.mark.parametrize("columns", [30, 900, 1001, 2_000_000])
def test_columns_that_share_a_long_name_are_not_copied_each(columns):
    # 30 columns with one name of 10 MB took 296 MB, 200 of them 1.9 GB.
    name = b"n" * (8_000_000 if columns < 10_000 else 10)
    message, megabytes = refused(flatgeobuf(columns, name, OURS))

    assert ("far larger" if columns > 1000 else "does not say") in message
    assert megabytes < 60


@pytest.mark.parametrize("many", [b"[" * 6_000_000, b'{"a":[' + b"[]," * 5_000_000])
def test_metadata_with_millions_of_lists_are_not_parsed(many):
    # 6 million lists took 468 MB.
    inner = json.dumps({"metadata": many.decode()}).encode()
    for about in (many, inner):
        message, megabytes = refused(flatgeobuf(3, b"adcode", about))

        assert "far larger" in message
        assert megabytes < 100


def test_metadata_of_parquet_with_millions_of_lists_are_not_parsed():
    import pyarrow as pa
    import pyarrow.parquet as pq

    key = geoparquet.METADATA_KEY
    table = pa.table({"adcode": ["130722"]})
    made = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({key: b"[" * 1_040_000}), made)

    message, megabytes = refused(made.getvalue())
    assert "far larger" in message or "damaged" in message
    assert megabytes < 60
