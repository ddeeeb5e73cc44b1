"""Archives, measured before anything of them is used."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

from layers.own.child.faults import NotReadError
from layers.own.limits import MEGABYTE, Limits

_MOST_FILES: Final = 2000
_BLOCK: Final = 1024**2
_INDENTED: Final = re.compile(
    rb"(<table:table-row\b[^>]*>|</table:table-cell>|<table:table-cell\b[^>]*/>)\s+(?=<)"
)
"""Blanks between the cells of a row, which mean nothing there."""


def measure(packed: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse an archive that is encrypted, damaged or unpacks to too much.

    The sizes that the archive states are believed where they are too large; the bytes
    themselves are counted too, for statements may be false.

    Raises
    ------
    NotReadError
        If so.
    zipfile.BadZipFile
        If the archive is damaged.
    """
    members = packed.infolist()
    most = limits.unpacked_mb * MEGABYTE
    too_large = NotReadError("too_large", "unpacked", limit=limits.unpacked_mb)
    if len(members) > _MOST_FILES or sum(m.file_size for m in members) > most:
        raise too_large
    if any(member.flag_bits & 1 for member in members):
        raise NotReadError("unsupported", "password")
    counted = 0
    for member in members:
        try:
            with packed.open(member) as stream:
                while block := stream.read(_BLOCK):
                    counted += len(block)
                    if counted > most:
                        raise too_large
        except (NotImplementedError, EOFError) as error:
            raise zipfile.BadZipFile(str(error)) from error
        except Exception as error:
            # zlib.error, lzma.LZMAError and their like have no common base.
            if isinstance(error, NotReadError | zipfile.BadZipFile | MemoryError):
                raise
            raise zipfile.BadZipFile(str(error)) from error


def is_opendocument_sheet(packed: zipfile.ZipFile) -> bool:
    """Whether the archive says of itself that it is a spreadsheet of OpenDocument."""
    try:
        kind = packed.read("mimetype")
    except KeyError:
        return False
    return kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet")


def without_indents(content: bytes, name: str) -> bytes:
    """Return a spreadsheet of OpenDocument without blanks between its cells.

    GDAL, and with it QGIS, writes a cell a line; calamine takes the end of a line for
    what cannot stand in a row. Other files are returned as they are.

    Parameters
    ----------
    content : bytes
        The archive, measured before.
    name : str
        The part with the rows.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if name not in packed.namelist():
            return content
        part = packed.read(name)
        if not _INDENTED.search(part):
            return content
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as plain:
            for other in dict.fromkeys(packed.namelist()):
                text = _INDENTED.sub(rb"\1", part) if other == name else None
                plain.writestr(other, packed.read(other) if text is None else text)
    return made.getvalue()
