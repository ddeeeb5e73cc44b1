"""OGC API – Features: boxes, values, order; and what is no question."""

import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.spellings import SEVERAL, WRITTEN
from views.http.ogc.description import PARAMETERS

ITEMS = "/ogc/collections/poor_county/items"


def ids(answer):
    assert answer.status_code == 200, answer.text[:300]
    return [feature["id"] for feature in answer.json()["features"]]


def test_a_box_chooses_the_counties_that_meet_it(client, edition):
    counties = edition.counties("full")
    box = shapely.box(114, 40, 115, 42)
    meeting = counties.index[counties["poor_county"] & counties.intersects(box)]

    for text in ("114,40,115,42", "114,40,0,115,42,9000"):
        assert ids(client.get(f"{ITEMS}?bbox={text}&limit=100")) == [*meeting]
    assert len(meeting) == 11
    assert ids(client.get(f"{ITEMS}?bbox=-10,40,10,42")) == []
    # Across the antimeridian, all the way round to the west of Hebei.
    assert ids(client.get(f"{ITEMS}?bbox=170,-90,110,90")) == []
    assert len(ids(client.get(f"{ITEMS}?bbox=170,-90,130,90&limit=100"))) == 62


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("prefecture_adcode=130700", lambda row: row.prefecture_adcode == "130700"),
        ("deep_poverty=true", lambda row: row.deep_poverty),
        ("deep_poverty=1", lambda row: row.deep_poverty),
        ("deep_poverty=false", lambda row: not row.deep_poverty),
        ("exit_approved_year=2019", lambda row: row.exit_approved_year == 2019),
        ("area_km2=967.8", lambda row: row.area_km2 == 967.8),
        (f"name={quote('张北县')}", lambda row: row.name_zh == "张北县"),
        ("adcode=130722", lambda row: row.Index == "130722"),
        ("ids=130722,130723,130102", lambda row: row.Index in {"130722", "130723"}),
        (
            "deep_poverty=true&prefecture_adcode=130700",
            lambda row: row.deep_poverty and row.prefecture_adcode == "130700",
        ),
    ],
)  # fmt: skip
def test_properties_choose_counties(client, edition, query, chosen):
    counties = edition.counties("full").rename(columns={"name": "name_zh"})
    counties["exit_approved_year"] = counties["exit_approved_year"].fillna(0)
    members = counties[counties["poor_county"]]

    expected = [row.Index for row in members.itertuples() if chosen(row)]
    assert ids(client.get(f"{ITEMS}?{query}&limit=100")) == expected


@pytest.mark.parametrize(("text", "adcode"), WRITTEN.items())
def test_a_county_is_asked_for_by_any_code_and_name(client, text, adcode):
    every = "/ogc/collections/counties/items"
    assert ids(client.get(every, params={"ids": text})) == [adcode]
    item = client.get(f"{every}/{quote(text)}?properties=name")
    assert item.json()["id"] == adcode


def test_an_old_code_is_a_value_of_the_property(client):
    assert ids(client.get(f"{ITEMS}?adcode=130733")) == ["130709"]


@pytest.mark.parametrize(("text", "adcodes"), SEVERAL.items())
def test_what_may_be_several_counties_is_refused_with_all_of_them(
    client, text, adcodes
):
    every = "/ogc/collections/counties/items"
    for status, answer in (
        (400, client.get(every, params={"ids": text})),
        (404, client.get(f"{every}/{quote(text)}")),
    ):
        assert answer.status_code == status
        for message in answer.json()["message"].values():
            assert all(adcode in message for adcode in adcodes)


def test_ids_that_are_no_county_are_refused_and_say_what_to_write(client):
    answer = client.get(f"{ITEMS}?ids=130722,999999")

    assert answer.status_code == 400
    assert "“999999” is no county" in answer.json()["description"]


def test_counties_are_sorted_with_missing_values_last(client):
    rows = [
        (feature["properties"]["exit_approved_year"], feature["properties"]["area_km2"])
        for feature in client.get(
            "/ogc/collections/counties/items?sortby=-exit_approved_year,area_km2&limit=200"
        ).json()["features"]
    ]

    known = [row for row in rows if row[0] is not None]
    assert known == sorted(known, key=lambda row: (-row[0], row[1]))
    assert rows[: len(known)] == known
    assert len(rows) == 167


def test_only_the_properties_asked_for_are_answered(client):
    answer = client.get(f"{ITEMS}?properties=area_km2,name&limit=1").json()

    assert [*answer["features"][0]["properties"]] == ["name", "area_km2"]
    empty = client.get(f"{ITEMS}?properties=&limit=1").json()
    assert empty["features"][0]["properties"] == {}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/ogc", 200),
        ("/ogc/", 200),
        ("/ogc/nothing", 404),
        ("/ogc/collections/no_such", 404),
        ("/ogc/collections/no_such/items", 404),
        ("/ogc/collections/no_such/items?x=1", 404),
        (f"{ITEMS}/999999", 404),
        (f"{ITEMS}/130102", 404),  # a county, but not of this collection
        (f"{ITEMS}?bbox=114,40,115", 400),
        (f"{ITEMS}?bbox=", 400),
        (f"{ITEMS}?bbox=a,b,c,d", 400),
        (f"{ITEMS}?bbox=nan,40,115,42", 400),
        (f"{ITEMS}?bbox=114,42,115,40", 400),
        (f"{ITEMS}?bbox=114,40,190,42", 400),
        (f"{ITEMS}?limit=0", 400),
        (f"{ITEMS}?limit=-1", 400),
        (f"{ITEMS}?limit=ten", 400),
        (f"{ITEMS}?limit=1&limit=2", 400),
        (f"{ITEMS}?limit=10000", 200),
        # As if it were 10000 (/req/core/fc-limit-response-1).
        (f"{ITEMS}?limit=10001", 200),
        (f"{ITEMS}?limit={'9' * 5000}", 200),
        (f"{ITEMS}?offset=-1", 400),
        (f"{ITEMS}?offset=62", 200),
        (f"{ITEMS}?offset={'9' * 30}", 200),
        (f"{ITEMS}?colour=red", 400),
        (f"{ITEMS}?evidence=x", 400),
        (f"{ITEMS}?geometry=x", 400),
        (f"{ITEMS}?deep_poverty=perhaps", 400),
        (f"{ITEMS}?area_km2=nan", 400),
        (f"{ITEMS}?exit_approved_year=soon", 400),
        (f"{ITEMS}?sortby=colour", 400),
        (f"{ITEMS}?sortby=evidence", 400),
        (f"{ITEMS}?properties=colour", 400),
        (f"{ITEMS}?datetime=2020-01-01T00:00:00Z", 200),
        (f"{ITEMS}?datetime=../2020-12-31", 200),
        (f"{ITEMS}?datetime=yesterday", 400),
        (f"{ITEMS}?f=csv", 400),
        (f"{ITEMS}?simplify=1", 400),
        ("/ogc/collections?limit=1", 400),
        ("/ogc/conformance?f=yaml", 400),
    ],
)  # fmt: skip
def test_the_status_says_whether_an_address_means_something(client, address, status):
    answer = client.get(address)

    assert answer.status_code == status
    if status != 200:
        assert answer.json()["code"] == str(status)
        assert set(answer.json()["message"]) == {"zh", "en"}


@given(
    name=st.sampled_from([*PARAMETERS["/collections/{collectionId}/items"], "name",
                          "area_km2", "deep_poverty", "filter", "x"]),
    value=st.text(max_size=40),
)  # fmt: skip
def test_no_address_makes_the_service_stumble(client, name, value):
    answer = client.get(f"{ITEMS}?{name}={quote(value)}")

    assert answer.status_code in {200, 400}


def test_a_filter_that_would_overflow_its_parser_never_reaches_it():
    # In a process of its own: the parser takes the whole one with it.
    code = f"""
from starlette.applications import Starlette
from starlette.testclient import TestClient
from views.http.ogc.api import routes
client = TestClient(Starlette(routes=routes()))
for text in ("(" * 20000, "NOT " * 8000 + "true"):
    print(client.get("{ITEMS}", params={{"filter": text}}).status_code)
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
    )

    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["400", "400"]
