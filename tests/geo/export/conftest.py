"""What the tests of the formats share: tables, text that does harm, documents."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.export import format_of
from geo.export.document import Document, Note, Theme

HOSTILE = [
    "=1+1",
    "@SUM(A1)",
    "-2+3",
    "<img src=x onerror=alert(1)>",
    "]]> &amp; <b>&lt;</b>",
    "{{ 7*7 }} {% 5 {#12",
    "\"quoted\" 'and' \\escaped\\ `ticks`",
    "two\nlines\tand a tab",
    "🏔️ emoji, 㐀 and 𠀀",
    "http://example.org/?a=1&b=2",
    "007",
    "NaN",
    "_x0041_",
]


def make_places(**columns: object) -> gpd.GeoDataFrame:
    """Two places that share a line, one of them in two parts with a hole."""
    hole = shapely.box(115.4, 38.4, 115.6, 38.6).exterior
    holed = shapely.Polygon(shapely.box(115, 38, 116, 39).exterior, [hole])
    return gpd.GeoDataFrame(
        columns,
        index=pd.Index(["a", "b"], name="code"),
        geometry=[
            shapely.box(114, 38, 115, 39),
            shapely.MultiPolygon([holed, shapely.box(117, 38, 118, 39)]),
        ],
        crs="EPSG:4326",
    )


def make_four() -> gpd.GeoDataFrame:
    """Four places, one of each combination of two themes."""
    return gpd.GeoDataFrame(
        {"first": [True, True, False, False], "second": [True, False, True, False]},
        index=pd.Index(["a", "b", "c", "d"], name="code"),
        geometry=[shapely.box(114 + i, 38, 115 + i, 39) for i in range(4)],
        crs="EPSG:4326",
    )


def make_document(**parts: object) -> Document:
    table = parts.pop("table", None)
    given = {
        "name": "places",
        "title": "地方",
        "table": make_places(note=["x", None]) if table is None else table,
        "metadata": {"title": "地方"},
        "notes": (Note(key="title", label="名称", text="地方"),),
    }
    return Document(**{**given, **parts})


def write(form: str, **parts: object) -> bytes:
    return format_of(form).writer(make_document(**parts))


def read_csv(content: bytes) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))]


@pytest.fixture(params=HOSTILE)
def hostile(request) -> str:
    return request.param


@pytest.fixture
def places() -> Callable[..., gpd.GeoDataFrame]:
    """Makes two places with the columns given."""
    return make_places


@pytest.fixture
def four() -> gpd.GeoDataFrame:
    return make_four()


@pytest.fixture
def themes() -> tuple[Theme, ...]:
    return (
        Theme(column="first", name="甲 <1>", colour="#D55E00"),
        Theme(column="second", name="乙", colour="#56B4E9", hatched=True),
    )


@pytest.fixture
def written() -> Callable[..., bytes]:
    """Writes a document of the parts given in one format."""
    return write


@pytest.fixture
def csv_rows() -> Callable[[bytes], list[dict[str, str]]]:
    """Reads the rows of a CSV file as a spreadsheet does."""
    return read_csv


@pytest.fixture
def saved(tmp_path) -> Callable[..., Path]:
    """Writes a document to a file of its format."""

    def save(form: str, **parts: object) -> Path:
        file = tmp_path / f"file{format_of(form).suffix}"
        file.write_bytes(write(form, **parts))
        return file

    return save
