"""Lines of pairings and symbols of places stand on what the tables say."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from shapely import Point

from geo import boundaries
from geo.boundaries import Boundaries
from geo.folders import boundaries_folder
from layers.select.selection import Selection
from layers.themes.relations import pair_lines, partner_points, place_points
from layers.themes.themes import style_theme
from layers.webmap.bundle import geometry_bundle
from layers.webmap.map_texts import TEXTS
from layers.webmap.script_files import asset

DRAWN = Boundaries(boundaries_folder())

ATTRIBUTES = Path(__file__).parents[3] / "data" / "attributes"
BEIJING, TIANJIN = "110000", "120000"
HUAIAN, XUANHUA = "130728", "130705"


def rows(table: str) -> list[dict[str, str]]:
    with (ATTRIBUTES / f"{table}.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def today(row: dict[str, str]) -> str:
    for change in rows("crosswalk"):
        if (change["former_adcode"], change["former_name"]) == (
            row["published_adcode"],
            row["published_name"],
        ):
            return change["adcode"]
    return row["published_adcode"]


@pytest.fixture(scope="module")
def pairs() -> list[tuple[str, str, str]]:
    """Partner, county of today, level: straight from the table."""
    listed = {today(row) for row in rows("relations") if row["listed"] == "yes"}
    return [
        (
            code,
            today(row),
            "reported"
            if today(row) not in listed
            else ("city" if code.endswith("0000") else "district"),
        )
        for row in rows("relations")
        for code in [row["partner_adcode"]]
    ]


@pytest.fixture(scope="module")
def lines(package, counties):
    return [tuple(line) for line in pair_lines(package, "partner", counties.index)]


@pytest.mark.parametrize("detail", boundaries.DETAILS)
def test_every_line_begins_and_ends_at_a_point_of_the_page(package, lines, detail):
    starts = partner_points(package, detail)
    counties = DRAWN.load("county", detail)

    for partner, county, level in lines:
        assert set(starts[partner]) == {"point", "name", "name_en"}
        assert starts[partner]["name"] and starts[partner]["name_en"]
        assert county in counties.index
        assert level in {"district", "city", "reported"}


def test_lines_in_the_bundle_have_their_ends_in_the_bundle(package, counties, lines):
    bundle = geometry_bundle(package, counties, "overview")

    assert {line[0] for line in lines} <= set(bundle["partners"])
    assert {line[1] for line in lines} <= set(bundle["counties"])
    assert not {"130000", *bundle["counties"]} & set(bundle["partners"])


@pytest.mark.parametrize("detail", boundaries.DETAILS)
def test_lines_begin_inside_their_district_or_city(package, detail):
    areas = pd.concat(
        [DRAWN.load(level, detail) for level in ("neighbour", "municipality")]
    )
    for adcode, place in partner_points(package, detail).items():
        assert areas.geometry[adcode].contains(Point(place["point"])), adcode


def test_a_known_district_has_the_line_and_else_the_city(pairs, lines):
    districts = {(p, c) for p, c, level in pairs if level == "district"}
    supported = {c for _, c, level in pairs if level != "reported"}
    with_district = {c for _, c in districts}

    assert {(p, c) for p, c, level in lines if level == "district"} == districts
    assert {c for _, c, level in lines if level == "city"} == supported - with_district
    for partner, county, level in lines:
        if level == "city":
            assert partner in {BEIJING, TIANJIN}
            assert (partner, county, "city") in pairs


def test_every_supported_county_has_a_line_and_no_line_is_drawn_twice(pairs, lines):
    assert {county for _, county, _ in lines} == {county for _, county, _ in pairs}
    assert len(lines) == len(set(lines))


def test_counties_supported_later_are_there_with_their_districts(lines):
    assert ("110116", HUAIAN, "reported") in lines
    assert ("110119", XUANHUA, "reported") in lines


def test_every_county_of_the_plan_pairing_has_a_line_from_its_city(
    package, counties, lines
):
    by_county = {}
    for partner, county, _ in lines:
        by_county.setdefault(county, set()).add(partner[:2] + "0000")
    for programme in ("paired_with_beijing", "paired_with_tianjin"):
        city = package.programmes[programme].partner_adcode
        for county in counties.index[counties[programme]]:
            assert city in by_county[county], county


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(prefectures=("130800",)),
        Selection(counties=(HUAIAN, XUANHUA)),
        Selection(all_of=("paired_with_tianjin", "pumped_storage", "deep_poverty")),
    ],
    ids=["all", "chengde", "two", "none"],
)
def test_lines_lead_to_selected_counties_only(package, counties, lines, selection):
    chosen = selection.apply(counties)
    own = [tuple(line) for line in pair_lines(package, "partner", chosen)]

    assert own == [line for line in lines if line[1] in set(chosen)]


def test_lines_go_to_counties_that_the_theme_draws(package, counties, lines):
    style = style_theme(package, counties, Selection(), "partner")

    assert {county for _, county, _ in lines} <= set(style.counties)


@pytest.fixture(scope="module")
def symbols(package) -> set[str]:
    return {*package.descriptions["place_kinds"].field("symbol").labels}


def test_every_symbol_has_a_text(symbols):
    assert {f"symbol_{name}" for name in symbols} == {
        text for text in TEXTS if text.startswith("symbol_")
    }


def test_a_kind_of_place_more_needs_a_row_and_nothing_else(made_up_package):
    (place,) = [p for p in place_points(made_up_package) if p["id"] == "P999"]

    assert place["symbol"] == "other"
    assert place["county"] == "130722"


def test_a_county_with_two_partners_has_two_lines(
    made_up_package, made_up_counties, made_up
):
    lines = pair_lines(made_up_package, made_up["relation"], made_up_counties.index)

    assert [line for line in lines if line[1] == "130722"] == [
        ["110000", "130722", "city"],
        ["120000", "130722", "city"],
    ]


def test_every_symbol_is_drawn_by_the_script(symbols):
    script = asset("map/place-symbols.js").decode()
    assert [name for name in symbols if f"{name}:" not in script] == []


@pytest.mark.parametrize("detail", boundaries.DETAILS)
def test_places_with_coordinates_lie_in_their_county(package, detail):
    counties = DRAWN.load("county", detail)
    with_point = [p for p in place_points(package) if "point" in p]

    assert len(with_point) == sum(bool(row["lon"]) for row in rows("places")) >= 4
    for place in with_point:
        if place["county"]:
            shape = counties.geometry[place["county"]]
            assert shape.contains(Point(place["point"])), place["name_zh"]


def test_places_of_the_page_are_those_that_can_be_drawn(package, symbols):
    drawable = [
        row["id"] for row in rows("places") if row["county_adcode"] or row["lon"]
    ]
    points = place_points(package)

    assert [place["id"] for place in points] == drawable
    for place in points:
        assert place["symbol"] in symbols
        assert place["name_zh"] and place["name_en"]
        assert "point" in place or place["county"]


def test_a_place_without_county_has_a_point_and_one_without_both_is_left_out(
    package, counties
):
    known = set(counties.index)
    for place in place_points(package):
        assert place["county"] in known or (not place["county"] and place["point"])
