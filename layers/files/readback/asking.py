"""Read a file back in a process of its own: what its content spoils is spoilt there."""

from __future__ import annotations

from typing import Any, Final

from layers.files.readback.faults import MOST_BYTES, ReadBackError
from layers.files.readback.reading import ReadBack, asked_for, shown_name
from layers.own.limits import MEGABYTE, Limits
from layers.own.process import ask
from layers.own.refusals import RefusedError

LIMITS: Final = Limits(file_mb=MOST_BYTES // MEGABYTE, answer_mb=1)
"""Of a file of the atlas; those of a planner's own files may be set otherwise."""

_CHILD: Final = "layers.files.readback.child"


def come_home(content: bytes, name: str, limits: Limits = LIMITS) -> ReadBack:
    """Read an exported file back to the selection that made it, under limits.

    Parameters
    ----------
    content : bytes
        The file, by whomever it was made.
    name : str
        What it is called, for messages only.
    limits : Limits
        What reading it may take.

    Returns
    -------
    ReadBack
        As :func:`layers.files.readback.reading.read_back` has it.

    Raises
    ------
    ReadBackError
        As there; also if the process that reads is ended by what it reads.
    """
    shown = shown_name(name)
    if len(content) > MOST_BYTES:
        raise ReadBackError.too_large(shown)
    try:
        answer = ask(_CHILD, {"name": shown}, content, limits)
    except RefusedError as refusal:
        if refusal.reason == "time":
            raise ReadBackError.too_long(shown, limits.seconds) from refusal
        if refusal.kind == "too_large":
            raise ReadBackError.unpacked_too_large(shown) from refusal
        raise ReadBackError.damaged(shown) from refusal
    if "home" not in answer:
        raise ReadBackError(str(answer["message"]), **answer["values"])
    home: dict[str, Any] = answer["home"]
    return ReadBack(
        **{**home, "adcodes": tuple(home["adcodes"])},
        selection=asked_for(str(home["query"])),
    )
