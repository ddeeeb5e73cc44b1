"""What a lane says to its process, and what it hears: heads as JSON, then bytes.

Nothing that comes out of a process is run or unpickled: it may have read what others
wrote.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

_HEAD: Final = struct.Struct(">II")


@dataclass(frozen=True, slots=True)
class Message:
    """A head of plain data, and content."""

    head: Mapping[str, Any] = field(default_factory=dict)
    content: bytes = b""


def send(stream: BinaryIO, message: Message) -> None:
    """Write a message."""
    head = json.dumps(message.head, ensure_ascii=False).encode()
    stream.write(_HEAD.pack(len(head), len(message.content)))
    stream.write(head)
    stream.write(message.content)
    stream.flush()


def receive(stream: BinaryIO, most: int) -> Message | None:
    """Read a message; None at the end of the stream.

    Parameters
    ----------
    stream : binary file
        Where it comes from.
    most : int
        Bytes that it may have.

    Raises
    ------
    ValueError
        If it has more.
    EOFError
        If it is cut off.
    """
    start = stream.read(_HEAD.size)
    if not start:
        return None
    if len(start) < _HEAD.size:
        raise EOFError("a message is cut off")
    head_size, size = _HEAD.unpack(start)
    if head_size + size > most:
        raise ValueError("a message is too long")
    head, content = stream.read(head_size), stream.read(size)
    if len(content) < size:
        raise EOFError("a message is cut off")
    return Message(json.loads(head), content)
