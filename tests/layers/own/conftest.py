"""The names and codes of the edition, once for all tests of own figures."""

import pytest

from layers.own.places import Places
from layers.own.register import places_of


@pytest.fixture(scope="session")
def places(package) -> Places:
    return places_of(package)
