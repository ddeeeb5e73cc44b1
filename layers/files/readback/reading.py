"""Read a file of any format back to the selection that made it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final
from urllib.parse import parse_qsl

from geo.export import FORMATS
from geo.language import Language
from layers.files import map_files
from layers.files.readback.archives import opened
from layers.files.readback.faults import (
    MOST_BYTES,
    ForeignError,
    ReadBackError,
    UnpackedTooLargeError,
    WithoutRowsError,
)
from layers.files.readback.findings import Findings
from layers.files.readback.flatgeobufs import read_flatgeobuf
from layers.files.readback.geopackages import read_geopackage
from layers.files.readback.json_files import read_json
from layers.files.readback.marked import read_gml, read_marked
from layers.files.readback.markup import read_kml, read_kmz
from layers.files.readback.parquet_files import read_parquet
from layers.files.readback.shapefiles import read_shapefile
from layers.files.readback.tables import read_csv, read_xlsx
from layers.select.choices import FIXED_FIELDS
from layers.select.selection import Selection

Reader = Callable[[bytes], Findings]
Sign = Callable[[bytes], bool]
"""Whether a content looks like one of a format. Names of files are not asked: they are
what a sender made of them."""


def _begins(*starts: bytes) -> Sign:
    return lambda content: content.startswith(starts)


def _holds(*words: bytes) -> Sign:
    """Whether one of these words stands in the first lines, in any case."""
    return lambda content: any(word in content[:1024].lower() for word in words)


def _text_begins(start: bytes) -> Sign:
    """Whether the first letter is this, behind a mark of the encoding and blanks."""

    def looks(content: bytes) -> bool:
        head = content[:1024]
        for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
            head = head.removeprefix(mark)
        # Of the letters of UTF-16 every other byte is a zero.
        return head.lstrip(b"\0 \t\r\n").startswith(start)

    return looks


def _archive_with(ending: str) -> Sign:
    def looks(content: bytes) -> bool:
        if not content.startswith(b"PK"):
            return False
        with opened(content, 0) as archive:
            return archive.first(ending) is not None

    return looks


_READINGS: Final[Sequence[tuple[tuple[str, ...], Sign, Reader]]] = (
    (("geoparquet",), _begins(b"PAR1"), read_parquet),
    (("gpkg",), _begins(b"SQLite format 3\0"), read_geopackage),
    (("flatgeobuf",), _begins(b"fgb\x03fgb"), read_flatgeobuf),
    (("xlsx",), _archive_with("xl/workbook.xml"), read_xlsx),
    (("kmz",), _archive_with(".kml"), read_kmz),
    (("gml",), _archive_with(".gml"), read_gml),
    (("shapefile",), _begins(b"PK"), read_shapefile),
    (("pdf",), _begins(b"%PDF"), partial(read_marked, "pdf")),
    (("png",), _begins(b"\x89PNG"), partial(read_marked, "png")),
    (("svg",), _holds(b"<svg"), partial(read_marked, "svg")),
    (("html",), _holds(b"<!doctype html", b"<html"), partial(read_marked, "html")),
    (("dxf",), _begins(b"999\natlas", b"999\r\natlas"), partial(read_marked, "dxf")),
    (("geojson", "topojson"), _text_begins(b"{"), read_json),
    (("kml",), _text_begins(b"<"), read_kml),
    (("csv",), lambda _: True, read_csv),
)
"""Ids of formats, by which sign their content is known, and who reads it; tried in
order."""

READABLE: Final = tuple(
    form for form in FORMATS if any(form in forms for forms, _, _ in _READINGS)
)
"""Ids of the formats whose files lead back to their selection."""

SUFFIXES: Final = (
    *dict.fromkeys(FORMATS[form].suffix.rpartition(".")[2] for form in READABLE),
    *map_files.SHEETS,
    map_files.ONE_FILE,
    *("json", "ods", "xls", "tsv", "txt", "geoparquet"),
)
"""Ends of the names of files that may come, without a dot."""

_LONGEST_NAME: Final = 60
_LONGEST_QUERY: Final = 8_000
_MOST_FIELDS: Final = 100
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,80}", re.ASCII)
"""Of a variable or of a group of programmes."""

_ADCODE: Final = re.compile(r"\d{6}", re.ASCII)
_DIGEST: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """What a file says of its making. Nothing of it has been checked against the data.

    Attributes
    ----------
    name : str
        Of the file, without folders, fit to be shown.
    format : str
        A key of :data:`geo.export.FORMATS`, or a suffix of a map.
    query : str
        The selection as a query string, as it stands in the file.
    selection : Selection
        The same; it may name what no longer exists.
    programme : str or None
        Id of the programme that the file is about, which `query` asks for too. Only
        formats with the metadata as JSON say it.
    language : {"zh", "en"} or None
        Of the file; unknown if it holds no text in its own language.
    count : int or None
        Counties that the file says it has.
    adcodes : tuple of str
        Codes of the counties that it has, in order, each once.
    digest : str or None
        Of the data it was made of.
    vintage : str or None
        Of the boundaries it was made of.
    view : str or None
        What else an address says of the page that the file shows: how the selection is
        seen, and a second map beside it. Only pages of their own say it.
    """

    name: str
    format: str
    query: str
    selection: Selection
    programme: str | None
    language: Language | None
    count: int | None
    adcodes: tuple[str, ...]
    digest: str | None
    vintage: str | None
    view: str | None = None


def read_back(content: bytes, name: str) -> ReadBack:
    """Read an exported file back to the selection that made it.

    Parameters
    ----------
    content : bytes
        The file, by whomever it was made.
    name : str
        What it is called, for messages only.

    Returns
    -------
    ReadBack
        What it says of its making.

    Raises
    ------
    ReadBackError
        If it is empty, too large, damaged, or says nothing of a selection.
    """
    shown = shown_name(name)
    if len(content) > MOST_BYTES:
        raise ReadBackError.too_large(shown)
    if not content.strip():
        raise ReadBackError.empty(shown)
    try:
        return _read_back_from(_reader(content)(content), shown)
    except WithoutRowsError as error:
        raise ReadBackError.without_rows(shown) from error
    except UnpackedTooLargeError as error:
        raise ReadBackError.unpacked_too_large(shown) from error
    except ForeignError as error:
        raise ReadBackError.foreign(shown) from error
    # Not one kind of error: what is damaged may fail anywhere in six libraries.
    except Exception as error:
        raise ReadBackError.damaged(shown) from error


def shown_name(name: str) -> str:
    """Return what a file is called, without folders, fit to be shown."""
    return re.split(r"[\\/]", name)[-1][:_LONGEST_NAME]


def _reader(content: bytes) -> Reader:
    """Choose the reader by how the content looks."""
    return next(reader for _, looks, reader in _READINGS if looks(content))


def _read_back_from(found: Findings, name: str) -> ReadBack:
    query, view = found.texts["query"], found.texts.get("view")
    if max(len(query), len(view or "")) > _LONGEST_QUERY:
        raise ForeignError("no query of ours is so long")
    digest = found.texts.get("data_digest", "")
    # In words the count stands beside the number of all counties, which is not less.
    numbers = re.findall(r"\d{1,6}", found.texts.get("count", ""))
    language: Language = "zh" if _HAN.search(found.sample) else "en"
    return ReadBack(
        name=name,
        format=found.form,
        query=query,
        selection=asked_for(query),
        programme=found.texts.get("programme") or None,
        language=language if found.sample else None,
        count=min(map(int, numbers), default=None),
        adcodes=tuple(sorted({*filter(_ADCODE.fullmatch, found.adcodes)})),
        digest=digest if _DIGEST.fullmatch(digest) else None,
        vintage=found.texts.get("boundary_vintage") or None,
        view=view,
    )


def asked_for(query: str) -> Selection:
    """Read a query without asking whether what it names exists.

    A parameter that is none of a selection's own asks for a variable or a group, of
    this edition or of an earlier one.

    Parameters
    ----------
    query : str
        As it stands in a file.
    """
    fields = {name: field for field, name in FIXED_FIELDS.items()}
    selection = Selection()
    pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    for name, text in pairs:
        if name in fields or _ID.fullmatch(name):
            field = fields.get(name, name)
            values = (*selection.values(field), *filter(None, text.split(",")))
            selection = selection.with_values(field, values)
            if not values and field == "counties":
                # An empty list, as a file without counties has it.
                selection = replace(selection, no_county=True)
    return selection
