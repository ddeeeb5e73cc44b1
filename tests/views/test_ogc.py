"""OGC API – Features: its answers, as a client reads them and as GDAL does."""

import json
import re
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape
from starlette.applications import Starlette
from starlette.testclient import TestClient

from geo.export import FORMATS
from layers.checks import ALL_COUNTIES
from layers.package import load
from views import ogc
from views.atlas import KEEPER, Atlas
from views.ogc_description import PARAMETERS
from views.routes import routes

ITEMS = "/ogc/collections/poor_county/items"

STANDARD = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"

OUTSIDE = re.compile(
    r"""(?:src|href|action|data)\s*=\s*["']?(?:https?:)?//(?!testserver\b)""", re.I
)
"""What would make a browser ask another host, or lead there."""

PAGES = (
    "/ogc",
    "/ogc/conformance",
    "/ogc/collections",
    "/ogc/collections/deep_poverty",
    "/ogc/collections/deep_poverty/queryables",
    "/ogc/collections/deep_poverty/items",
    "/ogc/collections/deep_poverty/items/130722",
    "/ogc/api.html",
)


@pytest.fixture(scope="module")
def client():
    with TestClient(Starlette(routes=routes())) as client:
        yield client


@pytest.fixture(scope="module")
def atlas():
    return KEEPER.atlas()


def ids(answer):
    assert answer.status_code == 200, answer.text[:300]
    return [feature["id"] for feature in answer.json()["features"]]


def links(body, relation):
    return [link["href"] for link in body["links"] if link["rel"] == relation]


def test_every_programme_and_all_counties_are_collections(client, atlas):
    answer = client.get("/ogc/collections").json()

    assert [one["id"] for one in answer["collections"]] == [
        ALL_COUNTIES,
        *atlas.package.programmes,
    ]
    for one in answer["collections"]:
        assert one["crs"] == ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"]
        assert one["title"] == client.get(links(one, "collection")[0]).json()["title"]
        assert client.head(links(one, "items")[0]).status_code == 200
        assert {
            link["type"] for link in one["links"] if link["rel"] == "enclosure"
        } == {form.media_type for form in FORMATS.values()}


def test_a_collection_has_the_members_of_its_programme_within_its_extent(client, atlas):
    counties = atlas.counties("full")
    for programme in atlas.package.programmes:
        address = f"/ogc/collections/{programme}"
        answer = client.get(f"{address}/items?limit=1000")

        assert ids(answer) == [*counties.index[counties[programme]]]
        assert answer.json()["numberMatched"] == counties[programme].sum()
        bbox = client.get(address).json()["extent"]["spatial"]["bbox"][0]
        bounds = counties[counties[programme]].total_bounds
        assert bbox == pytest.approx(bounds, abs=1e-6)


def test_features_say_what_the_file_of_the_layer_says(client):
    file = client.get("/layers/deep_poverty.geojson").json()["features"]
    served = client.get("/ogc/collections/deep_poverty/items").json()["features"]

    for there, here in zip(file, served, strict=True):
        assert here["properties"] == there["properties"]
        assert here["geometry"]["type"] == "MultiPolygon"
        assert shapely.equals(shape(here["geometry"]), shape(there["geometry"]))


def test_a_feature_is_answered_by_its_adcode(client):
    answer = client.get("/ogc/collections/deep_poverty/items/130722").json()

    assert answer["properties"]["name"] == "张北县"
    assert client.get(links(answer, "self")[0]).json() == answer


def test_pages_follow_one_another_and_hold_each_county_once(client):
    found, address = [], f"{ITEMS}?limit=25"
    sizes = []
    while address:
        answer = client.get(address)
        found += ids(answer)
        sizes.append(answer.json()["numberReturned"])
        address = next(iter(links(answer.json(), "next")), None)

    assert sizes == [25, 25, 12]
    assert len(set(found)) == len(found) == 62
    assert links(client.get(f"{ITEMS}?limit=25&offset=50").json(), "prev")


def test_a_box_chooses_the_counties_that_meet_it(client, atlas):
    counties = atlas.counties("full")
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
        ("exit_year=2019", lambda row: row.exit_year == 2019),
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
def test_properties_choose_counties(client, atlas, query, chosen):
    counties = atlas.counties("full").rename(columns={"name": "name_zh"})
    counties["exit_year"] = counties["exit_year"].fillna(0)
    members = counties[counties["poor_county"]]

    expected = [row.Index for row in members.itertuples() if chosen(row)]
    assert ids(client.get(f"{ITEMS}?{query}&limit=100")) == expected


def test_counties_are_sorted_with_missing_values_last(client):
    rows = [
        (feature["properties"]["exit_year"], feature["properties"]["area_km2"])
        for feature in client.get(
            "/ogc/collections/counties/items?sortby=-exit_year,area_km2&limit=200"
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
        (f"{ITEMS}?limit=10001", 200),  # OGC 17-069r4, 7.15.3: as if it were 10000
        (f"{ITEMS}?limit={'9' * 5000}", 200),
        (f"{ITEMS}?offset=-1", 400),
        (f"{ITEMS}?offset=62", 200),
        (f"{ITEMS}?offset={'9' * 30}", 200),
        (f"{ITEMS}?colour=red", 400),
        (f"{ITEMS}?evidence=x", 400),
        (f"{ITEMS}?geometry=x", 400),
        (f"{ITEMS}?deep_poverty=perhaps", 400),
        (f"{ITEMS}?area_km2=nan", 400),
        (f"{ITEMS}?exit_year=soon", 400),
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


@settings(max_examples=80, deadline=None)
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
from views.ogc import routes
client = TestClient(Starlette(routes=routes()))
for text in ("(" * 20000, "NOT " * 8000 + "true"):
    print(client.get("{ITEMS}", params={{"filter": text}}).status_code)
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=Path(ogc.__file__).parents[1],
    )

    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["400", "400"]


def test_conformance_is_to_what_is_served(client):
    answer = client.get("/ogc/conformance").json()["conformsTo"]

    assert {f"{STANDARD}/{name}" for name in ("core", "geojson", "html", "oas30")} <= {
        *answer
    }
    assert not [name for name in answer if "filter" in name or "tiles" in name]


def test_what_it_says_of_its_parameters_is_true(client):
    landing = client.get("/ogc").json()
    answer = client.get(links(landing, "service-desc")[0])
    document = answer.json()

    assert answer.headers["content-type"].startswith(
        "application/vnd.oai.openapi+json;version=3.0"
    )
    assert document["openapi"].startswith("3.0")
    assert document["servers"] == [{"url": "/ogc"}]
    known = document["components"]["parameters"]
    assert known["limit"]["schema"]["maximum"] == ogc.LIMIT_MOST
    own = client.get("/ogc/collections/poor_county/queryables").json()["properties"]
    told = document["paths"]["/collections/poor_county/items"]["get"]["parameters"]
    names = {parameter["$ref"].rsplit("/", 1)[1] for parameter in told}
    assert names == {*PARAMETERS["/collections/{collectionId}/items"], *own}


def test_links_follow_host_and_path():
    with TestClient(
        Starlette(routes=routes("/gis/hebei")), base_url="https://maps.example:8443"
    ) as client:
        for path in ("", "/collections", "/collections/poor_county/items"):
            body = client.get(f"/gis/hebei/ogc{path}").json()
            every = re.findall(r'"href": "([^"]+)"', json.dumps(body))

            assert every
            for address in every:
                assert address.startswith("https://maps.example:8443/gis/hebei/")
        file = body["links"][0]["href"].replace("/ogc/collections/", "/layers/")
        assert client.get(f"{file}.csv").status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_pages_ask_no_other_host_and_run_no_script(client, address):
    answer = client.get(address, headers={"Accept": "text/html,*/*;q=0.8"})

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert not OUTSIDE.search(answer.text)
    assert "<script" not in answer.text.lower()
    assert "<img" not in answer.text.lower()


def test_a_browser_of_another_host_may_read(client):
    origin = {"Origin": "https://elsewhere.example"}
    asked = {**origin, "Access-Control-Request-Method": "GET"}

    assert client.options(ITEMS, headers=asked).status_code == 200
    answer = client.get(ITEMS, headers=origin)
    assert answer.headers["access-control-allow-origin"] == "*"


def test_another_edition_of_the_tables_is_served_at_once(client, spoiled, monkeypatch):
    before = client.get(f"{ITEMS}/130722")
    copy = spoiled()
    copy.change_text("programmes.csv", lambda text: text.replace("贫困县", "脱贫县"))
    monkeypatch.setattr(KEEPER, "_atlas", Atlas(load(copy.directory)))

    title = client.get("/ogc/collections/poor_county").json()["title"]
    assert title.startswith("脱贫县")
    assert client.get(f"{ITEMS}/130722").status_code == before.status_code == 200


def test_many_clients_at_once_get_the_same(client):
    answers = []

    def ask():
        answers.append(client.get(f"{ITEMS}?limit=100").content)

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(answers) == 20
    assert len(set(answers)) == 1


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    from driving import running_app

    log = tmp_path_factory.mktemp("ogc") / "server.log"
    with running_app(log, base="gis/hebei") as address:
        yield f"OAPIF:{address}/ogc"


def ogrinfo(*arguments):
    run = subprocess.run(
        ["ogrinfo", "-ro", *arguments], capture_output=True, text=True, check=True
    )
    assert run.stderr == ""
    return run.stdout


def test_gdal_lists_the_collections(service, atlas):
    listed = re.findall(r"^\d+: (\w+) \(title: (.+?)\)", ogrinfo(service), re.M)

    assert [name for name, _ in listed] == [ALL_COUNTIES, *atlas.package.programmes]
    assert ("poor_county", "贫困县 · Poor counties") in listed


def test_gdal_counts_what_the_programmes_count(service, atlas):
    counties = atlas.counties()
    for programme in atlas.package.programmes:
        answer = ogrinfo("-so", service, programme)

        assert f"Feature Count: {counties[programme].sum()}\n" in answer
    assert "Feature Count: 167\n" in ogrinfo("-so", service, ALL_COUNTIES)


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (("-spat", "114", "40", "115", "42"), 11),
        (("-where", "prefecture_adcode = '130700'"), 12),
        (("-where", "deep_poverty = 1 AND exit_year = 2019"), 9),
        (("-where", "id = '130722'"), 1),
    ],
)
def test_gdal_asks_for_boxes_and_properties(service, options, count):
    answer = ogrinfo("-al", "-geom=NO", "-q", *options, service, "poor_county")

    assert answer.count("OGRFeature(") == count


def test_gdal_reads_beyond_a_page_with_places_and_types(service, tmp_path):
    copied = tmp_path / "counties.geojson"
    subprocess.run(
        ["ogr2ogr", "-oo", "PAGE_SIZE=25", str(copied), service, ALL_COUNTIES],
        check=True,
    )

    features = json.loads(copied.read_text("utf-8"))["features"]
    assert len({feature["properties"]["adcode"] for feature in features}) == 167
    assert {feature["geometry"]["type"] for feature in features} == {"MultiPolygon"}
    assert all(
        shapely.box(113, 36, 120, 43).contains(shape(feature["geometry"]))
        for feature in features
    )
    answer = ogrinfo("-so", service, ALL_COUNTIES)
    for field in ("adcode: String", "area_km2: Real", "poor_county: Integer(Boolean)"):
        assert field in answer
    assert "WGS 84" in answer
