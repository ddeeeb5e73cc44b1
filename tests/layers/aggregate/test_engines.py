"""Any engine answers the same question alike; what cannot be asked is said."""

import importlib.util
import os

import duckdb
import psycopg
import pytest

from geo.language import LANGUAGES
from layers.aggregate.faults import AggregateError, EngineError
from layers.aggregate.sources import opened
from layers.publish.faults import PublishError
from tests.layers.aggregate.conftest import EVERY, plainly, same

WRONG = "Falsch-7"
"""A password, which no message may have."""


def fill(address, register):
    """Put a register into a database, of the types that an office has."""
    columns = {
        "village": "varchar(12)",
        "town": "bigint",
        "county_name": "text",
        "prefecture": "text",
        "lon": "double precision",
        "lat": "numeric",
        "persons": "smallint",
        "income": "numeric(12, 2)",
        "poor": "boolean",
    }
    typed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    with psycopg.connect(address) as connection:
        connection.execute("CREATE SCHEMA register")
        connection.execute(f'CREATE TABLE register."Villages 村" ({typed})')
        copy = 'COPY register."Villages 村" FROM STDIN'
        with connection.cursor() as cursor, cursor.copy(copy) as target:
            for row in register[[*columns]].itertuples(index=False):
                target.write_row([None if cell != cell else cell for cell in row])


@pytest.fixture
def filled(database, register):
    address = database(postgis=False)
    fill(address, register)
    return f"{address}#register.Villages 村"


def test_postgresql_answers_as_duckdb_does(ask, register, parquet, filled):
    for roles in (
        {"code": "village"},
        {"code": "town"},
        {"name": "county_name", "prefecture": "prefecture"},
        {"lon": "lon", "lat": "lat"},
    ):
        options = {"roles": roles, "least": 3, "totals": True, "persons": "persons"}

        inside = ask(parquet, *EVERY, **options)
        theirs = ask(filled, *EVERY, **options)

        assert (inside.engine, theirs.engine) == ("duckdb", "postgres")
        assert theirs.table.equals(inside.table)
        assert theirs.withheld == inside.withheld
        assert theirs.account == inside.account
        few = [measure.replace(",median:income", "") for measure in EVERY]
        theirs, inside = (ask(where, *few, **options) for where in (filled, parquet))
        assert theirs.table.equals(inside.table)

    same(ask(filled, *EVERY).table, plainly(register))


def test_an_office_s_database_is_left_as_it_was(ask, filled):
    address = filled.partition("#")[0]

    def tables():
        with psycopg.connect(address) as connection:
            rows = connection.execute(
                "SELECT table_schema, table_name FROM information_schema.tables"
                " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"
            )
            return sorted(rows.fetchall())

    before = tables()
    ask(filled, "count")

    assert tables() == before == [("register", "Villages 村")]


def test_what_others_write_meanwhile_does_not_count_by_half(ask, filled, monkeypatch):
    from layers.aggregate import lookup

    found = ask(filled, roles={"code": "village"})
    real = lookup.by_place

    def slow(*arguments):
        led = real(*arguments)
        with psycopg.connect(filled.partition("#")[0]) as office:
            villages = 'register."Villages 村"'
            office.execute(f"INSERT INTO {villages} SELECT * FROM {villages}")
        return led

    monkeypatch.setattr(lookup, "by_place", slow)
    meanwhile = ask(filled, roles={"code": "village"})

    assert meanwhile.table.equals(found.table)
    assert meanwhile.table["count"].sum() == meanwhile.account.rows


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (f"postgresql://me:{WRONG}@127.0.0.1:1/office#t", ["127.0.0.1:1/office"]),
        (f"postgresql://me:{WRONG}@[/office#t", []),
        (f"oracle://me:{WRONG}@host/db#t", ["oracle", "postgresql", "trino"]),
        (f"s3://me:{WRONG}@bucket/t.parquet", ["s3"]),
    ],
)
def test_an_address_that_leads_nowhere_is_said_without_its_password(ask, address, told):
    with pytest.raises((AggregateError, PublishError)) as caught:
        ask(address)

    for language in LANGUAGES:
        said = caught.value.say(language)
        assert WRONG not in said
        assert all(part in said for part in told)


@pytest.mark.parametrize("scheme", ["trino", "clickhouse", "pyspark"])
def test_an_engine_without_its_package_says_what_to_install(ask, scheme, monkeypatch):
    def missing(name, *_):
        raise ImportError(name)

    monkeypatch.setattr("layers.aggregate.sources.importlib.import_module", missing)
    with pytest.raises(AggregateError) as caught:
        ask(f"{scheme}://me:{WRONG}@host/db#t")

    for language in LANGUAGES:
        assert f"ibis-framework[{scheme}]==" in caught.value.say(language)
        assert WRONG not in caught.value.say(language)


@pytest.mark.parametrize("table", ["", "#nothing", "#register.nothing"])
def test_a_table_that_is_not_there_is_said(ask, filled, table):
    with pytest.raises(AggregateError) as caught:
        ask(filled.partition("#")[0] + table)

    assert "postgresql://127.0.0.1" in caught.value.say("zh")
    assert table.removeprefix("#") in caught.value.say("en")


def test_an_engine_that_refuses_is_no_wrong_question(ask, filled):
    with psycopg.connect(filled.partition("#")[0]) as connection:
        connection.execute("CREATE ROLE nosy LOGIN")

    with pytest.raises(EngineError, match=r"could not add up .* permission denied"):
        ask(filled.replace("office@", "nosy@"), "count")


def test_memory_is_bounded_and_nothing_is_fetched(parquet):
    with opened(str(parquet), memory_mb=123, threads=1) as source:
        connection = source.table.get_backend()
        names = ("threads", "memory_limit", "autoinstall_known_extensions")
        asked = ", ".join(f"current_setting('{name}')" for name in names)
        (row,) = connection.raw_sql(f"SELECT {asked}").fetchall()

    assert row == (1, "117.3 MiB", False)


def test_an_end_of_memory_says_what_to_raise(ask, parquet, monkeypatch):
    def fail(*_):
        raise duckdb.OutOfMemoryException("failed to allocate")

    monkeypatch.setattr("layers.aggregate.lookup.distinct", fail)

    with pytest.raises(EngineError, match=r"256 MB.*ATLAS_AGGREGATE_MEMORY_MB"):
        ask(parquet)


needs_spark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or "TEST_SPARK" not in os.environ,
    reason="make test-spark",
)


@needs_spark
def test_spark_answers_as_duckdb_does(ask, parquet, register, tmp_path, monkeypatch):
    from pyspark.sql import SparkSession

    monkeypatch.chdir(tmp_path)
    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.sql.warehouse.dir", str(tmp_path / "warehouse"))
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    session.read.parquet(str(parquet)).write.saveAsTable("villages")

    theirs = ask("pyspark://local#villages", *EVERY, roles={"code": "village"})

    inside = ask(parquet, *EVERY, roles={"code": "village"})
    assert theirs.engine == "pyspark"
    assert theirs.table.equals(inside.table)
    same(theirs.table, plainly(register))
    session.stop()
