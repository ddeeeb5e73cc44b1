"""The facts that are published."""

import pytest

from layers.cli import publishing
from tests import real


@pytest.fixture(autouse=True)
def loaded_once(monkeypatch):
    """The command that is run in this process shares the tables."""
    monkeypatch.setattr(publishing, "load", real.package)


@pytest.fixture(scope="module")
def package():
    return real.package()


@pytest.fixture(scope="module")
def counties():
    return real.counties("full")
