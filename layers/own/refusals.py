"""Why a file is refused: kinds that programs know, sentences that planners read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from geo.language import N_, Language, speaker

KINDS: Final = (
    "empty",
    "not_a_table",
    "too_large",
    "damaged",
    "encoding",
    "no_county_column",
    "hostile",
    "unsupported",
    "coordinates",
    "crs",
    "not_fetched",
)

_SENTENCES: Final = {
    "empty": N_(
        "The file is empty. Choose another one, or look whether it was saved at all."
    ),
    "file": N_(
        "The file is larger than {limit} MB. Leave out what is not needed, or ask "
        "whoever runs the atlas to raise the limit ATLAS_OWN_FILE_MB."
    ),
    "unpacked": N_(
        "What is packed in the file takes more than {limit} MB, or it is more than "
        "2,000 files. Leave out what is not needed, or ask whoever runs the atlas to "
        "raise the limit ATLAS_OWN_UNPACKED_MB."
    ),
    "rows": N_(
        "The table has more than {limit} rows. Add the figures up by county before, "
        "or ask whoever runs the atlas to raise the limit ATLAS_OWN_ROWS."
    ),
    "columns": N_(
        "The table has more than {limit} columns. Leave out what is not needed, or "
        "ask whoever runs the atlas to raise the limit ATLAS_OWN_COLUMNS."
    ),
    "cells": N_(
        "The table has more than {limit} cells. Leave out what is not needed, or ask "
        "whoever runs the atlas to raise the limit ATLAS_OWN_CELLS."
    ),
    "vertices": N_(
        "The layer has more than {limit} vertices. Simplify its lines in your GIS, or "
        "ask whoever runs the atlas to raise the limit ATLAS_OWN_VERTICES."
    ),
    "memory": N_(
        "Reading the file takes more than {limit} MB of memory. Often one cell far "
        "off to the right or below is the cause: copy the table alone into a new "
        "workbook. The limit is ATLAS_OWN_MEMORY_MB."
    ),
    "time": N_(
        "Reading the file takes longer than {limit} seconds. Leave out what is not "
        "needed; the limit is ATLAS_OWN_SECONDS."
    ),
    "answer": N_(
        "The content of the file is larger than {limit} MB. Leave out what is not "
        "needed; the limit is ATLAS_OWN_ANSWER_MB."
    ),
    "other_format": N_(
        "The content of the file is {format}, whatever its name says: no table that "
        "can be read here. Save the table as XLSX or CSV."
    ),
    "archive_kind": N_(
        "The file is an archive ({format}) without a workbook or a layer. Unpack it "
        "and choose the table itself."
    ),
    "several_layers": N_(
        "The archive holds several layers: {names}. Pack the one that is meant alone."
    ),
    "binary": N_("The file is no text and no table. Save the table as XLSX or CSV."),
    "password": N_(
        "The file is protected by a password. Save a copy without it and choose that."
    ),
    "nested": N_(
        "The file is nested deeper than any real table or layer and was not read."
    ),
    "entities": N_(
        "The file defines entities (DOCTYPE), which no layer needs and which can fill "
        "the memory. It was not read; save it again from the program it comes from."
    ),
    "archive": N_("The archive is damaged. Fetch or save the file again."),
    "workbook": N_(
        "The workbook is damaged or not of this format. Open it in the office "
        "program and save it as XLSX."
    ),
    "markup": N_("The file is damaged: line {line} cannot be read. Save it again."),
    "features": N_("The file is damaged: a feature is none. Save it again."),
    "layer": N_("The {format} is damaged and cannot be read. Save it again."),
    "no_dbf": N_(
        "The archive has no .dbf with the table of the layer. Pack .shp, .shx, .dbf "
        "and .prj together."
    ),
    "crashed": N_(
        "The program that read the file broke off; the atlas is unharmed. The file is "
        "probably damaged: open it in the office program and save it anew."
    ),
    "broken": N_("Line {line} is no valid {name}. Save the file again as CSV UTF-8."),
    "broken_utf8": N_(
        "The file is UTF-8, but line {line} is damaged. Save it again as CSV UTF-8."
    ),
    "no_encoding": N_(
        "The text is neither UTF-8 nor UTF-16 nor GBK nor Big5. Save the file again "
        "as CSV UTF-8 or as XLSX."
    ),
    "no_county_column": N_(
        "No column holds codes or names of counties of Hebei. Looked at: {columns}. "
        "Add a column with the six-digit code or the county’s name."
    ),
    "towns": N_(
        "The codes are those of towns or villages, not of counties. Add the figures "
        "up by county first: the first six digits are the county’s."
    ),
    "points": N_(
        "The table has longitude and latitude but no column of counties: its rows are "
        "located by their position (on the command line with --locate)."
    ),
    "no_shapes": N_(
        "Nothing in the file has a position: it is no layer, and no columns are called "
        "longitude and latitude (经度, 纬度, lon, lat, x, y)."
    ),
    "crs_missing": N_(
        "The file does not say in which coordinate system it is. Choose one; "
        "{x}, {y} would lie in these: {systems}."
    ),
    "crs_swapped": N_(
        "The file does not say in which coordinate system it is, and X and Y are "
        "probably swapped: {x}, {y} would lie in Hebei the other way round, in "
        "{systems}. Surveys call the northing X. Exchange the columns."
    ),
    "no_system": N_(
        "{name} is no coordinate system that a layer can be read in: give the code of "
        "one, such as EPSG:4490 or EPSG:4547. The shifted systems of web maps are in "
        "no register, and nothing is moved back here."
    ),
    "swapped": N_(
        "Longitude and latitude are probably swapped: {x}, {y} is no position in "
        "{crs}, but the other way round it lies in or beside Hebei. Exchange the "
        "columns, or the coordinates in your GIS."
    ),
    "survey_axes": N_(
        "X and Y are probably swapped: surveys call the northing X. {x}, {y} lies far "
        "from Hebei in {crs}, the other way round it does not. Exchange the columns, "
        "or the coordinates in your GIS."
    ),
    "metres": N_(
        "{x}, {y} are metres and no degrees, though the file says {crs}. They fit "
        "{likely}: choose that if it is right."
    ),
    "metres_of": N_(
        "{x}, {y} are metres and no degrees, though the file says {crs}. Choose the "
        "system that they are in."
    ),
    "degrees": N_(
        "{x}, {y} are degrees and no metres, though the file says {crs}. They fit "
        "{likely}: choose that if it is right."
    ),
    "other_system": N_(
        "{x}, {y} lies far from Hebei in {crs}. It fits {likely}, perhaps with or "
        "without the number of the zone before the easting: choose that if it is right."
    ),
    "beyond": N_(
        "{x}, {y} is no position on earth in {crs}. Look whether columns and system "
        "are the right ones."
    ),
    "elsewhere": N_(
        "No shape of the layer lies in or near Hebei: its middle is at {lon}, {lat} in "
        "{crs}. It is a layer of another region, or its system is another one."
    ),
    "fetch_address": N_(
        "“{name}” is no address that can be fetched: it begins with http:// or "
        "https://, names a host, and has no user name, password or spaces."
    ),
    "fetch_host": N_(
        "Nothing is fetched from {name}: the office allows {hosts}. Choose an address "
        "there, or save the file and drop it here."
    ),
    "fetch_place": N_(
        "Nothing is fetched from {name}: the name leads to {place}, which is this "
        "machine or no host of the intranet. Ask whoever runs the name service."
    ),
    "fetch_redirect": N_(
        "{name} leads on to another address, {to}, which is not followed. Give the "
        "address of the file itself."
    ),
    "fetch_status": N_(
        "{name} answered with {status} and no file. Look whether the address is right "
        "and may be read without a password."
    ),
    "fetch_unreachable": N_(
        "{name} cannot be reached, or broke off. Look whether the address is right, "
        "and try again."
    ),
    "fetch_time": N_(
        "{name} took longer than {limit} seconds. Save the file and drop it here; the "
        "limit is ATLAS_OWN_SECONDS."
    ),
}


class RefusedError(Exception):
    """A file of others is refused; nothing of it was taken.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    reason : str
        Key of a sentence of this module.
    details : mapping
        Values for its named places.
    """

    def __init__(
        self, kind: str, reason: str, details: Mapping[str, object] | None = None
    ) -> None:
        if kind not in KINDS:
            raise ValueError(f"{kind!r} is no kind of refusal")
        self.kind, self.reason, self.details = kind, reason, dict(details or {})
        super().__init__(self.say("en"))

    def say(self, language: Language) -> str:
        """Return the message in one language."""
        return speaker(language)(_SENTENCES[self.reason], **self.details)
