"""OGC API – Features, Part 3 (CQL2) and Part 2 (coordinate systems)."""

import json
import subprocess
import sys
from urllib.parse import quote

import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import shape

from views.http.ogc import cql
from views.http.ogc.systems import CRS84, OFFERED

ITEMS = "/ogc/collections/poor_county/items"
ZONE = "http://www.opengis.net/def/crs/EPSG/0/4548"
LATITUDE_FIRST = "http://www.opengis.net/def/crs/EPSG/0/4326"


def asked(client, condition, **parameters):
    query = "&".join(f"{name}={quote(value)}" for name, value in parameters.items())
    return client.get(f"{ITEMS}?limit=200&filter={quote(condition)}&{query}")


def ids(answer):
    assert answer.status_code == 200, answer.text[:300]
    return {feature["id"] for feature in answer.json()["features"]}


BOX = shapely.box(114, 40, 115, 42)


@pytest.mark.parametrize(
    ("condition", "chosen"),
    [
        ("deep_poverty = true", lambda row: row["deep_poverty"]),
        ("deep_poverty", lambda row: row["deep_poverty"]),
        ("deep_poverty = 1", lambda row: row["deep_poverty"]),
        ("NOT deep_poverty", lambda row: not row["deep_poverty"]),
        ("area_km2 >= 2000 AND NOT area_km2 > 3000",
         lambda row: 2000 <= row["area_km2"] <= 3000),
        ("area_km2 BETWEEN 2000 AND 3000", lambda row: 2000 <= row["area_km2"] <= 3000),
        ("area_km2 / 2 > 1500 OR deep_poverty = true",
         lambda row: row["area_km2"] > 3000 or row["deep_poverty"]),
        ("adcode IN ('130722', '130723', '130102')",
         lambda row: row["adcode"] in {"130722", "130723"}),
        ("name LIKE '%自治县'", lambda row: row["name"].endswith("自治县")),
        ("name LIKE '张_县'", lambda row: row["name"] == "张北县"),
        ("CASEI(name_en) LIKE CASEI('YU%')",
         lambda row: row["name_en"].lower().startswith("yu")),
        ("prefecture_adcode <> '130700'",
         lambda row: row["prefecture_adcode"] != "130700"),
        ("S_INTERSECTS(geometry, BBOX(114, 40, 115, 42))",
         lambda row: row["shape"].intersects(BOX)),
        ("NOT S_DISJOINT(geometry, POLYGON((114 40, 115 40, 115 42, 114 42, 114 40)))",
         lambda row: row["shape"].intersects(BOX)),
        ("S_WITHIN(geometry, BBOX(114, 40, 117, 43))",
         lambda row: row["shape"].within(shapely.box(114, 40, 117, 43))),
    ],
)  # fmt: skip
def test_a_filter_chooses_what_it_says(client, condition, chosen):
    features = client.get(f"{ITEMS}?limit=200").json()["features"]
    rows = [{**f["properties"], "shape": shape(f["geometry"])} for f in features]

    expected = {row["adcode"] for row in rows if chosen(row)}
    assert ids(asked(client, condition)) == expected
    assert 0 < len(expected) < len(rows)


def test_what_is_not_known_is_neither_true_nor_false(client):
    features = client.get(f"{ITEMS}?limit=200").json()["features"]
    unknown = {f["id"] for f in features if f["properties"]["relocation"] is None}

    assert unknown
    assert ids(asked(client, "relocation IS NULL")) == unknown
    for condition in (
        "relocation = true OR relocation = false",
        "relocation = true OR NOT relocation = true",
        "relocation IS NOT NULL",
    ):
        assert ids(asked(client, condition)) == {f["id"] for f in features} - unknown


def test_json_says_the_same_as_text(client):
    text = "deep_poverty = true AND area_km2 > 2000"
    part = {"op": "=", "args": [{"property": "deep_poverty"}, True]}
    more = {"op": ">", "args": [{"property": "area_km2"}, 2000]}
    written = json.dumps({"op": "and", "args": [part, more]})

    answer = asked(client, written, **{"filter-lang": "cql2-json"})
    assert ids(answer) == ids(asked(client, text))


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("(((", "no CQL2"),
        ("", "no CQL2"),
        ("no_such = 1", "no_such"),
        ("evidence = 'x'", "evidence"),
        ("name > 3", "cannot be"),
        ("deep_poverty > true", "cannot be"),
        ("name", "cannot be"),
        ("S_INTERSECTS(name, POINT(114 40))", "cannot be"),
        ("area_km2 ^ 1000 > 1", "cannot be"),
        ("area_km2 > 1 " + "AND area_km2 > 1 " * 300, "too long"),
        ("(" * 40 + "area_km2 > 1" + ")" * 40, "too long"),
        ("no_such_function(name) = 1", "cannot be"),
    ],
)
def test_a_filter_that_cannot_be_is_refused_and_says_why(client, condition, says):
    answer = asked(client, condition)

    assert answer.status_code == 400
    assert says in answer.json()["description"]
    assert answer.json()["message"]["zh"]


@pytest.mark.parametrize(
    "text",
    [
        "NOT " * 990 + "a=1",
        "a=" + "-" * 3900 + "1",
        "a=1" + "^2" * 1990,
        "a=" + "1+" * 1990 + "1",
        "a=1" + " OR a=1" * 560,
        "a=" + "(" * cql.DEEPEST + "1" + "+1)" * cql.DEEPEST,
    ],
    ids=lambda text: text[:8],
)
def test_no_filter_within_the_limits_ends_the_server(text):
    code = (
        "import sys; from views.http.ogc import cql; cql.read(sys.argv[1], 'cql2-text')"
    )

    run = subprocess.run([sys.executable, "-c", code, text], capture_output=True)
    assert run.returncode in {0, 1}, "not ended by a signal"


@pytest.mark.parametrize("address", OFFERED)
def test_features_come_in_every_system_that_is_offered(client, address):
    usual = client.get(f"{ITEMS}/130722").json()
    answer = client.get(f"{ITEMS}/130722?crs={address}")

    assert answer.headers["content-crs"] == f"<{address}>"
    back = Transformer.from_crs(OFFERED[address], "OGC:CRS84")
    there = shapely.get_coordinates(shape(answer.json()["geometry"]))
    here = shapely.get_coordinates(shape(usual["geometry"]))
    for found, expected in zip(back.transform(*there.T), here.T, strict=True):
        assert abs(found - expected).max() < 2e-7


def test_a_box_is_read_in_its_own_system(client):
    usual = ids(client.get(f"{ITEMS}?limit=200&bbox=114,40,115,42"))
    turned = client.get(
        f"{ITEMS}?limit=200&bbox-crs={LATITUDE_FIRST}&bbox=40,114,42,115"
    )

    assert ids(turned) == usual
    condition = "S_INTERSECTS(geometry, BBOX(40, 114, 42, 115))"
    assert ids(asked(client, condition, **{"filter-crs": LATITUDE_FIRST})) == usual


@pytest.mark.parametrize("name", ["crs", "bbox-crs", "filter-crs"])
def test_an_unknown_system_is_refused(client, name):
    answer = client.get(f"{ITEMS}?bbox=1,2,3,4&filter=deep_poverty&{name}=EPSG:9999")

    assert answer.status_code == 400
    assert "EPSG:9999" in answer.json()["description"]


def test_collections_say_their_systems(client):
    one = client.get("/ogc/collections/poor_county").json()

    assert one["crs"] == [*OFFERED]
    assert one["storageCrs"] == one["crs"][0] == CRS84
    assert ZONE in one["crs"]
