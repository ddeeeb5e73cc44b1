"""Read one file under limits: a line of JSON and the file come in, JSON goes out."""

from __future__ import annotations

import json
import sys
from typing import Any, BinaryIO

from layers.own.child import formats
from layers.own.child.confinement import confine
from layers.own.child.faults import NotReadError
from layers.own.limits import MEGABYTE, Limits


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Answer with what is in the file, or with why it is not read."""
    asked = json.loads(source.readline())
    limits = Limits(**asked["limits"])
    confine(limits)
    content = source.read(limits.file_mb * MEGABYTE + 1)
    answer = _read(content, asked["name"], limits)
    text = json.dumps(answer, ensure_ascii=False, allow_nan=False)
    encoded = text.encode("utf-8", "replace")
    if len(encoded) > limits.answer_mb * MEGABYTE:
        refused = _refusal("too_large", "answer", limit=limits.answer_mb)
        encoded = json.dumps(refused).encode()
    target.write(encoded)


def _read(content: bytes, name: str, limits: Limits) -> dict[str, Any]:
    try:
        return formats.read(content, name, limits)
    except NotReadError as fault:
        return _refusal(fault.kind, fault.reason, **fault.details)
    except MemoryError:
        return _refusal("too_large", "memory", limit=limits.memory_mb)
    except RecursionError:
        return _refusal("hostile", "nested")


def _refusal(kind: str, reason: str, **details: str | int) -> dict[str, Any]:
    return {"refused": kind, "reason": reason, "details": details}


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
