"""A layer of one's own is located by county; every row is accounted for."""

import json
import math

import fiona
import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.boundaries import Boundaries
from geo.crs import EQUAL_AREA, WGS84
from geo.folders import boundaries_folder
from geo.language import speaker
from geo.web_map_shifts import gcj02
from layers.own.joined import join
from layers.own.layer import layer_of, layout_of
from layers.own.limits import Limits
from layers.own.located import GROUPS, Located
from layers.own.located_account import by_county, report
from layers.own.located_facts import located_facts
from layers.own.moved import told
from layers.own.overlay import overlay
from layers.own.placing import NotPlacedError, counties_of, place, system
from layers.own.reading import read
from layers.own.refusals import RefusedError

CHANGAN = (114.54, 38.05)  # in 长安区, 130102


@pytest.fixture(scope="module")
def lines():
    return Boundaries(boundaries_folder()).load("county").geometry


@pytest.fixture(scope="module")
def counties(places):
    return counties_of(Boundaries(boundaries_folder()), places.divisions)


@pytest.fixture(scope="module")
def locate(places, counties):
    def located(content, name="own.csv", crs=None, limits=None, **about) -> Located:
        if isinstance(content, str):
            content = content.encode()
        upload = read(content, name)
        layer = layer_of(upload, layout_of(upload, places))
        placed = place(layer, counties, crs, limits)
        return Located(placed=placed, **about)

    return located


def geojson(shapes, columns=None) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"n": at, **(columns[at] if columns else {})},
            "geometry": None if s is None else json.loads(shapely.to_geojson(s)),
        }
        for at, s in enumerate(shapes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def codes(located: Located) -> list[str]:
    return [code for code, _ in located.problems("en")]


def test_points_of_a_table_are_counted_and_added_up_by_county(locate):
    table = (
        "学校,经度,纬度,学生数\n"
        "甲,114.54,38.05,100\n乙,114.541,38.051,50\n丙,115.2,40.9,7\n"
        "丁,116.4,39.9,9\n戊,,,3\n己,东,38,3\n"
    )
    located = locate(table)
    told = report(located, "en")

    assert located.counts == {"located": 3, "outside": 1, "faulty": 2}
    assert [d["outcome"] for d in told["details"]] == [
        "located", "located", "located", "outside", "no_shape", "unreadable",
    ]  # fmt: skip
    assert [d["row"] for d in told["details"]] == [2, 3, 4, 5, 6, 7]
    first = told["counties"]["130102"]
    assert first["count"] == 2
    assert first["columns"]["学生数"] == {"sum": 150, "mean": 75, "rows": 2}
    assert sum(own["count"] for own in told["counties"].values()) == 3
    # A place in Beijing is told with the county that it is nearest to.
    assert "outside of" in told["details"][3]["message"]


positions = st.tuples(st.floats(112, 121), st.floats(35, 44))


@settings(max_examples=8)
@given(st.lists(st.one_of(st.none(), positions), min_size=1, max_size=30))
def test_located_outside_and_faulty_are_all_rows(locate, positions):
    shapes = [None if at is None else shapely.Point(at) for at in positions]
    try:
        located = locate(geojson(shapes), "own.geojson")
    except NotPlacedError as error:
        assert error.reason == "elsewhere"
        return
    except RefusedError as error:
        assert error.reason == "no_shapes"
        assert not any(positions)
        return

    assert sum(located.counts.values()) == len(positions)
    assert tuple(located.counts) == GROUPS
    assert located.counts["faulty"] == positions.count(None)


def test_all_counties_as_a_layer_cover_themselves(locate, lines, counties):
    located = locate(geojson(lines), "own.geojson")

    assert located.placed.county == list(lines.index)
    for adcode, own in by_county(located).items():
        assert own["area_km2"] == pytest.approx(counties.areas[adcode], rel=1e-4)
        assert own["share"] == pytest.approx(100, abs=0.01)
    assert codes(located) == []
    level, found = located.placed.moved
    assert (level, found.areas, round(found.metres)) == ("county", 167, 0)


def test_areas_are_those_of_a_second_way_of_cutting(locate, lines):
    box = shapely.box(114.2, 37.9, 115.4, 38.6)
    located = locate(geojson([box]), "own.geojson")

    dense = shapely.segmentize(box, 0.01)
    flat = gpd.GeoSeries([dense], crs=WGS84).to_crs(EQUAL_AREA).iloc[0]
    cut = lines.to_crs(EQUAL_AREA).intersection(flat).area / 1e6
    expected = cut[cut > 0].to_dict()
    assert located.placed.parts.keys() == expected.keys()
    for adcode, size in located.placed.parts.items():
        assert size == pytest.approx(expected[adcode], rel=1e-3, abs=1e-3)
    assert sum(len(rows) for rows in located.rows_of.values()) == 1


def test_overlapping_polygons_cover_each_place_once_and_it_is_said(locate):
    box = shapely.box(114.5, 38.0, 114.6, 38.1)
    once = locate(geojson([box]), "own.geojson")
    twice = locate(geojson([box, box]), "own.geojson")

    assert twice.placed.parts == pytest.approx(once.placed.parts)
    assert "overlap" in codes(twice)
    assert "overlap" not in codes(once)


def test_what_lies_partly_outside_is_said_with_its_size(locate):
    across = shapely.box(115.9, 38.9, 116.9, 39.5)  # into Tianjin and Beijing

    located = locate(geojson([across]), "own.geojson")

    assert "partly" in codes(located)
    assert located.placed.inside < located.placed.whole


def test_lines_have_their_length_in_each_county(locate):
    line = shapely.LineString([(114.0, 38.0), (116.0, 38.0)])
    located = locate(geojson([line]), "own.geojson")

    total = math.fsum(located.placed.parts.values())
    assert total == pytest.approx(175.5, abs=1)  # km on the 38th parallel
    assert len(located.placed.parts) > 4


def test_shapes_are_mended_or_told_as_broken(locate):
    bow = shapely.Polygon([(114, 38), (115, 39), (115, 38), (114, 39)])
    flat = shapely.Polygon([(114, 38), (115, 39), (114.5, 38.5), (114, 38)])
    located = locate(geojson([bow, flat, None]), "own.geojson")

    assert located.reasons[1:] == ("broken", "no_shape")
    assert {"mended", "broken", "no_shape"} <= {*codes(located)}


# --- Unknown is not no ---------------------------------------------------------------


def test_a_county_without_a_point_is_unknown_unless_the_layer_is_complete(
    locate, package
):
    table = "校,lon,lat,学生数\n甲,114.54,38.05,100\n"
    some = located_facts(locate(table), package.divisions)
    every = located_facts(locate(table, complete=True), package.divisions)

    def values(facts, variable):
        return {v.adcode: v.value for v in facts.values if v.variable == variable}

    assert values(some, "own_count") == {"130102": 1}
    assert len(values(every, "own_count")) == 167
    assert sum(values(every, "own_count").values()) == 1
    # A mean of nothing is not zero, however complete the layer is.
    assert values(every, "own_3") == {"130102": 100}


def test_figures_take_the_way_of_every_variable(locate, package):
    table = "校,lon,lat,学生数\n甲,114.54,38.05,100\n乙,114.541,38.051,60\n"
    facts = located_facts(locate(table), package.divisions, summed=(3,))
    with_own = package.with_variables(facts)

    number = with_own.variables["own_3"]
    assert (number.kind, number.measure, number.aggregate) == ("number", "count", "sum")
    (value,) = [v for v in with_own.values if v.variable == "own_3"]
    assert (value.value, value.section) == (160, "第2行、第3行")

    # A mean of schools does not grow with the county.
    means = located_facts(locate(table), package.divisions, summed=())
    assert {v.id: v.measure for v in means.variables}["own_3"] == "rate"


def test_polygons_give_area_and_share(locate, package):
    box = shapely.box(114.5, 38.0, 114.6, 38.1)
    facts = located_facts(locate(geojson([box]), "own.geojson"), package.divisions)

    ids = [variable.id for variable in facts.variables]
    assert ids[:3] == ["own_count", "own_area", "own_share"]
    package.with_variables(facts)


# --- Systems -------------------------------------------------------------------------


def projected(crs: str) -> tuple[float, float]:
    point = gpd.GeoSeries([shapely.Point(CHANGAN)], crs=WGS84).to_crs(crs).iloc[0]
    return round(point.x, 2), round(point.y, 2)


@pytest.mark.parametrize("crs", ["EPSG:4547", "EPSG:4548", "EPSG:4526", "EPSG:4527"])
def test_a_table_in_metres_is_asked_for_its_system_and_read_in_it(locate, crs):
    x, y = projected(crs)
    table = f"名称,X,Y\n甲,{x},{y}\n"

    with pytest.raises(NotPlacedError) as caught:
        locate(table)

    assert (caught.value.kind, caught.value.reason) == ("crs", "crs_missing")
    fits = {fit.crs: fit for fit in caught.value.fits}
    assert fits[crs].counties == ("130102",)
    assert locate(table, crs=crs).placed.county == ["130102"]


def test_a_layer_in_metres_says_its_system_itself(locate, tmp_path):
    path = tmp_path / "own.gpkg"
    schema = {"geometry": "Point", "properties": {"n": "int"}}
    with fiona.open(path, "w", "GPKG", schema, crs="EPSG:4547") as layer:
        shape = {"type": "Point", "coordinates": projected("EPSG:4547")}
        layer.write({"type": "Feature", "geometry": shape, "properties": {"n": 1}})

    located = locate(path.read_bytes(), "own.gpkg")

    assert (located.placed.crs, located.placed.county) == ("EPSG:4547", ["130102"])


X, Y = 547_000.0, 4_212_000.0


@pytest.mark.parametrize(
    ("table", "crs", "reason"),
    [
        ("名称,经度,纬度\n甲,38.05,114.54\n", None, "swapped"),
        (f"名称,X,Y\n甲,{Y},{X}\n", "EPSG:4547", "survey_axes"),
        (f"名称,X,Y\n甲,{Y},{X}\n", None, "crs_swapped"),
        (f"名称,X,Y\n甲,{X},{Y}\n", "EPSG:4326", "metres"),
        ("名称,lon,lat\n甲,114.54,38.05\n", "EPSG:4547", "degrees"),
        (f"名称,X,Y\n甲,{X},{Y}\n", "EPSG:4526", "other_system"),
        ("名称,lon,lat\n甲,2.3,48.9\n", None, "elsewhere"),
        ("名称,lon,lat\n甲,200,95\n", None, "beyond"),
    ],
)
def test_impossible_coordinates_are_refused_with_the_likely_cause(
    locate, table, crs, reason
):
    with pytest.raises(NotPlacedError) as caught:
        locate(table, crs=crs)

    assert caught.value.reason == reason
    for language in ("zh", "en"):
        assert "{" not in caught.value.say(language)


def test_one_impossible_row_does_not_take_the_layer_with_it(locate):
    located = locate("名称,lon,lat\n甲,114.54,38.05\n乙,38,114\n丙,114.55,38.05\n")

    assert located.reasons == ("located", "impossible", "located")


def test_a_shifted_system_of_web_maps_is_none_to_choose():
    with pytest.raises(RefusedError):
        system("GCJ-02")
    assert system("4547") == "EPSG:4547"


# --- Shifts --------------------------------------------------------------------------


def test_the_shift_of_a_web_map_is_reported_and_not_mended(locate, lines):
    moved = shapely.transform(
        lines.to_numpy(), lambda xy: np.array([gcj02(*at) for at in xy])
    )
    located = locate(geojson(moved), "own.geojson")

    _, found = located.placed.moved
    assert 500 < found.metres < 600
    assert found.like == "GCJ-02"
    assert "GCJ-02" in told(located.placed, speaker("zh"))
    # Still where the file says: a strip of each county lies in its neighbour.
    assert len(located.placed.answer["parts"]) > 500


def test_a_shift_of_kilometres_is_measured_and_not_mended(locate, lines):
    areas = lines.to_crs(EQUAL_AREA).area
    districts = lines[areas < 150e6]
    moved = districts.to_crs(EQUAL_AREA).translate(9000, -12000).to_crs(WGS84)

    located = locate(geojson(moved), "own.geojson")

    level, found = located.placed.moved
    assert (level, found.searched) == ("county", True)
    assert found.metres == pytest.approx(15_000, abs=20)
    assert round(found.bearing) == round(90 + math.degrees(math.atan2(12, 9)))
    said = told(located.placed, speaker("en"))
    assert "15000 m to the southeast" in said
    assert "size and outline" in said
    # Still where the file says.
    here = locate(geojson(districts), "own.geojson")
    assert located.placed.county != here.placed.county


def test_points_that_name_their_county_show_how_many_lie_elsewhere(places, locate):
    table = (
        "学校,所在县,lon,lat\n甲,长安区,114.54,38.05\n乙,张北县,114.54,38.05\n"
        "丙,张北县,114.7,41.2\n"
    )
    upload = read(table.encode(), "own.csv")
    located = locate(table, table=join(upload, places))

    rows, total = located.elsewhere
    assert (rows, total) == ((1,), 3)
    assert "other_county" in codes(located)


# --- Drawn ---------------------------------------------------------------------------


def test_what_is_drawn_fits_its_bytes_and_lies_where_it_did(locate, lines):
    full = locate(geojson(lines), "own.geojson").placed
    small = locate(geojson(lines), "own.geojson", limits=Limits(drawn_kb=40)).placed

    assert [row for row, _ in full.answer["drawn"]] == list(range(167))
    for row, shape in full.answer["drawn"]:
        drawn = shapely.from_geojson(json.dumps(shape))
        true = lines.iloc[row]
        assert drawn.symmetric_difference(true).area < 0.02 * true.area
    assert len(json.dumps(small.answer["drawn"])) < 80 * 1024


def test_too_many_shapes_are_not_all_drawn_and_it_is_said(locate):
    rng = np.random.default_rng(5)
    rows = [f"甲,{114 + x:.4f},{38 + y:.4f}" for x, y in rng.random((3100, 2))]
    located = locate("名称,lon,lat\n" + "\n".join(rows))

    told = json.loads(overlay(located.placed, "en"))
    assert told["note"] == "3000 of 3100 shapes drawn"
    assert len(told["features"]) == 3000
    assert sum(located.counts.values()) == 3100


def test_a_layer_of_elsewhere_draws_only_what_is_near(locate):
    located = locate("名称,lon,lat\n甲,114.54,38.05\n乙,87.6,43.8\n")

    told = json.loads(overlay(located.placed, "zh"))
    assert [texts[0] for _, texts in told["features"]] == ["甲"]


# --- Limits --------------------------------------------------------------------------


def test_a_shape_that_crosses_itself_everywhere_ends_at_the_limits(locate):
    rng = np.random.default_rng(3)
    star = [[114 + x, 38 + y] for x, y in rng.random((20_000, 2))]
    shape = {"type": "Polygon", "coordinates": [[*star, star[0]]]}
    document = {"type": "Feature", "properties": {}, "geometry": shape}

    with pytest.raises(RefusedError) as caught:
        locate(
            json.dumps(document),
            "own.geojson",
            limits=Limits(seconds=3, memory_mb=600),
        )

    assert caught.value.kind in {"too_large", "damaged"}
