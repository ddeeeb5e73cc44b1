"""Read one file under limits: a line of JSON and the file come in, JSON goes out."""

from __future__ import annotations

import contextlib
import json
import sys
import zipfile
from typing import Any, BinaryIO

from layers.own.child import formats
from layers.own.child.faults import NotReadError
from layers.own.limits import MEGABYTE, Limits


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Answer with what is in the file, or with why it is not read."""
    asked = json.loads(source.readline())
    limits = Limits(**asked["limits"])
    _confine(limits)
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
    except zipfile.BadZipFile:
        return _refusal("damaged", "archive")


def _refusal(kind: str, reason: str, **details: str | int) -> dict[str, Any]:
    return {"refused": kind, "reason": reason, "details": details}


def _confine(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # Windows: only the clock of the parent is left
        return
    memory = limits.memory_mb * MEGABYTE
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # Whoever set a lower limit before us is obeyed; macOS knows no RLIMIT_AS.
        hard = resource.getrlimit(kind)[1]
        lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (lowest, lowest))


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
