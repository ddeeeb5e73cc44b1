"""A variable that is rows more is in every address, under what its kind can be asked.

The variables are made up: nothing of the code knows them.
"""

import json
import re
from urllib.parse import quote

import pytest

from geo.language import LANGUAGES
from layers.edition.edition import Edition
from layers.edition.served import SERVED
from layers.facts.columns import reserved_words
from layers.select.choices import FIXED_FIELDS, Choices
from layers.select.selection import Selection
from layers.themes.themes import themes
from views.http.ogc.description import PARAMETERS
from views.http.ogc.properties import separators
from views.http.routes import allowed

PROGRAMME, CLASS, RATE, YEAR, PARTNER = (
    f"made_up_{name}" for name in ("programme", "class", "rate", "year", "partner")
)
EMPTY = "made_up_empty"
ITEMS = "/ogc/collections/counties/items?limit=200&"


@pytest.fixture(autouse=True)
def served(made_up_package, monkeypatch):
    """The service serves the made-up edition."""
    edition = _editions.setdefault(id(made_up_package), Edition(made_up_package))
    monkeypatch.setattr(SERVED, "_edition", edition)
    return edition


_editions: dict[int, Edition] = {}


def ids(answer):
    assert answer.status_code == 200, answer.text[:300]
    return [feature["id"] for feature in answer.json()["features"]]


def test_the_catalogue_lists_variables_themes_and_parameters(client, made_up_package):
    listed = client.get("/layers").json()
    page = client.get("/layers?f=html").text

    layers = {layer["id"]: layer for layer in listed["layers"]}
    assert layers[PROGRAMME]["count"] == 3
    assert layers[PROGRAMME]["not_said"] == 164
    assert layers[EMPTY]["count"] == 0
    assert layers["poor_county"]["not_said"] == 0
    known = {variable["id"]: variable for variable in listed["variables"]}
    for identifier, kind, count in (
        (CLASS, "category", 4),
        (RATE, "number", 4),
        (YEAR, "date", 7),
        (PARTNER, "relation", 2),
    ):
        variable = made_up_package.variables[identifier]
        assert known[identifier]["kind"] == kind
        assert known[identifier]["known"] == count
        assert variable.name_zh in page
        assert variable.name_en in page
        assert {"id": identifier, "name": known[identifier]["name"]} in listed["themes"]
    assert known[RATE]["unit"]
    assert known[CLASS]["values"]["high"]["en"] == "made-up high"
    assert listed["parameters"] == json.loads(
        json.dumps(
            {
                name: Choices.of(made_up_package).for_field(field)
                for field, name in Choices.of(made_up_package).parameters.items()
            }
            | allowed(made_up_package)
        )
    )


@pytest.mark.parametrize(
    ("query", "where"),
    [
        (f"{CLASS}=high", {CLASS: ("high",)}),
        (f"{RATE}=10..35", {RATE: ("10..35",)}),
        (f"{YEAR}=2005,2009..", {YEAR: ("2005", "2009..")}),
        (f"{PARTNER}=120000", {PARTNER: ("120000",)}),
        ("made_up=made_up_programme", {"made_up": (PROGRAMME,)}),
    ],
)
def test_a_layer_is_narrowed_by_every_kind(client, made_up_counties, query, where):
    answer = client.get(f"/layers/counties.geojson?{query}")

    assert ids(answer) == [*Selection(where=where).apply(made_up_counties)]
    assert ids(answer)


@pytest.mark.parametrize("theme", [CLASS, RATE, YEAR, PARTNER, "made_up"])
def test_a_sheet_sees_every_theme(client, theme):
    answer = client.get(f"/layers/counties.svg?see={theme}&lang=en")

    assert answer.status_code == 200
    assert answer.content.startswith(b"<?xml")


def test_a_file_carries_the_classes_of_its_map(client):
    query = f"see={RATE}&breaks=20,10"

    told = client.get(f"/layers/counties.geojson?{query}").json()["metadata"]

    assert told["classes"]["variable"] == RATE
    assert told["classes"]["method"] == "own"
    assert set(told["classes"]["said"]) == {"zh", "en"}
    assert told["link"].endswith(f"/?see={RATE}&breaks=10,20")
    drawn = client.get(f"/layers/counties.svg?{query}&lang=en&text=text").text
    assert "Classes: own breaks at 10, 20." in drawn
    assert "classes" not in client.get("/layers/counties.geojson").json()["metadata"]


@pytest.mark.parametrize("query", ["breaks=ten", "method=guess", "classes=1"])
def test_classes_that_mean_nothing_are_refused(client, query):
    answer = client.get(f"/layers/counties.csv?see={RATE}&{query}")

    assert answer.status_code == 400
    assert len(answer.json()["faults"]) == 1


def test_collections_are_all_counties_and_each_programme(client, made_up_package):
    listed = client.get("/ogc/collections").json()["collections"]

    assert [one["id"] for one in listed] == ["counties", *made_up_package.programmes]
    empty = client.get(f"/ogc/collections/{EMPTY}/items").json()
    assert (empty["numberMatched"], empty["features"]) == (0, [])
    assert len(ids(client.get(f"/ogc/collections/{PROGRAMME}/items"))) == 3


def test_queryables_are_what_the_kind_can_be(client, made_up_package):
    answer = client.get("/ogc/collections/counties/queryables")
    known = answer.json()["properties"]

    assert answer.headers["content-type"].startswith("application/schema+json")
    assert known[PROGRAMME]["type"] == "boolean"
    assert known[CLASS]["type"] == "string"
    assert known[CLASS]["enum"] == ["low", "middle", "high"]
    assert known[CLASS]["oneOf"][0] == {
        "const": "low",
        "title": "编造的low · made-up low",
    }
    assert known[RATE]["type"] == "number"
    assert known[RATE]["x-ogc-unit"] == made_up_package.units["%"].name_en
    assert known[YEAR]["type"] == "integer"
    assert known[f"{PARTNER}_adcode"]["type"] == known[PARTNER]["type"] == "string"
    for identifier in (PROGRAMME, CLASS, RATE, YEAR, PARTNER):
        variable = made_up_package.variables[identifier]
        for language in LANGUAGES:
            assert variable.definition(language) in known[identifier]["description"]
            assert variable.missing(language) in known[identifier]["description"]
    document = client.get("/ogc/api").json()["components"]["parameters"]
    assert document[CLASS]["schema"] == {
        "type": "string",
        "enum": ["low", "middle", "high"],
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"{PROGRAMME}=true", ["130102", "130722", "130723"]),
        (f"{PROGRAMME}=false", []),  # nobody says that one is outside
        (f"{CLASS}=high", ["130722", "130723"]),
        (f"{RATE}=33.25", ["130724"]),
        (f"{RATE}=0", ["130723"]),
        (f"{YEAR}=2013", ["130724"]),
        # Two partners of one county: it is found under both, and under the two.
        (f"{PARTNER}_adcode=110000", ["130722"]),
        (f"{PARTNER}_adcode=120000", ["130722", "130723"]),
        (f"{PARTNER}_adcode={quote('110000;120000')}", ["130722"]),
        (f"{PARTNER}={quote('天津市')}", ["130722", "130723"]),
        (f"{PARTNER}_adcode=0000", []),
    ],
)
def test_properties_choose_by_kind(client, query, expected):
    assert ids(client.get(f"{ITEMS}{query}")) == expected


@pytest.mark.parametrize(
    "query",
    [f"{PROGRAMME}=perhaps", f"{CLASS}=highest", f"{RATE}=many", f"{YEAR}=soon"],
)
def test_what_a_kind_cannot_be_is_refused(client, query):
    assert client.get(f"{ITEMS}{query}").status_code == 400


def test_what_is_not_said_is_null(client):
    one = client.get("/ogc/collections/counties/items/130725").json()["properties"]

    for name in (PROGRAMME, CLASS, RATE, YEAR, PARTNER, f"{PARTNER}_adcode"):
        assert one[name] is None
    assert one["poor_county"] is True


def test_every_theme_is_seen_under_its_former_id(client, made_up_package):
    for variable in made_up_package.variables.values():
        for former in variable.former_ids:
            if variable.id in themes(made_up_package):
                answers = [
                    client.get(f"/layers/deep_poverty.svg?see={name}")
                    for name in (variable.id, former)
                ]
                assert [answer.status_code for answer in answers] == [200, 200]
                assert answers[0].content == answers[1].content


def test_no_variable_can_have_the_name_of_a_parameter(made_up_package):
    """Every parameter of files and service, also those of tipg not offered here."""
    from fastapi import FastAPI
    from tipg.factory import Endpoints

    everything = FastAPI()
    everything.include_router(Endpoints(title="all").router)
    of_tipg = {
        parameter["name"]
        for path in everything.openapi()["paths"].values()
        for operation in path.values()
        for parameter in operation.get("parameters", [])
    }
    ours = {
        *FIXED_FIELDS.values(),
        *allowed(made_up_package),
        *(name for names in PARAMETERS.values() for name in names),
        "press",
    }

    assert {"bbox", "filter-lang", "simplify", "sortby"} <= of_tipg
    wanted = {re.sub(r"\W", "_", name).lower() for name in ours | of_tipg}
    assert wanted <= reserved_words()


def test_separators_are_those_of_columns_with_several_values(made_up_package, served):
    columns = served.counties("overview").columns

    found = separators(made_up_package)
    assert (
        found.items()
        <= {
            column: ";" if column.endswith("_adcode") else "、" for column in columns
        }.items()
    )
    assert {PARTNER, f"{PARTNER}_adcode", "published_name"} <= {*found}
