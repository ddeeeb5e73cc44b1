"""The committed boundaries, and every file of them."""

import pytest

from geo import boundaries
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
"""Divisions of each level."""

each_file = pytest.mark.parametrize(("level", "detail"), FILES)
each_detail = pytest.mark.parametrize("detail", boundaries.DETAILS)
