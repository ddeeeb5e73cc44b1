"""The facts that are published."""

import pytest

from layers.facts.county_table import county_table
from layers.facts.package import load


@pytest.fixture(scope="module")
def package():
    return load()


@pytest.fixture(scope="module")
def counties(package):
    return county_table(package, "full")
