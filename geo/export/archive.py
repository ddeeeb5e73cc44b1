"""Zip archives whose bytes depend on their content only."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Mapping


def pack(files: Mapping[str, bytes | str], day: datetime.date) -> bytes:
    """Pack files, in order, under one day instead of the clock's.

    Parameters
    ----------
    files : mapping of str to bytes or str
        Content by name; text becomes UTF-8.
    day : datetime.date
        Day of every file inside, 1980 or later.

    Returns
    -------
    bytes
        The archive.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16  # else unpacked files are unreadable
            archive.writestr(entry, content)
    return packed.getvalue()
