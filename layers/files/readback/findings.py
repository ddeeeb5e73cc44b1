"""What a reader of one format finds in a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from layers.files.readback.faults import (
    MOST_COUNTIES,
    ForeignError,
    UnpackedTooLargeError,
)

WANTED: Final = frozenset(
    {
        *("query", "view", "programme", "count"),
        *("data_digest", "boundary_vintage", "selection"),
    }
)
"""What is wanted of all that a file says of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """Texts by their keys in the metadata, and the codes of the rows.

    Attributes
    ----------
    texts : mapping of str to str
        Those of `WANTED` that the file holds.
    sample : str
        Some text in the language of the file; empty if there is none.
    """

    form: str
    texts: Mapping[str, str]
    adcodes: tuple[str, ...]
    sample: str


def checked_findings(
    form: str, found: Mapping[Any, Any], adcodes: Iterable[Any], sample: Any = ""
) -> Findings:
    """Keep what is wanted, as text; refuse what has no query or too many rows.

    Parameters
    ----------
    form : str
        Format of the file.
    found : mapping of object to object
        Key figures of the file by name, of whatever type.
    adcodes : iterable of object
        Codes of its rows, of whatever type.
    sample : object, optional
        Some text in the language of the file.

    Raises
    ------
    layers.files.readback.faults.ForeignError
        If there is no query.
    layers.files.readback.faults.UnpackedTooLargeError
        If there are more rows than counties of the country.
    """
    # All counties are an empty query, which some formats cannot tell from none.
    texts = {
        str(key): "" if value is None else str(value)
        for key, value in found.items()
        if key in WANTED and isinstance(value, str | int | None)
    }
    if "query" not in texts:
        raise ForeignError("no query")
    codes = tuple(str(code).strip() for code in adcodes if code is not None)
    if len(codes) > MOST_COUNTIES:
        raise UnpackedTooLargeError("too many rows")
    return Findings(form=form, texts=texts, adcodes=codes, sample=str(sample or ""))


def findings_of_metadata(
    form: str, metadata: Any, adcodes: Iterable[Any], sample: Any
) -> Findings:
    """Take the metadata that a format holds as JSON.

    Parameters
    ----------
    form : str
        Format of the file.
    metadata : object
        What stands where the format keeps JSON; it may be anything.
    adcodes : iterable of object
        Codes of its rows, of whatever type.
    sample : object
        Some text in the language of the file.

    Raises
    ------
    layers.files.readback.faults.ForeignError
        If they are no metadata of ours.
    """
    if not isinstance(metadata, dict):
        raise ForeignError("no metadata")
    return checked_findings(form, metadata, adcodes, sample)
