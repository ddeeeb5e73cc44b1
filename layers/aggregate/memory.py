"""A large table that is in memory: an upload, which is written nowhere.

What the command line lets DuckDB read from a file is parsed once into columns of Arrow
here, and DuckDB adds these up where they lie.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import ibis
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.csv as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from layers.aggregate.faults import ColumnError, SourceError
from layers.aggregate.sources import Source
from layers.aggregate.texts import LOOKED_AT, look

_PARQUET_MARK: Final = b"PAR1"
_PACKED_MARKS: Final = (b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
_TABLE: Final = "atlas_upload"
_BLOCK: Final = 1 << 22
"""Bytes of text that are parsed at once."""

Tell = Callable[[float], None]


@contextmanager
def opened_in_memory(
    content: bytes, name: str, *, memory_mb: int, threads: int, tell: Tell
) -> Iterator[Source]:
    """Open a CSV or Parquet that is in memory.

    Parameters
    ----------
    content : bytes
        The file.
    name : str
        What it is called.
    memory_mb, threads : int
        What DuckDB may take beside it.
    tell : callable
        Is told which share of it has been read.

    Yields
    ------
    Source
        To be used inside only.

    Raises
    ------
    SourceError, ColumnError
        If it cannot be read.
    """
    if content.startswith(_PARQUET_MARK):
        table, encoding = _parquet(content, name, tell), None
    elif content.startswith(_PACKED_MARKS):
        raise SourceError.other_kind(name)
    else:
        table, encoding = _csv(content, name, tell)
    connection = ibis.duckdb.connect(
        threads=threads,
        memory_limit=f"{memory_mb}MB",
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
        preserve_insertion_order=False,
    )
    try:
        # What does not fit into memory is refused, not put on a disk.
        connection.raw_sql("SET temp_directory = ''")
        connection.con.register(_TABLE, table)
        yield Source(
            name=name,
            engine="duckdb",
            table=connection.table(_TABLE),
            encoding=encoding,
        )
    finally:
        connection.disconnect()


def _parquet(content: bytes, name: str, tell: Tell) -> pa.Table:
    try:
        file = pq.ParquetFile(pa.BufferReader(content))
        _refuse_twice(file.schema_arrow.names, name)
        groups = []
        for number in range(file.num_row_groups):
            groups.append(file.read_row_group(number))
            tell((number + 1) / file.num_row_groups)
        table = pa.concat_tables(groups) if groups else file.read()
    except (pa.ArrowException, OSError):
        raise SourceError.damaged(name) from None
    plain = pa.schema(
        field.with_type(field.type.value_type)
        if pa.types.is_dictionary(field.type)
        else field
        for field in table.schema
    )
    return table.cast(plain)


def _csv(content: bytes, name: str, tell: Tell) -> tuple[pa.Table, str]:
    head = content[:LOOKED_AT]
    if not head.strip():
        raise SourceError.empty(name)
    encoding, separator, header = look(head, name, is_whole=len(content) <= LOOKED_AT)
    _refuse_twice(header, name)
    stream = pa.BufferReader(_as_utf8(content, name, encoding, separator))
    size = stream.size()
    batches = []
    try:
        reader = pc.open_csv(
            stream,
            # In one thread: only then a message says which row is broken.
            pc.ReadOptions(
                use_threads=False,
                block_size=_BLOCK,
                column_names=list(header),
                skip_rows_after_names=1,
            ),
            pc.ParseOptions(delimiter=separator[0], newlines_in_values=True),
            # All is text, as on the command line: a code keeps its zeros, and a number
            # that is none can be told of.
            pc.ConvertOptions(
                column_types=dict.fromkeys(header, pa.string()),
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
        for batch in reader:
            batches.append(batch)
            tell(stream.tell() / size)
        return pa.Table.from_batches(batches, reader.schema), encoding
    except pa.ArrowInvalid as error:
        raise _broken(str(error), content, name) from None


def _as_utf8(content: bytes, name: str, encoding: str, separator: str) -> bytes:
    if encoding in {"utf-8", "utf-8-sig"} and len(separator) == 1:
        return content.removeprefix(codecs.BOM_UTF8)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise SourceError.encoding(name, line) from None
    if len(separator) > 1:
        text = text.replace(separator[1], separator[0])
    return text.removeprefix("\ufeff").encode()


def _broken(said: str, content: bytes, name: str) -> SourceError:
    """Return the error of a text that Arrow does not parse."""
    if "UTF8" in said:
        try:
            content.decode()
        except UnicodeDecodeError as error:
            return SourceError.encoding(name, content[: error.start].count(b"\n") + 1)
    row = said.partition("Row #")[2].partition(":")[0]
    return SourceError.broken_line(name, row or "?")


def _refuse_twice(names: Any, file: str) -> None:
    for name, count in Counter(name.casefold() for name in names).items():
        if count > 1:
            raise ColumnError.several(
                next(n for n in names if n.casefold() == name), file
            )
