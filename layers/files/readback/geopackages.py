"""GeoPackages, read by SQLite from a copy that nothing can be written to."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from geo.export import geopackage
from layers.files.readback.faults import MEGABYTE, MOST_COUNTIES, ForeignError
from layers.files.readback.findings import Findings, checked_findings

_MOST_STEPS: Final = 1_000_000
"""Of SQLite's machine. A view in the file may be made to run for ever."""

_ALLOWED: Final = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}


def read_geopackage(content: bytes) -> Findings:
    """Read the table ``about``, and the codes in the table of the counties."""
    with TemporaryDirectory(prefix="atlas-readback-") as folder:
        file = Path(folder) / "copy.gpkg"
        file.write_bytes(content)
        # QGIS leaves files in a mode that only an immutable database opens in alone.
        address = f"{file.as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as database:
            _bind(database)
            return _read(database)


def _bind(database: sqlite3.Connection) -> None:
    """Allow the database nothing but short reading."""
    database.execute("PRAGMA trusted_schema = OFF")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MEGABYTE)
    database.set_progress_handler(lambda: 1, _MOST_STEPS)
    database.set_authorizer(
        lambda action, *_: (
            sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY
        )
    )


def _read(database: sqlite3.Connection) -> Findings:
    tables = {
        str(name)
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
    }
    if not {geopackage.ABOUT, "gpkg_contents"} <= tables:
        raise ForeignError("other tables")
    texts = dict(database.execute("SELECT key, text FROM about LIMIT 100"))
    places = [
        str(name)
        for (name,) in database.execute(
            "SELECT table_name FROM gpkg_contents WHERE data_type = 'features'"
        )
        if name in tables
    ]
    if not places:
        raise ForeignError("no places")
    name = places[0].replace('"', '""')
    codes = database.execute(
        f'SELECT adcode FROM "{name}" LIMIT {MOST_COUNTIES + 1}'  # noqa: S608 - quoted
    )
    adcodes = (code for (code,) in codes)
    return checked_findings("gpkg", texts, adcodes, texts.get("selection"))
