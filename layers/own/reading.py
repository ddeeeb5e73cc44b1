"""Read a file of others in a process of its own, under limits, and take what it says.

What may go wrong in a parser goes wrong there: memory, time, a crash. Here the answer
is plain data of bounded size, or a refusal with its reason.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from layers.own.limits import MEGABYTE, Limits
from layers.own.refusals import KINDS, RefusedError

Cell = str | int | float | bool | list[str] | None
"""A cell: text, number, truth value, ``["date", iso]``, or nothing."""

_ROOT: Final = Path(__file__).parents[2]
_AT_ONCE: Final = threading.BoundedSemaphore(2)
"""Readers at one time, of all sessions together: each may take its whole memory."""

_KEPT: Final = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "LD_LIBRARY_PATH", "TEMP", "TMP")
_QUIET: Final = {
    # Should a driver try to reach an address all the same, it finds nobody.
    "GDAL_HTTP_PROXY": "127.0.0.1:9",
    "http_proxy": "http://127.0.0.1:9",
    "https_proxy": "http://127.0.0.1:9",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "OGR_SQLITE_LOAD_EXTENSIONS": "",
    "OPENBLAS_NUM_THREADS": "1",
    "RUST_BACKTRACE": "0",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of a workbook, a table of a page, a layer, or the one of a text.

    Attributes
    ----------
    name : str or None
        None where there are no sheets.
    rows : sequence of sequence of Cell
        From the first row of the sheet on, header and all; rows may differ in length.
    merged : sequence of (int, int, int, int)
        First row, first column, last row, last column of merged cells, from 0.
    """

    name: str | None
    visible: bool
    rows: Sequence[Sequence[Cell]]
    merged: Sequence[tuple[int, int, int, int]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What a file holds, before anything is made of it.

    Attributes
    ----------
    format : str
        ``csv``, ``xlsx``, ``xls``, ``ods``, ``html``, ``geojson``, ``gpkg``, ``kml``,
        ``shapefile``, ``flatgeobuf``, ``parquet`` or ``topojson``.
    encoding : str or None
        Of a text; None where the format brings its own.
    is_layer : bool
        Whether rows are features: row 1 is then the first feature, not the header.
    crs : str or None
        Coordinate reference system of a layer as it names it; None if it does not.
    geometries : sequence of mapping or None
        Shapes of the first layer, as GeoJSON; empty for a table.
    notes : sequence of mapping
        What was met on the way, each with its ``code``.
    """

    name: str
    format: str
    encoding: str | None
    sheets: Sequence[Sheet]
    is_layer: bool = False
    crs: str | None = None
    geometries: Sequence[Mapping[str, Any] | None] = field(default=(), repr=False)
    notes: Sequence[Mapping[str, Any]] = ()


def read(content: bytes, name: str, limits: Limits | None = None) -> Upload:
    """Read a file.

    Parameters
    ----------
    content : bytes
        The file; a table pasted as text is its UTF-8.
    name : str
        What it is called.
    limits : Limits, optional
        By default those of the environment.

    Returns
    -------
    Upload
        All of its sheets or layers.

    Raises
    ------
    RefusedError
        If it is not read; the message says why and what to do.
    """
    limits = limits or Limits.from_environment()
    if len(content) > limits.file_mb * MEGABYTE:
        raise RefusedError("too_large", "file", {"limit": limits.file_mb})
    with _AT_ONCE:
        answer = _ask(content, name, limits)
    if answer.get("refused") in KINDS:
        raise RefusedError(answer["refused"], answer["reason"], answer["details"])
    return Upload(
        name=name,
        format=answer["format"],
        encoding=answer["encoding"],
        sheets=tuple(
            Sheet(
                name=sheet["name"],
                visible=sheet["visible"],
                rows=sheet["rows"],
                merged=[tuple(span) for span in sheet["merged"]],
            )
            for sheet in answer["sheets"]
        ),
        is_layer="geometries" in answer,
        crs=answer.get("crs"),
        geometries=answer.get("geometries", ()),
        notes=answer["notes"],
    )


def _ask(content: bytes, name: str, limits: Limits) -> dict[str, Any]:
    """Start the reader, give it the file, and wait no longer than allowed."""
    asked = json.dumps({"name": name, "limits": limits.to_dict()}).encode()
    most = limits.answer_mb * MEGABYTE
    inherited = {key: os.environ[key] for key in _KEPT if key in os.environ}
    with tempfile.TemporaryDirectory() as empty:
        process = subprocess.Popen(
            [sys.executable, "-m", "layers.own.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=empty,  # a relative name leads nowhere
            env={**inherited, **_QUIET, "PYTHONPATH": str(_ROOT)},
        )
        late = threading.Event()
        clock = threading.Timer(limits.seconds, _stop, (process, late))
        clock.daemon = True
        clock.start()
        assert process.stdin is not None and process.stdout is not None
        # It may have ended already; how, its exit code says.
        with contextlib.suppress(OSError), process.stdin as stream:
            stream.write(asked + b"\n")
            stream.write(content)
        with process.stdout as stream:
            answered = stream.read(most + 1)
        if len(answered) > most:
            process.kill()
        code = process.wait()
        clock.cancel()
    _raise_for(code, limits, late=late.is_set(), long=len(answered) > most)
    try:
        answer = json.loads(answered)
        if not isinstance(answer, dict):
            raise ValueError("no object")
    except ValueError as error:
        raise RefusedError("damaged", "crashed") from error
    return answer


def _raise_for(code: int, limits: Limits, *, late: bool, long: bool) -> None:
    """Raise what the end of the reader means, unless it is good."""
    if late or code == -getattr(signal, "SIGXCPU", 0):
        raise RefusedError("too_large", "time", {"limit": limits.seconds})
    if long:
        raise RefusedError("too_large", "answer", {"limit": limits.answer_mb})
    if code == -signal.SIGABRT:
        # calamine and GDAL abort when they get no memory.
        raise RefusedError("too_large", "memory", {"limit": limits.memory_mb})
    if code == -getattr(signal, "SIGKILL", 0):
        # Nobody here sent it: the processor's time is over, or the system's memory.
        raise RefusedError("too_large", "time", {"limit": limits.seconds})
    if code:
        raise RefusedError("damaged", "crashed")


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()
