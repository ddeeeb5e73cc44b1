"""Two numbers of counties beside each other: who is shown, and who is left out."""

import pandas as pd
import pytest

from layers.select.scatter import scatter
from layers.themes.scatter_chart import scatter_chart


@pytest.fixture
def pair(package):
    """Two numbers of which one is not known of all counties."""
    found = [v for v in package.variables.values() if v.kind == "number"]
    return next(v for v in found if v.since[:4] == "2020"), next(
        v for v in found if v.since[:4] == "2010"
    )


@pytest.mark.parametrize("whole", [True, False])
def test_every_county_is_a_point_or_left_out(package, counties, pair, whole):
    first, second = pair
    programme = next(p for p in package.programmes.values() if p.is_whole == whole)
    found = scatter(package, counties, counties.index, first, second, programme)

    joined = counties[[first.id, second.id]].astype(float)
    both = joined.dropna()
    assert {*found.points.index} == {*both.index}
    assert {*found.left_out} == {*joined.index} - {*both.index}
    assert found.left_out
    pd.testing.assert_series_equal(
        found.points["first"], both[first.id], check_names=False
    )
    members = package.members(programme.id)
    rest = "no" if whole else "not_said"
    for adcode, side in found.points["side"].items():
        assert side == ("yes" if adcode in members else rest)
    assert found.count("yes") + found.count(rest) == len(both)


def test_shape_and_colour_tell_the_sides_apart(package, counties, pair):
    programme = next(p for p in package.programmes.values() if p.is_whole)
    found = scatter(package, counties, counties.index, *pair, programme)
    sides = {"yes": "in it", "no": "others", "not_said": "not said"}
    names = dict.fromkeys(map(str, counties.index), "a county")
    drawn = scatter_chart(package, found, *pair, names, sides, "en").to_dict()

    for channel in ("shape", "color"):
        scale = drawn["encoding"][channel]["scale"]
        assert scale["domain"] == ["in it", "others"]
        assert len(set(scale["range"])) == 2
    (rows,) = drawn["datasets"].values()
    assert {row["adcode"] for row in rows} == {*found.points.index}
    assert drawn["params"][0]["select"]["fields"] == ["adcode"]
