"""Where a large table lies, and the engine that reads it there.

Files are read by DuckDB inside, bounded in memory and without the network; an address
leads to the engine of an office. Either gives one table of ibis.
"""

from __future__ import annotations

import contextlib
import importlib
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from ibis.common.exceptions import TableNotFound

from layers.aggregate import faults
from layers.aggregate.faults import ColumnError, SourceError
from layers.aggregate.texts import readable

PARQUET: Final = (".parquet", ".pq", ".geoparquet")
CSV: Final = (".csv", ".tsv", ".txt")

ENGINES: Final = {
    "postgresql": ("postgres", "psycopg"),
    "postgres": ("postgres", "psycopg"),
    "pyspark": ("pyspark", "pyspark"),
    "trino": ("trino", "trino"),
    "clickhouse": ("clickhouse", "clickhouse_connect"),
}
"""By scheme of an address: the engine as ibis calls it, and the package it needs."""

_PARQUET_MARK: Final = b"PAR1"
_GLOBS: Final = "*?[]{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A large table.

    Attributes
    ----------
    name : str
        What it is called in messages and the account: never with a password.
    engine : str
        As ibis calls it.
    table : ibis.Table
        Its rows; nothing is read yet.
    secrets : tuple of str
        What no message may repeat.
    encoding : str or None
        Of text.
    """

    name: str
    engine: str
    table: ir.Table = field(repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    encoding: str | None = None

    def safe(self, text: str) -> str:
        """Say a reason on one line, without what is secret."""
        for secret in self.secrets:
            text = text.replace(secret, "…")
        return " ".join(text.split())


@contextmanager
def opened(where: str, *, memory_mb: int, threads: int) -> Iterator[Source]:
    """Open a file, a folder of files, or a table of an engine.

    Parameters
    ----------
    where : str
        A path, or an address such as ``postgresql://user@host/database#schema.table``.
    memory_mb, threads : int
        What DuckDB may take; an engine of an office has limits of its own.

    Yields
    ------
    Source
        To be used inside only.

    Raises
    ------
    SourceError, ColumnError, layers.publish.faults.AddressError
        If it cannot be read.
    EngineError
        If the engine cannot be reached.
    """
    if "://" in where and not Path(where).exists():
        with _by_address(where) as source:
            yield source
        return
    with tempfile.TemporaryDirectory(prefix="atlas-") as folder:
        connection = ibis.duckdb.connect(
            threads=threads,
            memory_limit=f"{memory_mb}MB",
            temp_directory=folder,
            # Nothing is fetched: what is not built in does not exist here.
            autoinstall_known_extensions=False,
            autoload_known_extensions=False,
            preserve_insertion_order=False,
        )
        try:
            yield _of_files(connection, Path(where), Path(folder))
        finally:
            connection.disconnect()


def _of_files(connection: Any, path: Path, folder: Path) -> Source:
    if not path.exists():
        raise SourceError.not_there(str(path))
    files = _files_in(path) if path.is_dir() else [path]
    if path.is_dir():
        is_parquet = files[0].suffix.lower() in PARQUET
    else:
        with path.open("rb") as stream:
            is_parquet = stream.read(4) == _PARQUET_MARK
        packed = path.suffix.lower() in {".xlsx", ".xls", ".ods", ".zip", ".gz"}
        if not is_parquet and packed:
            raise SourceError.other_kind(path.name)
    read = _parquet if is_parquet else _csv
    table, encoding = read(connection, files, folder)
    return Source(name=path.name, engine="duckdb", table=table, encoding=encoding)


def _files_in(folder: Path) -> list[Path]:
    files = sorted(
        file
        for file in folder.rglob("*")
        if file.is_file()
        and not any(p.startswith((".", "_")) for p in file.relative_to(folder).parts)
    )
    kinds = {
        kind: [file for file in files if file.suffix.lower() in kind]
        for kind in (PARQUET, CSV)
    }
    if all(kinds.values()):
        raise SourceError.mixed(folder.name)
    if not any(kinds.values()):
        raise SourceError.no_tables(folder.name)
    return kinds[PARQUET] or kinds[CSV]


def _parquet(
    connection: Any, files: list[Path], folder: Path
) -> tuple[ir.Table, str | None]:
    first: list[str] = []
    for file in files:
        try:
            names = pq.read_schema(file).names
        except (pa.ArrowInvalid, OSError):
            raise SourceError.damaged(file.name) from None
        _refuse_twice(names, file.name)
        first = first or names
        _refuse_unlike(first, names, file.name)
    paths = [str(_plain(file, folder, n)) for n, file in enumerate(files)]
    try:
        # By name: another order of columns is no other table.
        return connection.read_parquet(paths, union_by_name=True), None
    except duckdb.Error:
        raise SourceError.damaged(files[0].name) from None


def _csv(
    connection: Any, files: list[Path], folder: Path
) -> tuple[ir.Table, str | None]:
    texts = [readable(file, folder, number) for number, file in enumerate(files)]
    for text, file in zip(texts, files, strict=True):
        _refuse_twice(text.header, file.name)
        _refuse_unlike(texts[0].header, text.header, file.name)
    tables = []
    for number, text in enumerate(texts):
        path = _plain(text.path, folder, number)
        read = connection.read_csv(
            str(path),
            # Nothing is guessed. All is text: a code keeps its zeros, and a number
            # that is none can be told of.
            auto_detect=False,
            columns=dict.fromkeys(text.header, "VARCHAR"),
            header=True,
            delim=text.separator,
            quote='"',
            escape='"',
            max_line_size=1 << 20,
        )
        tables.append(read.select(*texts[0].header))
    table = tables[0] if len(tables) == 1 else ibis.union(*tables)
    return table, texts[0].encoding


def broken(said: str, name: str) -> faults.AggregateError:
    """Return the error of a text of which DuckDB says something.

    Parameters
    ----------
    said : str
        What DuckDB says.
    name : str
        What the file is called.
    """
    line = said.partition("CSV Error on Line: ")[2].partition("\n")[0].strip()
    if line and ("unicode" in said.lower() or "utf-8" in said.lower()):
        return SourceError.encoding(name, int(line) if line.isdecimal() else 1)
    return SourceError.broken_line(name, line or "?")


def _plain(file: Path, folder: Path, number: int) -> Path:
    """Return a path without signs that DuckDB would take for a pattern."""
    path = file.absolute()
    if not any(sign in str(path) for sign in _GLOBS):
        return path
    link = folder / f"link{number}{file.suffix}"
    link.symlink_to(path)
    return link


def _refuse_twice(names: Any, file: str) -> None:
    # DuckDB tells names apart by more than the case of their letters.
    for name, count in Counter(name.casefold() for name in names).items():
        if count > 1:
            shown = next(n for n in names if n.casefold() == name)
            raise ColumnError.several(shown, file)


def _refuse_unlike(first: Any, names: Any, file: str) -> None:
    for name in sorted({*first} ^ {*names}):
        raise SourceError.unlike(file, name)


@contextmanager
def _by_address(where: str) -> Iterator[Source]:
    address, _, named = where.partition("#")
    scheme = address.partition("://")[0].lower()
    if scheme not in ENGINES:
        raise SourceError.no_scheme(scheme, ENGINES)
    engine, package = ENGINES[scheme]
    try:
        importlib.import_module(package)
    except ImportError:
        wanted = f"ibis-framework[{engine}]=={ibis.__version__}"
        raise SourceError.not_installed(engine, wanted) from None
    if engine == "postgres":
        from layers.aggregate.postgres import connected

        opening = connected(address)
    else:
        opening = _connected(address)
    with opening as (connection, name, secrets):
        if not named:
            raise SourceError.no_table_named(name)
        table = unquote(named)
        schema, _, alone = table.rpartition(".")
        try:
            found = connection.table(alone, database=schema or None)
        except TableNotFound:
            raise SourceError.no_such_table(name, table) from None
        except Exception as error:  # each engine has errors of its own
            said = " ".join(str(error).split())
            for secret in secrets:
                said = said.replace(secret, "…")
            raise faults.gave_up(name, said) from None
        yield Source(
            name=f"{name}#{table}", engine=engine, table=found, secrets=secrets
        )


@contextmanager
def _connected(address: str) -> Iterator[tuple[Any, str, tuple[str, ...]]]:
    """Connect to an engine other than PostgreSQL, by its address as ibis reads it."""
    scheme, _, rest = address.partition("://")
    user, at, host = rest.rpartition("@")
    password = user.partition(":")[2]
    name = f"{scheme}://{host.partition('?')[0]}"
    query = host.partition("?")[2] if at else rest.partition("?")[2]
    secrets = tuple(
        filter(
            None,
            [
                password,
                unquote(password),
                *(p.partition("=")[2] for p in query.split("&") if "pass" in p.lower()),
            ],
        )
    )
    try:
        connection = ibis.connect(address)
    except Exception as error:  # each engine has errors of its own
        said = str(error)
        for secret in secrets:
            said = said.replace(secret, "…")
        raise faults.unreachable(name, " ".join(said.split())) from None
    try:
        yield connection, name, secrets
    finally:
        with contextlib.suppress(Exception):
            connection.disconnect()
