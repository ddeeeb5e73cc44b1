"""A process of a lane: takes one work after another until its input ends.

Started as ``python -m layers.lanes.worker``; the first message names the limit of
memory and what to load beforehand.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import BinaryIO

from geo.export.faults import ExportError
from layers.lanes import work
from layers.lanes.protocol import Message, receive, send
from layers.own.limits import MEGABYTE

MOST_BYTES = 256 * MEGABYTE


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Answer each work with its file, a refusal, or the name of what failed."""
    first = receive(source, MOST_BYTES)
    if first is None:
        return
    _confine(int(first.head["memory_mb"]))
    work.load(first.head["load"])
    send(target, Message({"ready": True}))
    while (asked := receive(source, MOST_BYTES)) is not None:
        send(target, _answer(asked))


def _answer(asked: Message) -> Message:
    try:
        return work.do(asked)
    except ExportError as refusal:
        return Message({"refused": refusal.message, "values": refusal.values})
    except MemoryError:
        return Message({"failed": "memory"})
    except Exception as error:
        return Message({"failed": f"{type(error).__name__}: {error}"[:1000]})


def _confine(memory_mb: int) -> None:
    # The server ends its processes itself; a key pressed in its terminal is for it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError, AttributeError):
        os.nice(5)  # who draws gives way to who answers
    try:
        import resource
    except ImportError:  # Windows has neither
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = memory_mb * MEGABYTE
    lowest = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (lowest, lowest))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints is for the log.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    main(sys.stdin.buffer, answers)
