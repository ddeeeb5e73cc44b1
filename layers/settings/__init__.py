"""Every setting of the atlas: environment variables that begin with ``ATLAS_``.

One table for whoever runs it: name, kind, what holds without it, what it means. A
setting that cannot be read stops the start; it is never taken for another. The limits
of reading files of others are :class:`layers.own.limits.Limits` and stand in the same
table.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from geo.language import N_, Language, speaker
from layers.own import limits
from layers.settings.kinds import KINDS

PREFIX: Final = "ATLAS_"


class SettingsError(ValueError):
    """Settings that cannot be read.

    Attributes
    ----------
    faults : tuple of (str, str, str)
        Name, value and the message id of what it has to be.
    """

    def __init__(self, faults: list[tuple[str, str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.say("en"))

    def say(self, language: Language) -> str:
        """Say each fault in a line."""
        say = speaker(language)
        return "\n".join(
            say(
                N_("Setting {name}: “{value}” does not fit; it is {kind}."),
                name=name,
                value=value[:60],
                kind=say(kind),
            )
            for name, value, kind in self.faults
        )


def _about(kind: str, meaning: str, *, secret: bool = False) -> dict[str, Any]:
    return {"kind": kind, "meaning": meaning, "secret": secret}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings; each is the environment variable ``ATLAS_`` and its name."""

    data: Path | None = field(
        default=None,
        metadata=_about(
            "folder",
            N_("Folder with attributes and boundaries, instead of the atlas’s own"),
        ),
    )
    address: str = field(
        default="",
        metadata=_about(
            "address",
            N_("Where readers reach the atlas; written into every link and file"),
        ),
    )
    hosts: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "hosts", N_("Hosts under which it answers; any, as long as none is named")
        ),
    )
    proxies: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "networks", N_("Proxies whose X-Forwarded-Proto and -For are believed")
        ),
    )
    embed: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "origins", N_("Sites that may show the atlas inside their pages")
        ),
    )
    open: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "doors", N_("Streamlit’s own metrics and agent interface, closed otherwise")
        ),
    )
    tiles: str = field(
        default="",
        metadata=_about(
            "tiles", N_("XYZ tiles in Web Mercator, as a base map to switch on")
        ),
    )
    tiles_credit: str = field(
        default="", metadata=_about("text", N_("Credit of those tiles"))
    )
    tianditu_key: str = field(
        default="",
        metadata=_about(
            "key", N_("Key of Tianditu’s tiles; it is sent to the browser"), secret=True
        ),
    )
    database: str = field(
        default="",
        metadata=_about(
            "text", N_("PostGIS into which the command publish writes"), secret=True
        ),
    )
    fetch: tuple[str, ...] = field(
        default=(),
        metadata=_about(
            "sites",
            N_("Hosts from which a table of one’s own may be read by address; none"),
        ),
    )
    store: Path | str | None = field(
        default=None,
        metadata=_about(
            "store",
            N_("Where own figures are kept for colleagues by a press; nowhere"),
            secret=True,
        ),
    )
    store_days: int = field(
        default=30,
        metadata=_about("number", N_("Days after which what is kept is removed")),
    )
    store_file_mb: int = field(
        default=20,
        metadata=_about("number", N_("Megabytes of one file that is kept")),
    )
    store_all_mb: int = field(
        default=1000,
        metadata=_about("number", N_("Megabytes of all files that are kept")),
    )
    metrics_port: int = field(
        default=0,
        metadata=_about("port", N_("Port of Prometheus metrics; 0: none")),
    )
    metrics_address: str = field(
        default="127.0.0.1",
        metadata=_about("ip", N_("Address on which the metrics are answered")),
    )
    log: str = field(
        default="text",
        metadata=_about(
            "log", N_("Lines of the log: text to be read, or JSON to be collected")
        ),
    )
    upload_mb: int = field(
        default=80,
        metadata=_about(
            "number", N_("Megabytes of files that one session may have uploaded")
        ),
    )
    uploads_mb: int = field(
        default=400,
        metadata=_about(
            "number", N_("Megabytes of files that all sessions together may have")
        ),
    )
    lane_workers: int = field(
        default=1,
        metadata=_about("number", N_("Processes that draw sheets, books and archives")),
    )
    lane_places: int = field(
        default=16,
        metadata=_about(
            "number", N_("Places to wait for them; then the answer is 503")
        ),
    )
    lane_seconds: int = field(
        default=120,
        metadata=_about("number", N_("Seconds that one such work may take")),
    )
    book_seconds: int = field(
        default=900,
        metadata=_about("number", N_("Seconds that a printed atlas may take")),
    )
    lane_memory_mb: int = field(
        default=4096,
        metadata=_about(
            "number", N_("Megabytes of address space of each of these processes")
        ),
    )
    aggregate_suppress: int = field(
        default=3,
        metadata=_about(
            "count",
            N_("Large tables: rows of fewer persons are withheld; 0: none"),
        ),
    )
    aggregate_memory_mb: int = field(
        default=256,
        metadata=_about("number", N_("Large tables: megabytes that DuckDB may take")),
    )
    aggregate_threads: int = field(
        default=2,
        metadata=_about("number", N_("Large tables: threads of DuckDB")),
    )
    aggregate_file_mb: int = field(
        default=60,
        metadata=_about(
            "number", N_("Large tables: megabytes of one that is uploaded to the page")
        ),
    )
    aggregate_seconds: int = field(
        default=120,
        metadata=_about(
            "number", N_("Large tables: seconds that adding up on the page may take")
        ),
    )


OWN_MEANINGS: Final[Mapping[str, str]] = {
    "file_mb": N_("Own figures: megabytes of the file"),
    "unpacked_mb": N_("Own figures: megabytes of all that an archive holds"),
    "memory_mb": N_("Own figures: megabytes of memory of the reader"),
    "seconds": N_("Own figures: seconds that reading may take"),
    "rows": N_("Own figures: rows of a sheet or layer"),
    "columns": N_("Own figures: columns of a sheet or layer"),
    "cells": N_("Own figures: cells of a sheet or layer"),
    "answer_mb": N_("Own figures: megabytes that the reader hands back"),
    "vertices": N_("Own figures: vertices of a layer"),
    "drawn_kb": N_("Own figures: kilobytes of a layer’s shapes on the map"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A setting as the table tells it.

    Attributes
    ----------
    name : str
        Of the environment variable.
    kind, meaning : str
        Message ids.
    default, value : str
        As they are written; what is secret is not.
    is_set : bool
        Whether the environment has it.
    """

    name: str
    kind: str
    meaning: str
    default: str
    value: str
    is_set: bool


def read(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read all settings.

    Parameters
    ----------
    environment : mapping of str to str
        The environment; an empty variable is as good as none.

    Raises
    ------
    SettingsError
        If one cannot be read, or begins with ``ATLAS_`` and is none; it names all.
    """
    given: dict[str, Any] = {}
    faults = []
    for known in fields(Settings):
        name = f"{PREFIX}{known.name.upper()}"
        text = environment.get(name, "").strip()
        if not text:
            continue
        kind, parse = KINDS[known.metadata["kind"]]
        try:
            given[known.name] = parse(text)
        except ValueError:
            shown = "…" if known.metadata["secret"] else text
            faults.append((name, shown, kind))
    for known in fields(limits.Limits):
        name = f"{limits.PREFIX}{known.name.upper()}"
        text = environment.get(name, "").strip()
        if text and not (text.isascii() and text.isdecimal() and int(text)):
            faults.append((name, text, KINDS["number"][0]))
    names = {row_name for row_name, _ in _all()}
    faults += [
        (name, value, N_("no setting: there is none of this name"))
        for name, value in environment.items()
        if name.startswith(PREFIX) and name not in names
    ]
    if faults:
        raise SettingsError(faults)
    return Settings(**given)


def current() -> Settings:
    """Return the settings of this process's environment as it is now."""
    return _read(
        tuple(item for item in os.environ.items() if item[0].startswith(PREFIX))
    )


@lru_cache(maxsize=4)
def _read(items: tuple[tuple[str, str], ...]) -> Settings:
    return read(dict(items))


def table(environment: Mapping[str, str] = os.environ) -> list[Row]:
    """List all settings with where each comes from.

    Parameters
    ----------
    environment : mapping of str to str
        The environment.
    """
    rows = []
    for name, known in _all():
        own = known.metadata.get("kind", "number")
        meaning = known.metadata.get("meaning") or OWN_MEANINGS[known.name]
        text = environment.get(name, "").strip()
        default = _written(known.default)
        secret = known.metadata.get("secret", False)
        rows.append(
            Row(
                name=name,
                kind=KINDS[own][0],
                meaning=meaning,
                default=default,
                value=("…" if secret else text) if text else default,
                is_set=bool(text),
            )
        )
    return rows


def _all() -> list[tuple[str, Any]]:
    own = [(f"{PREFIX}{known.name.upper()}", known) for known in fields(Settings)]
    of_files = [
        (f"{limits.PREFIX}{known.name.upper()}", known)
        for known in fields(limits.Limits)
    ]
    return [*own, *of_files]


def _written(value: Any) -> str:
    if value is None:
        return ""
    return ",".join(value) if isinstance(value, tuple) else str(value)
