"""Where answers go: standard output, standard error, a file; whole, or not at all."""

from __future__ import annotations

import errno
import io
import json
import os
import secrets
import sys
from pathlib import Path
from typing import Any, Final

from geo.language import N_, Label, Language, speaker

_REASONS: Final = {
    errno.ENOENT: N_("the folder does not exist"),
    errno.ENOTDIR: N_("the folder does not exist"),
    errno.EISDIR: N_("this is a folder"),
    errno.EACCES: N_("writing there is not allowed"),
    errno.EPERM: N_("writing there is not allowed"),
    errno.EROFS: N_("writing there is not allowed"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}
"""Why something could not be written; the system itself would say it in English."""

# A cell of a table or an argument may hold what a terminal would obey.
_CONTROLS: Final = {
    code: "\N{REPLACEMENT CHARACTER}"
    for code in (*range(32), *range(127, 160))
    if chr(code) not in "\n\t"
}


class NotWrittenError(Exception):
    """Something was not written; nothing of it is left.

    Parameters
    ----------
    where : str
        File name, or a :class:`geo.language.Label`.
    error : OSError
        Why.
    """

    def __init__(self, where: str, error: OSError) -> None:
        self.where = where
        self.reason = _REASONS.get(error.errno or 0) or error.strerror or str(error)
        super().__init__(self.say("en"))

    def say(self, language: Language) -> str:
        """Return the message in one language."""
        return speaker(language)(
            N_("{file} was not written: {reason}."),
            file=self.where,
            reason=Label(self.reason),
        )


def speak_utf8() -> None:
    """Make the standard streams UTF-8, whatever console or locale there is."""
    for stream in (sys.stdout, sys.stderr):
        # An argument that is not valid UTF-8 must not break the message that repeats
        # it: hence backslashreplace.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def answer(content: str | bytes) -> None:
    """Write to standard output: text as a line, bytes as they are.

    A reader that has seen enough (``| head``) is no fault.

    Raises
    ------
    NotWrittenError
        If it cannot be written, e.g. because the disk is full.
    """
    try:
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
        else:
            print(content.translate(_CONTROLS))
        sys.stdout.flush()
    except OSError as error:
        # What is still in the buffer would be tried again, and fail again, at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # Windows says EINVAL where others say EPIPE.
        if error.errno not in {errno.EPIPE, errno.EINVAL}:
            raise NotWrittenError(Label(N_("standard output")), error) from error


def answer_json(value: Any) -> None:
    """Write a value to standard output as JSON."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2)
    answer(f"{text}\n".encode())


def complain(message: str) -> None:
    """Write a message to standard error."""
    print(message.translate(_CONTROLS), file=sys.stderr)


def write_whole(file: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Parameters
    ----------
    file : pathlib.Path
        Where to; what was there is replaced. A link is followed.
    content : bytes
        The file.

    Raises
    ------
    NotWrittenError
        If it cannot be written; what was there before is still there then.
    """
    try:
        if file.exists() and not file.is_file():
            # A device or pipe is written to, not replaced; a folder refuses it.
            file.write_bytes(content)
        else:
            _replace(Path(os.path.realpath(file)), content)
    except OSError as error:
        raise NotWrittenError(str(file), error) from error


def _replace(file: Path, content: bytes) -> None:
    # In the same folder: only there is a rename one step.
    part = file.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
