"""An exported file holds the counties of its selection, and says on whose word."""

import io
import json
import re
import shutil
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path
from typing import get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geojson_pydantic import Feature, FeatureCollection, MultiPolygon, Polygon
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import boundaries
from geo.boundaries import Boundaries
from geo.export import format_of
from geo.export.geojson import DECIMALS
from geo.folders import boundaries_folder
from layers.facts import package as attributes
from layers.facts.county_table import county_table
from layers.facts.values import Standing
from layers.facts.variables import KINDS
from layers.files.export import BOUNDARY_SOURCE, Export, export
from layers.files.features import variable_properties
from layers.select.choices import Choices
from layers.select.rejected import SelectionError
from layers.select.selection import Selection, members
from tests import real

DRAWN = Boundaries(boundaries_folder())

ZH_GROUND, EN_GROUND = "来源所指与现行范围不同", "the source means another than today’s"

Collection = FeatureCollection[Feature[Polygon | MultiPolygon, dict]]

PAGE = Path(__file__).parents[3] / "docs" / "geojson.md"
PACKAGE = real.package()  # at import, because cases are made of its programmes
CHOICES = Choices.of(PACKAGE)
DEEP = Selection(all_of=("deep_poverty",))
NOBODY = Selection(all_of=("deep_poverty",), none_of=("poor_county",))
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "{{ 7*7 }}",
    "\"quoted\" 'and' \\escaped\\",
    "two\nlines",
    "🏔️ 𠀀",
]

needs_gdal = pytest.mark.skipif(
    shutil.which("ogr2ogr") is None, reason="needs the programs of gdal-bin"
)


@pytest.fixture(scope="module")
def everything(package, counties) -> dict:
    return read(export(package, counties, Selection()))


def read(exported: Export) -> dict:
    return json.loads(exported.content)


def adcodes(collection: dict) -> list[str]:
    return [feature["id"] for feature in collection["features"]]


def selections() -> st.SearchStrategy[Selection]:
    """Selections of what exists, some of which no county satisfies."""

    def some(values: tuple[str, ...], size: int):
        return st.sets(st.sampled_from(values), max_size=size).map(tuple)

    listed = {c.id: some(c.values, 2) for c in CHOICES.where.values() if c.values}
    ranges = {
        c.id: st.sampled_from([("..400000",), ("2017..2019",)])
        for c in CHOICES.where.values()
        if c.takes_ranges
    }

    return st.builds(
        Selection,
        all_of=some(CHOICES.programmes, 2),
        any_of=some(CHOICES.programmes, 3),
        none_of=some(CHOICES.programmes, 2),
        prefectures=some(CHOICES.prefectures, 5),
        where=st.fixed_dictionaries({}, optional=listed | ranges),
    )


# --- which counties -----------------------------------------------------------------


@settings(max_examples=settings().max_examples // 3)
@given(
    selection=selections(),
    programme=st.none() | st.sampled_from(CHOICES.programmes),
)
def test_a_file_holds_exactly_the_counties_of_its_selection(
    package, counties, selection, programme
):
    made = export(package, counties, selection, detail="overview", programme=programme)

    chosen = selection.apply(counties)
    if programme is not None:
        chosen = chosen[members(counties.loc[chosen], [programme])[:, 0]]
    collection = read(made)
    metadata = collection["metadata"]
    assert adcodes(collection) == [*chosen]
    assert metadata["count"] == len(chosen)
    again, rejected = Selection.from_query(metadata["query"], CHOICES)
    assert not rejected
    assert [*again.apply(counties)] == [*chosen]
    Collection.model_validate_json(made.content)
    assert re.fullmatch(r"[a-z0-9_]{1,50}\.geojson", made.file_name)


def test_without_a_condition_all_counties_are_written(everything, counties):
    assert adcodes(everything) == [*counties.index]
    assert everything["metadata"]["count"] == 167
    assert everything["metadata"]["count_total"] == 167


def test_a_selection_that_nobody_satisfies_is_a_valid_empty_file(package, counties):
    made = export(package, counties, NOBODY)

    collection = read(made)
    assert Collection.model_validate_json(made.content).features == []
    assert collection["features"] == []
    assert "bbox" not in collection
    assert collection["metadata"]["count"] == 0
    # Nobody is in it by the word of these lists, so they are cited all the same.
    assert [p["id"] for p in collection["metadata"]["programmes"]] == [
        "poor_county",
        "deep_poverty",
    ]
    assert "S00" in [source["id"] for source in collection["metadata"]["sources"]]


@pytest.mark.parametrize("programme", CHOICES.programmes)
def test_a_programme_gives_title_name_and_members(package, counties, programme):
    made = export(
        package, counties, Selection(), programme=programme, detail="overview"
    )

    known = package.programmes[programme]
    metadata = read(made)["metadata"]
    assert metadata["title"] == {"zh": known.name_zh, "en": known.name_en}
    assert metadata["programme"] == programme
    assert metadata["query"] == f"all={programme}"
    assert metadata["count"] == known.named_count
    assert made.file_name == (f"hebei_{programme}_{known.named_count}_overview.geojson")


@pytest.mark.parametrize("detail", boundaries.DETAILS)
def test_the_geometry_has_the_detail_asked_for(package, counties, detail):
    collection = read(export(package, counties, DEEP, detail=detail))

    drawn = DRAWN.load("county", detail).geometry
    assert collection["metadata"]["boundary_detail"] == detail
    for feature in collection["features"]:
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert shape.equals(drawn[feature["id"]])


# --- by whose word ------------------------------------------------------------------


def statements(collection: dict) -> list[tuple[str, dict]]:
    return [
        (feature["id"], statement)
        for feature in collection["features"]
        for statement in feature["properties"]["evidence"]
    ]


def test_every_row_of_a_table_of_values_is_in_the_evidence(package, everything):
    expected = Counter()
    for table in ("memberships", "categories", "dates", "relations"):
        for row in package.tables[table].to_dict("records"):
            code, name = row["published_adcode"], row["published_name"]
            part = row.get("unit") == "part_of_county"
            adcode = code if part else package.divisions.current(code, name)
            source = (row["source"], row["section"], row["confidence"])
            expected[adcode, row["variable"], name, *source] += 1

    found = Counter(
        (
            adcode,
            s["variable"],
            s["published_name"],
            ";".join(s["source"]),
            s["section"],
            s["confidence"],
        )
        for adcode, s in statements(everything)
        if s["value"] is not None and package.variables[s["variable"]].kind != "number"
    )
    assert found == expected


def test_a_membership_is_true_false_or_not_said(package, everything):
    for feature in everything["features"]:
        adcode, properties = feature["id"], feature["properties"]
        named = {
            s["variable"] for s in properties["evidence"] if s["standing"] == "yes"
        }
        for programme in package.programmes.values():
            value = properties[programme.id]
            beyond = package.is_beyond(programme.id, adcode)
            otherwise = False if programme.is_whole or beyond else None
            assert value is (True if programme.id in named else otherwise)
            standing = {True: "yes", False: "no", None: "not_said"}[value]
            assert package.standing(programme.id, adcode) in {standing, "reported"}


def test_what_is_reported_outside_of_the_list_is_marked_so(package, everything):
    reported = {
        (s["variable"], adcode)
        for adcode, s in statements(everything)
        if s["standing"] == "reported" and s["value"] is None
    }

    assert reported == {
        (programme, adcode)
        for programme in package.programmes
        for adcode in package.reported(programme)
    }
    assert reported
    properties = {f["id"]: f["properties"] for f in everything["features"]}
    for programme, adcode in reported:
        assert properties[adcode][programme] is not True


def test_a_report_has_its_figure_period_and_note(package, counties):
    rows = package.tables["evidence"]
    rows = rows[(rows["scope"] == "county") & (rows["confidence"] != "stated")]
    outside = [
        package.divisions.current(row["published_adcode"], row["published_name"])
        in package.reported(row["variable"])
        for row in rows.to_dict("records")
    ]
    figured = rows[
        np.array(outside) & (rows["quantity"] != "") & (rows["note_en"] != "")
    ]
    assert not figured.empty

    made = read(export(package, counties, Selection(), language="en"))
    told = [s["detail"] for _, s in statements(made) if s["standing"] == "reported"]
    for row in figured.to_dict("records"):
        said = [t for t in told if t and t.startswith(row["statement_en"])]
        assert any(f"{float(row['quantity']):,g}" in t for t in said), row["id"]
        assert any(row["note_en"] in t and row["period_en"] in t for t in said)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_class_and_a_partner_are_named_beside_their_codes(
    package, counties, language
):
    made = read(export(package, counties, Selection(), language=language))
    labels: dict[str, set] = {}
    for _, s in statements(made):
        kind = package.variables[s["variable"]].kind
        labels.setdefault(kind, set()).add(s["value_label"])
        if kind == "category":
            variable = package.variables[s["variable"]]
            assert s["value_label"] == variable.class_name(s["value"], language)
        elif kind == "relation":
            partner = package.divisions[s["value"]]
            name = partner.name if language == "zh" else partner.name_en
            assert name in s["value_label"]
            if partner.parent in package.divisions:
                city = package.divisions[partner.parent]
                city_name = city.name if language == "zh" else city.name_en
                assert city_name in s["value_label"]
    assert labels["membership"] == labels["date"] == {None}
    assert len(labels["relation"]) > 10


def test_every_year_has_its_source_and_every_missing_one_its_reason(
    package, everything
):
    dates = [v.id for v in package.variables.values() if v.kind == "date"]
    open_ones = 0
    for feature in everything["features"]:
        for variable in dates:
            own = [
                s
                for s in feature["properties"]["evidence"]
                if s["variable"] == variable
            ]
            year = feature["properties"][variable]
            if year is None:
                assert all(s["standing"] == "not_said" and s["detail"] for s in own)
                open_ones += len(own)
            else:
                (known,) = [s for s in own if s["standing"] == "yes"]
                assert known["value"]["latest"].startswith(str(year))
                assert known["value"]["earliest"] == known["value"]["latest"]
                assert known["source"]
    assert open_ones > 10


@pytest.mark.parametrize(
    ("language", "new_area", "direct"),
    [
        ("zh", "河北雄安新区", "省直管市"),
        ("en", "Xiong’an New Area", "City directly under the province"),
    ],
)
@pytest.mark.parametrize("form", ["geojson", "csv"])
def test_a_file_says_who_runs_a_county_that_its_prefecture_does_not(
    package, counties, form, language, new_area, direct
):
    """By its code 容城县 is of 保定市; whoever adds a file up by prefecture is told."""
    made = export(package, counties, Selection(), format=form, language=language)
    if form == "csv":
        rows = pd.read_csv(io.BytesIO(made.content), dtype=str).to_dict("records")
        told = {row["adcode"]: row["run_by"] for row in rows}
    else:
        features = json.loads(made.content)["features"]
        told = {f["id"]: f["properties"]["run_by"] for f in features}

    run_apart = dict.fromkeys(("130629", "130632", "130638"), new_area)
    run_apart |= dict.fromkeys(("130181", "130682"), direct)
    assert len(told) == len(counties)
    assert {
        adcode: body for adcode, body in told.items() if pd.notna(body)
    } == run_apart


@pytest.mark.parametrize(("language", "words"), [("zh", ZH_GROUND), ("en", EN_GROUND)])
def test_a_value_of_another_territory_says_so(package, counties, language, words):
    """宣化县 left the list; 宣化区 of today is that and two districts, since 2016."""
    made = export(package, counties, Selection(), format="geojson", language=language)
    told = json.loads(made.content)
    (county,) = (
        f["properties"] for f in told["features"] if f["properties"]["name"] == "宣化区"
    )
    noted = {
        one["variable"] for one in county["evidence"] if words in (one["detail"] or "")
    }
    here = package.divisions.called("130705", language)
    (note,) = (
        text
        for text in told["metadata"]["other_territory"][language]
        if text.startswith(here)
    )

    assert {"exit_assessed_year", "exit_approved_year", "category"} <= noted
    assert words in note
    # What was reported in 2020 is of the district of that day.
    assert "partner" not in noted
    # Whose name or code alone changed is on the ground that the list means.
    assert not [
        one
        for f in told["features"]
        for one in f["properties"]["evidence"]
        if f["properties"]["name"] in {"崇礼区", "万全区", "张北县"}
        and words in (one["detail"] or "")
    ]
    nobody = export(
        package, counties, Selection(counties=("130709",)), format="geojson"
    )
    about = json.loads(nobody.content)["metadata"]
    assert about["other_territory"] == {"zh": [], "en": []}


def test_sources_of_the_years_of_exit_are_cited(package, counties):
    """Of the poor counties 46 have a year; no file said on whose word."""
    collection = read(export(package, counties, Selection(), programme="poor_county"))

    years = {
        source
        for _, s in statements(collection)
        if s["variable"] == "exit_approved_year"
        for source in s["source"]
    }
    cited = [source["id"] for source in collection["metadata"]["sources"]]
    assert {"S11", "S12", "S14", "S15", "S45"} <= years <= set(cited)
    dated = [
        s["value"]["latest"]
        for _, s in statements(collection)
        if isinstance(s["value"], dict)
    ]
    assert collection["metadata"]["data_date"] >= max(dated)
    assert collection["metadata"]["data_date"] >= "2020-02-29"


def test_every_source_that_is_used_is_cited_once_and_no_other(package, counties):
    selection = Selection(prefectures=("130700",))
    collection = read(export(package, counties, selection))

    used = {source for _, s in statements(collection) for source in s["source"]}
    for variable in package.variables.values():
        values = [f["properties"][variable.id] for f in collection["features"]]
        if any(value is not None for value in values):
            used |= set(variable.source)
    cited = [source["id"] for source in collection["metadata"]["sources"]]
    assert cited == [*sorted(used), BOUNDARY_SOURCE]
    assert len(cited) < len(package.sources)
    for source in collection["metadata"]["sources"]:
        assert source["title"]["zh"]
        assert source["title"]["en"]


def test_the_date_of_the_data_is_the_latest_of_lists_and_values(package, counties):
    collection = read(export(package, counties, DEEP))

    metadata = collection["metadata"]
    spoken_of = [
        s["value"]["latest"]
        for _, s in statements(collection)
        if isinstance(s["value"], dict)
    ]
    census = [v.period for v in package.variables.values() if v.kind == "number"]
    assert metadata["data_date"] == max([*spoken_of, *census])
    # Nor does a report of later years that bears a pairing out make it newer.
    assert any((s["date"] or "")[:4] > "2020" for s in metadata["sources"][:-1])


def test_a_number_is_said_of_a_county_only_where_its_variable_does_not_say_it(
    package, everything
):
    numbers = {v.id: v for v in package.variables.values() if v.kind == "number"}

    said = [s for _, s in statements(everything) if s["variable"] in numbers]
    assert said
    assert len(said) < sum(v.variable in numbers for v in package.values) / 2
    for statement in said:
        number = numbers[statement["variable"]]
        of_all = [*number.source], number.section, number.confidence
        of_it = tuple(statement[key] for key in ("source", "section", "confidence"))
        assert of_it != of_all or statement["detail"]
    described = {v["id"]: v for v in everything["metadata"]["variables"]}
    cited = {source["id"] for source in everything["metadata"]["sources"]}
    for number in numbers.values():
        assert described[number.id]["source"] == [*number.source]
        assert {*number.source} <= cited
        assert described[number.id]["unit"]["zh"] == number.unit


def test_credit_vintage_and_licence_are_those_of_the_boundaries(everything):
    drawn = DRAWN.metadata()

    metadata = everything["metadata"]
    assert metadata["credit"] == {"zh": drawn.credit_zh, "en": drawn.credit_en}
    assert all(drawn.map_approval_number in t for t in metadata["credit"].values())
    assert metadata["boundary_vintage"] == drawn.vintage
    assert metadata["licence"]["boundaries"] == drawn.licence
    assert metadata["licence"]["attributes"]
    assert metadata["sources"][-1]["url"] == drawn.source_url


def test_programmes_of_a_selection_say_how_complete_they_are(package, counties):
    selection = Selection(any_of=("relocation",), none_of=("general_airport",))
    metadata = read(export(package, counties, selection))["metadata"]

    assert [p["id"] for p in metadata["programmes"]] == [
        p for p in package.programmes if p in {"relocation", "general_airport"}
    ]
    for told in metadata["programmes"]:
        known = package.programmes[told["id"]]
        assert told["stated_count"] == known.stated_count
        assert told["named_count"] == known.named_count
        assert told["completeness"] == known.completeness
        assert told["basis"] == known.basis


# --- words, names and bytes ---------------------------------------------------------


def test_the_language_is_that_of_prefecture_partner_and_detail(package, counties):
    rows = {
        language: [
            feature["properties"]
            for feature in read(
                export(package, counties, DEEP, language=language, detail="overview")
            )["features"]
        ]
        for language in ("zh", "en")
    }

    assert rows["zh"][0]["prefecture"] == "保定市"
    assert rows["en"][0]["prefecture"] == "Baoding"
    assert rows["zh"][0]["partner"] == "北京市"
    assert rows["en"][0]["partner"] == "Beijing"
    assert [row["name"] for row in rows["zh"]] == [row["name"] for row in rows["en"]]


def test_title_and_selection_are_said_in_both_languages(package, counties):
    metadata = read(export(package, counties, DEEP))["metadata"]

    expected = {lang: DEEP.sentence(lang, package) for lang in ("zh", "en")}
    assert metadata["title"] == expected
    assert metadata["selection"] == expected
    assert metadata["programme"] is None


@pytest.mark.parametrize(
    ("selection", "name"),
    [
        (Selection(), "hebei_counties_167.geojson"),
        (DEEP, "hebei_deep_poverty_10.geojson"),
        (Selection(any_of=("deep_poverty",)), "hebei_deep_poverty_10.geojson"),
        (NOBODY, "hebei_selection_0.geojson"),
        (Selection(none_of=("poor_county",)), "hebei_selection_105.geojson"),
    ],
    ids=["all", "programme", "any of one", "nobody", "others"],
)
def test_the_file_name_is_short_and_says_what_is_inside(
    package, counties, selection, name
):
    made = export(package, counties, selection)

    assert made.file_name == name
    assert made.media_type == format_of("geojson").media_type


def test_the_same_selection_gives_the_same_bytes(package, counties):
    first = export(package, counties, DEEP)

    again = export(attributes.load(), county_table(attributes.load(), "full"), DEEP)

    assert first == again
    assert read(first)["metadata"]["data_digest"] == package.digest
    assert "made_on" not in read(first)["metadata"]


def test_the_day_is_written_where_it_is_given(package, counties):
    made = export(package, counties, DEEP, made_on=date(2026, 11, 24))

    assert read(made)["metadata"]["made_on"] == "2026-11-24"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_name_survives_as_text(package, counties, text):
    spoilt = counties.assign(name=text, name_en=text)

    made = export(package, spoilt, DEEP, detail="overview")

    assert {f["properties"]["name"] for f in read(made)["features"]} == {text}
    assert made.file_name == "hebei_deep_poverty_10_overview.geojson"


def test_numbers_that_are_not_finite_and_unknown_text_are_null(package, counties):
    spoilt = counties.assign(area_km2=float("inf"), category="")

    (row, *_) = read(export(package, spoilt, DEEP, detail="overview"))["features"]

    assert row["properties"]["area_km2"] is None
    assert row["properties"]["category"] is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"selection": Selection(all_of=("no_such",))},
            "“no_such” is no value of “all",
        ),
        (
            {"selection": Selection(where={"partner": ("../etc",)})},
            "no value of “partner”",
        ),
        ({"programme": "<script>"}, "“<script>” is no value of “programme”"),
    ],
    ids=["programme of a selection", "partner", "programme"],
)
def test_what_does_not_exist_is_refused(package, counties, arguments, message):
    with pytest.raises(SelectionError, match=re.escape(message)):
        export(package, counties, **{"selection": Selection(), **arguments})


@pytest.mark.parametrize("word", ["format", "detail", "language"])
def test_an_unknown_word_is_refused(package, counties, word):
    with pytest.raises(ValueError, match="'odd'"):
        export(package, counties, DEEP, **{word: "odd"})


# --- read by GDAL -------------------------------------------------------------------


def run(*command: str | Path) -> str:
    done = subprocess.run(
        [*map(str, command)], capture_output=True, check=True, text=True
    )
    assert not done.stderr
    return done.stdout


def features_read_by_gdal(file: Path, *options: str) -> list[dict]:
    lines = run("ogr2ogr", "-f", "GeoJSONSeq", *options, "/vsistdout/", file)
    return [json.loads(line) for line in lines.splitlines()]


@pytest.fixture(scope="module")
def all_in_a_file(package, counties, tmp_path_factory) -> Path:
    made = export(package, counties, Selection())
    file = tmp_path_factory.mktemp("export") / made.file_name
    file.write_bytes(made.content)
    return file


@needs_gdal
def test_gdal_reads_count_crs_extent_and_fields(all_in_a_file, everything):
    said = run("ogrinfo", "-so", "-al", all_in_a_file)

    assert "Feature Count: 167" in said
    assert 'ID["EPSG",4326]' in said
    # Longitude first in the file, though the CRS itself has latitude first.
    assert "Data axis to CRS axis mapping: 2,1" in said
    (extent,) = re.findall(r"Extent: \((.*), (.*)\) - \((.*), (.*)\)", said)
    assert [float(value) for value in extent] == pytest.approx(everything["bbox"])
    fields = dict(re.findall(r"^(\w+): (\w+(?:\(\w+\))?) \(", said, re.MULTILINE))
    fields.pop("Geometry")
    assert [*fields] == ["id", *everything["features"][0]["properties"]]
    assert fields["adcode"] == fields["name"] == "String"
    assert fields["area_km2"] == "Real"
    assert fields["exit_approved_year"] == "Integer"
    assert fields["deep_poverty"] == "Integer(Boolean)"
    assert fields["evidence"] == "String(JSON)"


@needs_gdal
def test_gdal_reads_every_value_as_it_was_written(all_in_a_file, everything):
    features = features_read_by_gdal(all_in_a_file)

    assert [f["properties"] for f in features] == [
        f["properties"] for f in everything["features"]
    ]
    assert [f["id"] for f in features] == adcodes(everything)


@needs_gdal
def test_gdal_projects_the_file_to_where_the_counties_are(all_in_a_file, tmp_path):
    projected = tmp_path / "projected.gpkg"
    run("ogr2ogr", "-t_srs", "EPSG:4547", projected, all_in_a_file)

    there = gpd.read_file(projected).set_index("adcode").geometry
    here = DRAWN.load("county", "full").geometry.to_crs("EPSG:4547")
    distance = there.centroid.distance(
        here.loc[there.index].set_crs(there.crs).centroid
    )
    assert len(there) == 167
    assert distance.max() < 1  # metre


@needs_gdal
def test_gdal_reads_an_empty_selection(package, counties, tmp_path):
    file = tmp_path / "empty.geojson"
    file.write_bytes(export(package, counties, NOBODY).content)

    assert "Feature Count: 0" in run("ogrinfo", "-so", "-al", file)


@needs_gdal
@pytest.mark.parametrize("text", HOSTILE)
def test_gdal_reads_hostile_text_as_text(package, counties, tmp_path, text):
    file = tmp_path / "hostile.geojson"
    spoilt = counties.assign(name=text)
    file.write_bytes(export(package, spoilt, DEEP, detail="overview").content)

    names = {f["properties"]["name"] for f in features_read_by_gdal(file)}

    assert names == {text}


# --- the page that documents the file -----------------------------------------------


def documented(section: str) -> list[list[str]]:
    """Cells of the rows of the table under a heading, codes without their ticks."""
    text = PAGE.read_text(encoding="utf-8")
    _, _, rest = text.partition(f"\n## {section}\n")
    lines = rest.partition("\n## ")[0].splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| `")]
    return [[re.sub(r"^`([^`]*)`$", r"\1", cell) for cell in row] for row in rows]


def json_types(objects: list[dict]) -> dict[str, str]:
    """Names and types of the members of objects, in the words of the page."""
    words = {
        str: "string",
        int: "integer",
        float: "number",
        bool: "boolean",
        list: "array",
        dict: "object",
        type(None): "null",
    }
    frame = pd.DataFrame(objects, dtype="object")
    return {
        str(name): " or ".join(
            sorted({words[type(v)] for v in values}, key=lambda word: word == "null")
        )
        for name, values in frame.items()
    }


def test_the_page_documents_every_property_and_no_other(everything, package):
    rows = [feature["properties"] for feature in everything["features"]]
    found = json_types(rows)
    names = {
        "category": ("<category id>", "<category id>_label"),
        "number": ("<number id>",),
        "date": ("<date id>",),
        "relation": ("<relation id>_adcode", "<relation id>"),
        "membership": ("<membership id>",),
    }
    expected = {row[0]: row[1] for row in documented("Properties")}
    of_kinds = {name: expected.pop(name) for kind in names for name in names[kind]}

    for variable in package.variables.values():
        columns = variable_properties(variable)
        for name, column in zip(names[variable.kind], columns, strict=True):
            types = found.pop(column).replace("integer", "number").split(" or ")
            allowed = of_kinds[name].replace("integer", "number").split(" or ")
            assert set(types) <= set(allowed), column
    assert set(names) == set(KINDS)
    assert expected == found
    assert [*expected] == [*found]


def test_the_page_documents_every_member_of_evidence(everything):
    found = json_types([s for _, s in statements(everything)])

    rows = {row[0]: row[1] for row in documented("Evidence")}
    assert [*rows] == [*found]
    for name, type_ in found.items():
        assert set(type_.split(" or ")) <= set(rows[name].split(" or ")), name


def test_the_page_documents_every_member_of_a_variable(everything):
    found = json_types(everything["metadata"]["variables"])

    rows = {row[0]: row[1] for row in documented("Variables")}
    assert [*rows] == [*found]
    for name, type_ in found.items():
        assert set(type_.split(" or ")) <= set(rows[name].split(" or ")), name


def test_the_page_documents_every_member_of_the_metadata(package, counties):
    made = [
        export(
            package,
            counties,
            selection,
            programme=programme,
            detail="overview",
            made_on=date(2026, 11, 24),
            address="http://atlas.example",
            # Classes are told where somebody has chosen them.
            theme="age_65_share_2020:natural.4",
        )
        for selection, programme in [(DEEP, None), (Selection(), "pumped_storage")]
    ]
    metadata = [read(each)["metadata"] for each in made]

    found = json_types(metadata)
    expected = {row[0]: row[1] for row in documented("Metadata")}
    assert [*expected] == [*found]
    for name, type_ in found.items():
        assert set(type_.split(" or ")) <= set(expected[name].split(" or ")), name
    (source, *_) = metadata[0]["sources"]
    (described,) = (row[2] for row in documented("Metadata") if row[0] == "sources")
    assert re.findall(r"`(\w+)`", described) == [*source]


def test_the_page_documents_every_member_of_a_programme(package, counties):
    selection = Selection(any_of=CHOICES.programmes)
    metadata = read(export(package, counties, selection, detail="overview"))["metadata"]

    assert dict(row[:2] for row in documented("Programmes")) == json_types(
        metadata["programmes"]
    )


def test_the_page_explains_every_code(package):
    tables = {
        "kind": "variables",
        "confidence": "memberships",
        "completeness": "variables",
        "basis": "variables",
    }

    rows = documented("Codes")
    assert [row for row in rows if row[0] != "standing"] == [
        [field, code, meaning]
        for field, table in tables.items()
        for code, meaning in package.descriptions[table].field(field).labels.items()
    ]
    standings = [row[1] for row in rows if row[0] == "standing"]
    assert standings == [s for s in get_args(Standing) if s != "no"]


def test_the_classes_of_a_category_are_explained_in_the_file(package, everything):
    described = {v["id"]: v for v in everything["metadata"]["variables"]}
    categories = [v for v in package.variables.values() if v.kind == "category"]

    assert categories
    for variable in categories:
        names = {c["value"]: c["name"] for c in described[variable.id]["classes"]}
        for feature in everything["features"]:
            value = feature["properties"][variable.id]
            assert value is None or all(names[value].values())


def test_the_page_names_media_type_file_name_and_precision(package, counties):
    made = export(package, counties, DEEP)

    page = PAGE.read_text(encoding="utf-8")
    assert f"`{made.media_type}`" in page
    assert f"`{made.file_name}`" in page
    assert f"rounded to {DECIMALS} decimals" in page
