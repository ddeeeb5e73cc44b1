"""Kinds of map that an address can ask for: sheets of paper, and one HTML file."""

from __future__ import annotations

from typing import Final

SHEETS: Final = {
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
}
"""Media types of map sheets, by suffix."""

PLACES: Final = {
    "pgw": "text/plain",
    "prj": "text/plain",
    "png.aux.xml": "application/xml",
}
"""Media types of the files beside a PNG that say where it lies, by suffix."""

ONE_FILE: Final = "html"
"""Suffix of the map that opens without a server."""

SUFFIXES: Final = (*SHEETS, *PLACES, ONE_FILE)

TEXTS: Final = ("outlines", "text")
"""How text stands in an SVG; the first is the usual way."""

PAPERS: Final = ("A4", "A3")
ORIENTATIONS: Final = ("portrait", "landscape")
"""The first of each is what an address that does not say gets."""
