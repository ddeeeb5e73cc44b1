"""Publishing into Debian's PostgreSQL: whole or not at all, and again without loss."""

import json

import pandas as pd
import pytest
import shapely

from geo.crs import area_km2
from layers.cli.commands import main
from layers.facts.columns import EVIDENCE
from layers.files.export import feature_table
from layers.publish.database import publish
from layers.publish.faults import PublishError
from layers.select.selection import Selection
from tests.layers.publish.databases import everything, execute


def test_every_county_and_value_is_there(database, package, counties):
    address = database()
    made = publish(package, counties, address)

    here = feature_table(package, counties, Selection())
    names = [name for name in here.columns if name not in {EVIDENCE, "geometry"}]
    listed = ", ".join(f'"{name}"' for name in names)
    rows = execute(
        address,
        f"SELECT adcode, {listed}, ST_AsBinary(geom), ST_SRID(geom)"
        " FROM atlas.counties ORDER BY adcode",
    )
    assert made.has_geometry
    assert [row[0] for row in rows] == sorted(here.index)
    for row in rows:
        own = here.loc[row[0]]
        for name, value in zip(names, row[1:-2], strict=True):
            expected = None if pd.isna(own[name]) else own[name]
            assert value == expected, (row[0], name)
        assert row[-1] == 4326
        assert shapely.equals(shapely.from_wkb(bytes(row[-2])), own.geometry)
    statements = sum(map(len, here[EVIDENCE]))
    assert execute(address, "SELECT count(*) FROM atlas.evidence") == [(statements,)]


def test_the_database_itself_measures_what_the_table_says(database, package, counties):
    address = database()
    publish(package, counties, address)

    rows = execute(
        address,
        "SELECT area_km2, ST_Area(geom::geography) / 1e6 FROM atlas.counties",
    )
    assert all(abs(said - measured) < 0.06 for said, measured in rows)
    assert len(rows) == len(area_km2(counties.geometry))


def test_keys_comments_and_views(database, package, counties):
    address = database()
    made = publish(package, counties, address)

    for programme in package.programmes:
        (count,) = execute(address, f'SELECT count(*) FROM atlas."{programme}"')[0]
        assert count == len(package.members(programme))
    assert made.views == (*package.programmes,)
    said = execute(
        address,
        "SELECT a.attname, col_description(a.attrelid, a.attnum) FROM pg_attribute a"
        " WHERE a.attrelid = 'atlas.counties'::regclass AND a.attnum > 0",
    )
    assert all(text for name, text in said if name != "geom")
    keys = execute(
        address,
        "SELECT contype, count(*) FROM pg_constraint WHERE connamespace ="
        " 'atlas'::regnamespace AND contype IN ('p', 'f') GROUP BY 1",
    )
    assert dict(keys) == {"p": 7, "f": 4}
    lost = "SELECT code FROM atlas.codes WHERE code = '130721'"
    assert execute(address, lost) == [("130721",)]


def test_again_without_loss_and_without_change(database, package, counties):
    address = database()
    publish(package, counties, address)
    execute(address, "CREATE VIEW mine AS SELECT name FROM atlas.poor_county")
    execute(
        address,
        "CREATE TABLE visits (adcode text REFERENCES atlas.counties);"
        "INSERT INTO visits VALUES ('130722')",
    )
    before = everything(address)

    publish(package, counties, address)

    assert everything(address) == before
    assert execute(address, "SELECT count(*) FROM mine") == [(62,)]
    assert execute(address, "SELECT adcode FROM visits") == [("130722",)]


def test_what_the_facts_no_longer_have_goes_and_what_is_new_comes(
    database, package, counties
):
    address = database()
    publish(package, counties, address)
    execute(address, "UPDATE atlas.counties SET name = 'x' WHERE adcode = '130722'")
    execute(address, "DELETE FROM atlas.evidence")
    execute(
        address,
        "INSERT INTO atlas.sources (id) VALUES ('gone');"
        "ALTER TABLE atlas.counties ADD COLUMN gone text",
    )

    publish(package, counties, address)

    named = execute(address, "SELECT name FROM atlas.counties WHERE adcode = '130722'")
    assert named == [("张北县",)]
    assert execute(address, "SELECT FROM atlas.sources WHERE id = 'gone'") == []
    assert execute(address, "SELECT count(*) FROM atlas.evidence")[0][0] > 0
    columns = "SELECT FROM information_schema.columns WHERE column_name = 'gone'"
    assert execute(address, columns) == []


def test_without_postgis_the_boundaries_are_geojson(database, package, counties):
    address = database(postgis=False)
    made = publish(package, counties, address)

    assert not made.has_geometry
    (found,) = execute(
        address, "SELECT geojson::text FROM atlas.counties WHERE adcode = '130722'"
    )[0]
    shape = shapely.from_geojson(json.dumps(json.loads(found)))
    assert shapely.equals(shape, counties.geometry["130722"])


def test_a_view_of_the_office_on_what_goes_stops_everything(
    database, package, counties
):
    address = database()
    publish(package, counties, address)
    execute(
        address,
        "ALTER TABLE atlas.sources ADD COLUMN more text;"
        "CREATE VIEW mine AS SELECT more FROM atlas.sources;"
        "UPDATE atlas.counties SET name = 'x'",
    )
    before = everything(address)

    with pytest.raises(PublishError, match=r"as it was before: .*mine"):
        publish(package, counties, address)
    assert everything(address) == before


def test_a_table_of_somebody_else_is_not_touched(database, package, counties):
    address = database()
    execute(address, "CREATE SCHEMA atlas; CREATE TABLE atlas.sources (id text)")
    before = everything(address)

    with pytest.raises(PublishError, match=r"table atlas\.sources already"):
        publish(package, counties, address)
    assert everything(address) == before
    assert publish(package, counties, address, schema="hebei").schema == "hebei"


def test_a_transaction_broken_off_leaves_nothing(
    database, package, counties, monkeypatch
):
    address = database()
    from layers.publish import database as module

    def broken(connection, *_):
        connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(module, "_drop_gone", broken)
    with pytest.raises(PublishError, match="as it was before"):
        publish(package, counties, address)
    assert execute(address, "SELECT FROM pg_namespace WHERE nspname = 'atlas'") == []


def test_the_command_says_what_it_wrote(database, capsys):
    address = database()

    assert main(["publish", address, "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert "atlas.counties  167" in said
