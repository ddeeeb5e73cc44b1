"""docs/layers-by-url.md says what the server does."""

import re
from pathlib import Path

import pytest

from geo.export import FORMATS
from layers.files import map_files
from views.http import descriptions
from views.http.ogc.description import PARAMETERS
from views.http.routes import _options

DOCUMENT = Path(__file__).parents[3] / "docs" / "layers-by-url.md"


def told(heading):
    """The rows of the document's table with this heading, as the code in each cell."""
    table = re.search(
        rf"^\| {re.escape(heading)} \|.*\n\|[ -|]+\n((?:\|.*\n)+)",
        DOCUMENT.read_text("utf-8"),
        re.M,
    )
    return [
        [re.findall(r"`([^`]+)`", cell) for cell in row.split("|")[1:-1]]
        for row in table[1].splitlines()
    ]


@pytest.mark.parametrize(
    ("status", "address"),
    re.findall(r"^(\d{3}) (/\S+)$", DOCUMENT.read_text("utf-8"), re.M),
)
def test_every_example_of_the_document_is_answered_as_it_says(client, status, address):
    assert client.get(address).status_code == int(status)


def test_the_document_names_every_suffix_and_parameter_of_files(edition):
    rows = told("suffix")
    assert {suffix for row in rows for suffix in row[0]} == {
        *(form.suffix.lstrip(".") for form in FORMATS.values()),
        *map_files.SUFFIXES,
        *descriptions.SUFFIXES,
    }
    # One number stands for all: a census has fifty, and `layers list` names them.
    numbers = [v.id for v in edition.package.variables.values() if v.kind == "number"]
    named = [row[0][0] for row in told("parameter | means")]
    (example,) = {*named} & {*numbers}
    assert named == [
        parameter
        for parameter in edition.choices.parameters.values()
        if parameter == example or parameter not in numbers
    ]
    options = {row[0][0]: row[2][0] for row in told("parameter | means | usual")}
    usual, _, faults = _options(edition, [])
    assert options == usual
    assert not faults


def test_the_document_names_every_path_and_parameter_of_the_service():
    rows = {row[0][0]: tuple(row[1]) for row in told("path below `/ogc`")}

    assert {path: rows[path] for path in PARAMETERS} == dict(PARAMETERS)
    assert {*rows} - {*PARAMETERS} == {"/api", "/api.html"}
