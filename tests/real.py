"""The committed data, loaded once a process, for fixtures and for cases made of it.

Nobody may change what these return: a test that wants another table makes a copy.
"""

from functools import cache

import geopandas as gpd

from layers.facts.county_table import county_table
from layers.facts.package import Package, load
from layers.themes.themes import themes


@cache
def package() -> Package:
    """The facts of the project, loaded and checked."""
    return load()


@cache
def counties(detail: str = "overview") -> gpd.GeoDataFrame:
    """The county table with the shapes of this detail."""
    return county_table(package(), detail)


def themes_to_try() -> list[str]:
    """Return the themes but those of numbers, of which two stand for the many."""
    numbers: list[str] = []
    others: list[str] = []
    for name, theme in themes(package()).items():
        (numbers if theme.kind == "number" else others).append(name)
    return [*others, *numbers[:1], *numbers[-1:]]
