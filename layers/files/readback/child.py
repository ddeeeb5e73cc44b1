"""The process that reads a file back: limits first, then one file, then its end.

Started as ``python -m layers.files.readback.child``: a line of JSON and the file come
in, JSON goes out.
"""

from __future__ import annotations

import json
import sys
from dataclasses import fields
from typing import Any, BinaryIO, Final

from layers.files.readback.faults import ReadBackError
from layers.files.readback.reading import ReadBack, read_back
from layers.own.child.confinement import confine
from layers.own.limits import MEGABYTE, Limits

PLAIN: Final = tuple(f.name for f in fields(ReadBack) if f.name != "selection")
"""What is told of a file; the selection follows from the query."""


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Answer with what a file says of its making, or with why it is not known."""
    asked = json.loads(source.readline())
    limits = Limits(**asked["limits"])
    confine(limits)
    content = source.read(limits.file_mb * MEGABYTE + 1)
    answer = _read(content, asked["name"])
    target.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))


def _read(content: bytes, name: str) -> dict[str, Any]:
    try:
        found = read_back(content, name)
    except ReadBackError as error:
        return {"message": error.message, "values": error.values}
    return {"home": {part: getattr(found, part) for part in PLAIN}}


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
