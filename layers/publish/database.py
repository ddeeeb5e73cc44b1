"""The facts in a PostgreSQL database, with PostGIS or without: all of them, or none.

Everything happens in one transaction. What is there from before is brought up to date
row by row and column by column, so that views, rights and keys that the office has
added stay; if one of them stands in the way, nothing changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, LiteralString

import geopandas as gpd
import pandas as pd
import psycopg
import shapely
from psycopg import sql
from shapely.geometry import mapping

from geo.language import Language
from layers.facts.package import Package
from layers.publish.address import Address
from layers.publish.faults import AddressError, PublishError
from layers.publish.tables import GEOJSON, GEOMETRY, Table, tables, views

SCHEMA: Final = "atlas"

_MARK: Final = "Hebei Programme Atlas"
"""Begins the comment of every table of ours, by which it is known again."""

_PATIENCE: Final = 10
"""Seconds to wait for a connection, and for a lock of somebody else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What was written.

    Attributes
    ----------
    schema : str
        Where.
    rows : dict of str to int
        Number of rows by table.
    views : tuple of str
        Names of the views.
    has_geometry : bool
        Whether the boundaries are geometry of PostGIS; else they are GeoJSON.
    """

    schema: str
    rows: dict[str, int]
    views: tuple[str, ...]
    has_geometry: bool


def publish(
    package: Package,
    counties: gpd.GeoDataFrame,
    address: str,
    *,
    schema: str = SCHEMA,
    language: Language = "zh",
) -> Published:
    """Write the facts into a database, or bring it up to date.

    Parameters
    ----------
    package : layers.facts.package.Package
        The checked facts.
    counties : geopandas.GeoDataFrame
        The county table, in full detail.
    address : str
        ``postgresql://user:password@host:port/database``; it is never said back.
    schema : str
        In which the tables stand; made if it is not there.
    language : {"zh", "en"}
        Of names, labels and details.

    Returns
    -------
    Published
        What is there now.

    Raises
    ------
    AddressError
        If the address is none.
    PublishError
        If the database cannot be reached, holds other tables of these names, or
        refuses a step. It is then as it was before.
    """
    where = Address.read(address)
    every = tables(package, counties, language)
    with _transaction(where) as database:
        home = _geometry_schema(database)
        _make_schema(database, schema)
        for table in every:
            _refuse_foreign(database, schema, table.name)
        for table in every:
            _shape(database, schema, table, home)
            _fill(database, schema, table, home)
        # Rows that are gone: first those that refer to others.
        for table in reversed(every):
            _drop_gone(database, schema, table)
        made = tuple(_views(database, schema, package))
    return Published(
        schema=schema,
        rows={table.name: len(table.rows) for table in every},
        views=made,
        has_geometry=home is not None,
    )


@contextmanager
def _transaction(address: Address) -> Iterator[psycopg.Connection[Any]]:
    try:
        connection = psycopg.connect(
            # The texts are UTF-8, whatever a client of this machine usually speaks.
            **{
                **address.parts,
                "client_encoding": "UTF8",
                "connect_timeout": _PATIENCE,
            }
        )
    except UnicodeError:
        # Of a host with a part that is empty or longer than a name can be.
        raise AddressError.malformed() from None
    except psycopg.Error as error:
        raise PublishError.unreachable(address.without_secrets(str(error))) from None
    try:
        # Commits at its end, rolls back on any error.
        with connection:
            _run(
                connection, "SET LOCAL lock_timeout = {}", sql.Literal(f"{_PATIENCE}s")
            )
            yield connection
    except psycopg.Error as error:
        raise PublishError.broken_off(address.without_secrets(str(error))) from error


def _run(
    database: psycopg.Connection[Any], text: LiteralString, *parts: sql.Composable
) -> psycopg.Cursor[Any]:
    query = sql.SQL(text).format(*parts)
    return database.execute(query)


def _named(schema: str, name: str) -> sql.Composable:
    return sql.Identifier(schema, name)


def _geometry_schema(database: psycopg.Connection[Any]) -> str | None:
    """Return the schema in which PostGIS is, None without it."""
    found = database.execute(
        "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n"
        " ON n.oid = e.extnamespace WHERE e.extname = 'postgis'"
    ).fetchone()
    return None if found is None else str(found[0])


def _make_schema(database: psycopg.Connection[Any], schema: str) -> None:
    """Make the schema if it is not there.

    "IF NOT EXISTS" asks for the right to make schemas even where there is one: an
    office often gives a role one schema, and no right to make others.
    """
    there = database.execute("SELECT FROM pg_namespace WHERE nspname = %s", (schema,))
    if there.fetchone() is None:
        _run(database, "CREATE SCHEMA {}", sql.Identifier(schema))


def _comment_of(
    database: psycopg.Connection[Any], schema: str, name: str
) -> tuple[bool, str]:
    """Return whether there is a table or view, and its comment."""
    found = database.execute(
        "SELECT obj_description(c.oid, 'pg_class') FROM pg_class c"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = %s AND c.relname = %s",
        (schema, name),
    ).fetchone()
    return (False, "") if found is None else (True, found[0] or "")


def _refuse_foreign(database: psycopg.Connection[Any], schema: str, name: str) -> None:
    exists, comment = _comment_of(database, schema, name)
    if exists and not comment.startswith(_MARK):
        raise PublishError.foreign_table(f"{schema}.{name}")


def _type(values: pd.Series) -> LiteralString:
    kinds = pd.api.types
    if kinds.is_bool_dtype(values):
        return "boolean"
    if kinds.is_integer_dtype(values):
        return "bigint"
    return "double precision" if kinds.is_float_dtype(values) else "text"


def _columns(table: Table, home: str | None) -> dict[str, sql.Composable]:
    """Return the types of the columns of a table, by name."""
    types: dict[str, sql.Composable] = {
        str(name): sql.SQL(_type(table.rows[name])) for name in table.rows.columns
    }
    if table.shapes is not None and home is not None:
        geometry = sql.Identifier(home, "geometry")
        types[GEOMETRY] = sql.SQL("{}(MultiPolygon, 4326)").format(geometry)
    elif table.shapes is not None:
        types[GEOJSON] = sql.SQL("jsonb")
    return types


def _shape(
    database: psycopg.Connection[Any], schema: str, table: Table, home: str | None
) -> None:
    """Make a table, or bring its columns up to date."""
    named = _named(schema, table.name)
    wanted = _columns(table, home)
    there = {
        str(row[0])
        for row in database.execute(
            "SELECT column_name FROM information_schema.columns"
            " WHERE table_schema = %s AND table_name = %s",
            (schema, table.name),
        )
    }
    if not there:
        _create(database, schema, table, wanted)
    else:
        for name in wanted.keys() - there:
            _run(
                database,
                "ALTER TABLE {} ADD COLUMN {} {}",
                named,
                sql.Identifier(name),
                wanted[name],
            )
        gone = there - wanted.keys()
        if gone and table.shapes is not None:
            _drop_views(database, schema)
        # RESTRICT: a view of the office that shows the column stops everything.
        for name in gone:
            _run(database, "ALTER TABLE {} DROP COLUMN {}", named, sql.Identifier(name))
    _comment(database, "TABLE", named, f"{_MARK}: {table.comment}")
    for name, text in table.comments.items():
        column = sql.Identifier(schema, table.name, name)
        _comment(database, "COLUMN", column, text)


def _drop_views(database: psycopg.Connection[Any], schema: str) -> None:
    """Drop our views, which show all columns, before one of these goes."""
    ours = database.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = %s AND c.relkind = 'v'"
        " AND obj_description(c.oid, 'pg_class') LIKE %s",
        (schema, f"{_MARK}%"),
    ).fetchall()
    for (name,) in ours:
        _run(database, "DROP VIEW {}", _named(schema, str(name)))


def _create(
    database: psycopg.Connection[Any],
    schema: str,
    table: Table,
    wanted: dict[str, sql.Composable],
) -> None:
    parts: list[sql.Composable] = [
        sql.SQL("{} {}").format(sql.Identifier(name), kind)
        for name, kind in wanted.items()
    ]
    key = sql.SQL(", ").join(map(sql.Identifier, table.key))
    parts.append(sql.SQL("PRIMARY KEY ({})").format(key))
    parts += [
        sql.SQL("FOREIGN KEY ({}) REFERENCES {} ({})").format(
            sql.Identifier(to.column), _named(schema, to.table), sql.Identifier(to.key)
        )
        for to in table.references
    ]
    named = _named(schema, table.name)
    _run(database, "CREATE TABLE {} ({})", named, sql.SQL(", ").join(parts))
    if GEOMETRY in wanted:
        _run(
            database,
            "CREATE INDEX ON {} USING gist ({})",
            named,
            sql.Identifier(GEOMETRY),
        )


def _comment(
    database: psycopg.Connection[Any],
    kind: LiteralString,
    named: sql.Composable,
    text: str,
) -> None:
    what = sql.SQL(kind)
    _run(database, "COMMENT ON {} {} IS {}", what, named, sql.Literal(text))


def _fill(
    database: psycopg.Connection[Any], schema: str, table: Table, home: str | None
) -> None:
    """Write the rows: new ones are added, known ones brought up to date."""
    named = _named(schema, table.name)
    fresh = sql.Identifier(f"fresh_{table.name}")
    names = [*_columns(table, home)]
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    _run(
        database,
        "CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} LIMIT 0",
        fresh,
        columns,
        named,
    )
    copy = sql.SQL("COPY {} ({}) FROM STDIN").format(fresh, columns)
    with database.cursor() as cursor, cursor.copy(copy) as rows:
        for row in _rows(table, home):
            rows.write_row(row)
    key = sql.SQL(", ").join(map(sql.Identifier, table.key))
    changed = sql.SQL(", ").join(
        sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name))
        for name in names
        if name not in table.key
    )
    _run(
        database,
        "INSERT INTO {} ({}) SELECT {} FROM {} ON CONFLICT ({}) DO UPDATE SET {}",
        named,
        columns,
        columns,
        fresh,
        key,
        changed,
    )


def _drop_gone(database: psycopg.Connection[Any], schema: str, table: Table) -> None:
    """Delete the rows that the facts no longer have."""
    same = sql.SQL(" AND ").join(
        sql.SQL("f.{0} = t.{0}").format(sql.Identifier(name)) for name in table.key
    )
    _run(
        database,
        "DELETE FROM {} t WHERE NOT EXISTS (SELECT FROM {} f WHERE {})",
        _named(schema, table.name),
        sql.Identifier(f"fresh_{table.name}"),
        same,
    )


def _rows(table: Table, home: str | None) -> Iterator[tuple[Any, ...]]:
    columns = [
        [None if pd.isna(value) else _value(value) for value in table.rows[name]]
        for name in table.rows.columns
    ]
    if table.shapes is not None:
        columns.append(
            [
                shapely.to_wkb(
                    shapely.set_srid(shape, 4326), hex=True, include_srid=True
                )
                if home is not None
                else json.dumps(mapping(shape))
                for shape in table.shapes
            ]
        )
    yield from zip(*columns, strict=True)


def _value(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _views(
    database: psycopg.Connection[Any], schema: str, package: Package
) -> Iterator[str]:
    """Make a view of each programme: the counties that are in it."""
    for name, comment in views(package):
        _refuse_foreign(database, schema, name)
        view = _named(schema, name)
        # Columns that came stand at the end of the table, so that this can be done
        # under views of the office.
        _run(
            database,
            "CREATE OR REPLACE VIEW {} AS SELECT * FROM {} WHERE {}",
            view,
            _named(schema, "counties"),
            sql.Identifier(name),
        )
        _comment(database, "VIEW", view, f"{_MARK}: {comment}")
        yield name
