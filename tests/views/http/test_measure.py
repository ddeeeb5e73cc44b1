"""Lengths and areas of what is drawn: geodesics, held against other formulas."""

import math
from itertools import pairwise

import geopandas as gpd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Polygon

from geo.crs import EQUAL_AREA, WGS84, area_km2, enclosed_km2, path_km
from layers.edition import assets
from layers.edition.served import SERVED

BEIJING, SHIJIAZHUANG, CHENGDE = (116.41, 39.90), (114.51, 38.04), (117.94, 40.97)

IN_HEBEI = st.tuples(
    st.floats(113, 120, allow_subnormal=False), st.floats(36, 43, allow_subnormal=False)
)


@pytest.fixture
def measured(client):
    digest = assets.bundle(SERVED.edition(), "").digest

    def ask(at: str):
        return client.get(f"/assets/{digest}/measure.json", params={"at": at})

    return ask


def text(*points) -> str:
    return ",".join(f"{lon},{lat}" for lon, lat in points)


def vincenty_km(here, there) -> float:
    """Length by Vincenty's inverse formula (1975): not Karney's, which PROJ has."""
    a, f = 6378137.0, 1 / 298.257223563
    b = a * (1 - f)
    (lon1, lat1), (lon2, lat2) = (map(math.radians, p) for p in (here, there))
    u1, u2 = (math.atan((1 - f) * math.tan(lat)) for lat in (lat1, lat2))
    difference = lam = lon2 - lon1
    for _ in range(200):
        sin_sigma = math.hypot(
            math.cos(u2) * math.sin(lam),
            math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * math.cos(lam),
        )
        if sin_sigma == 0:
            return 0.0
        cos_sigma = math.sin(u1) * math.sin(u2)
        cos_sigma += math.cos(u1) * math.cos(u2) * math.cos(lam)
        sigma = math.atan2(sin_sigma, cos_sigma)
        sin_alpha = math.cos(u1) * math.cos(u2) * math.sin(lam) / sin_sigma
        cos2_alpha = 1 - sin_alpha**2
        cos_2m = cos_sigma - 2 * math.sin(u1) * math.sin(u2) / cos2_alpha
        c = f / 16 * cos2_alpha * (4 + f * (4 - 3 * cos2_alpha))
        before, lam = (
            lam,
            difference
            + (1 - c)
            * f
            * sin_alpha
            * (sigma + c * sin_sigma * (cos_2m + c * cos_sigma * (-1 + 2 * cos_2m**2))),
        )
        if abs(lam - before) < 1e-13:
            break
    u_2 = cos2_alpha * (a**2 - b**2) / b**2
    k = 1 + u_2 / 16384 * (4096 + u_2 * (-768 + u_2 * (320 - 175 * u_2)))
    m = u_2 / 1024 * (256 + u_2 * (-128 + u_2 * (74 - 47 * u_2)))
    delta = (
        m
        * sin_sigma
        * (
            cos_2m
            + m
            / 4
            * (
                cos_sigma * (-1 + 2 * cos_2m**2)
                - m / 6 * cos_2m * (-3 + 4 * sin_sigma**2) * (-3 + 4 * cos_2m**2)
            )
        )
    )
    return b * k * (sigma - delta) / 1000


@given(st.lists(IN_HEBEI, min_size=2, max_size=6, unique=True))
def test_a_way_is_as_long_as_its_parts_by_another_formula(points):
    parts = [vincenty_km(*pair) for pair in pairwise(points)]

    assert path_km(points) == pytest.approx(sum(parts), abs=1e-5)
    assert path_km(points[::-1]) == pytest.approx(path_km(points))


@given(IN_HEBEI, st.floats(0.05, 1), st.floats(0.05, 1))
def test_what_a_ring_encloses_does_not_depend_on_its_turn(corner, wide, high):
    (x, y), far = corner, (corner[0] + wide, corner[1] + high)
    ring = [(x, y), (far[0], y), far, (x, far[1])]
    drawn = gpd.GeoSeries([Polygon(ring)], crs=WGS84)

    assert enclosed_km2(ring) == pytest.approx(area_km2(drawn).iloc[0])
    assert enclosed_km2(ring[::-1]) == pytest.approx(enclosed_km2(ring))
    flat = drawn.segmentize(0.01).to_crs(EQUAL_AREA).area.iloc[0] / 1e6
    assert enclosed_km2(ring) == pytest.approx(flat, rel=2e-3)


@pytest.mark.parametrize(
    "points",
    [
        (BEIJING, CHENGDE),
        (BEIJING, CHENGDE, BEIJING),
        ((115, 38), (116, 39), (116, 38), (115, 39)),
        ((115, 38), (116, 39), (117, 40)),
    ],
    ids=["two points", "there and back", "crosses itself", "on one line"],
)
def test_what_encloses_nothing_has_no_area(points):
    assert enclosed_km2(points) is None


def test_the_server_answers_length_and_area(measured):
    body = measured(text(SHIJIAZHUANG, BEIJING, CHENGDE)).json()

    assert body["length_km"] == pytest.approx(264 + 176, abs=1)
    assert body["area_km2"] == pytest.approx(
        enclosed_km2([SHIJIAZHUANG, BEIJING, CHENGDE])
    )


@pytest.mark.parametrize(
    "at",
    [
        "",
        "114,38",
        "114,38,116",
        "38.04,114.51,39.9,116.41",
        "114,38,nan,39",
        "114,38,1e400,39",
        "north,38,116,39",
        ",".join(["114", "38"] * 101),
    ],
    ids=str,
)
def test_what_is_no_line_is_refused_in_both_languages(measured, at):
    answer = measured(at)

    assert answer.status_code == 400
    said = answer.json()
    assert "longitude before latitude" in answer.text
    assert "经度在前" in answer.text
    assert len(answer.content) < 1500, said
