"""What is no address of the atlas is not there, whoever asks; what is one goes on."""

import xml.etree.ElementTree as ET

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_static_routes import (
    create_streamlit_static_assets_routes,
)

from geo.language import LANGUAGES
from layers.edition.served import SERVED
from layers.facts.columns import ALL_COUNTIES
from views.http import crawlers
from views.http.front import front
from views.http.prepare import FOLDER
from views.http.routes import routes
from views.pages.navigation import PATHS

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
NOTHING = [
    "wfs",
    "wms",
    "stac",
    "foo",
    "county/foo",
    "plain/x",
    "index.php",
    "static/x",
]


@pytest.fixture(scope="module", params=["", "/gis"])
def prefix(request):
    return request.param


@pytest.fixture(scope="module")
def client(prefix):
    pages = [page for page in PATHS if page != "map"]
    app = Starlette(
        routes=[
            *routes(prefix),
            *crawlers.routes(prefix, pages),
            *create_streamlit_static_assets_routes(prefix),
        ],
        middleware=front(prefix, PATHS),
    )
    return TestClient(app, follow_redirects=False)


@pytest.mark.parametrize("path", NOTHING)
def test_nothing_is_said_to_programs_as_json(client, prefix, path):
    answer = client.get(f"{prefix}/{path}")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/json"
    assert {*answer.json()["message"]} == {*LANGUAGES}
    assert client.get(answer.json()["catalogue"]).status_code == 200


@pytest.mark.parametrize("path", [*NOTHING, "plain/county/no_such"])
def test_nothing_is_said_to_readers_with_ways_on(client, prefix, path):
    answer = client.get(f"{prefix}/{path}", headers=BROWSER)

    assert answer.status_code == 404
    assert "没有" in answer.text
    assert 'lang="en">There is no' in answer.text
    ways = [part.partition('"')[0] for part in answer.text.split('href="')[1:]]
    assert len(ways) == 4
    assert {client.get(way).status_code for way in ways} == {200}


def test_nothing_is_kept_by_nobody_and_has_no_body_for_head(client, prefix):
    answer = client.head(f"{prefix}/wfs")

    assert (answer.status_code, answer.headers["cache-control"]) == (404, "no-store")
    assert "set-cookie" not in answer.headers


def test_every_page_goes_on_with_a_slash_too(client, prefix):
    for page in PATHS:
        assert client.get(f"{prefix}/{page}").status_code == 200
        if page:
            led = client.get(f"{prefix}/{page}/?lang=en")
            assert led.status_code == 301
            assert led.headers["location"].endswith(f"{prefix}/{page}?lang=en")


def test_what_streamlit_has_goes_on(client, prefix):
    scripts = [*(FOLDER / "static" / "js").glob("*.js")]
    for path in ["favicon.png", f"static/js/{scripts[0].name}"]:
        assert client.get(f"{prefix}/{path}").status_code == 200
    # Its script asks below each page for where the application runs.
    assert client.get(f"{prefix}/county/_stcore/health").status_code == 404


def test_robots_are_told_what_is_drawn_for_each_that_asks(client, prefix):
    answer = client.get(f"{prefix}/robots.txt")

    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    assert lines[0] == "User-agent: *"
    assert f"Disallow: {prefix}/layers/*.pdf$" in lines
    assert f"Disallow: {prefix}/ogc/*/items" in lines
    assert lines[-1] == f"Sitemap: http://testserver{prefix}/sitemap.xml"


def test_the_sitemap_lists_pages_counties_variables_and_layers(client, prefix):
    package = SERVED.edition().package
    answer = client.get(f"{prefix}/sitemap.xml")

    assert answer.headers["content-type"].startswith("application/xml")
    listed = [
        place.text for place in ET.fromstring(answer.content).iter() if place.text
    ]
    own = f"http://testserver{prefix}"
    wanted = {f"{own}/{page}?lang=en" for page in PATHS if page != "map"}
    for adcode in SERVED.edition().counties().index:
        wanted.add(f"{own}/plain/county/{adcode}?lang=zh")
    wanted |= {f"{own}/plain/variable/{name}?lang=zh" for name in package.variables}
    wanted |= {
        f"{own}/ogc/collections/{layer}?f=html"
        for layer in (ALL_COUNTIES, *package.programmes)
    }
    assert wanted <= {*listed}
    assert len(listed) == len({*listed})
    # Each kind of them answers.
    for address in listed[:9] + listed[-3:]:
        assert client.get(address).status_code == 200
