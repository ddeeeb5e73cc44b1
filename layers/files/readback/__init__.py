"""A file comes home: which selection made it, and what has changed since.

Every exported file carries its selection as a query string. Here it is read again from
content that anybody may have made: sizes are bounded before anything is unpacked, and
nothing is read by GDAL, which would follow addresses and paths in a file. A file that
another program has saved is read as a table of the user's, in a process of its own.
"""

from __future__ import annotations

from layers.files.readback.changes import Changes, changes
from layers.files.readback.faults import MOST_BYTES, ReadBackError
from layers.files.readback.reading import READABLE, SUFFIXES, ReadBack, read_back
from layers.files.readback.recognised import Recognised, recognise

__all__ = [
    "MOST_BYTES",
    "READABLE",
    "SUFFIXES",
    "Changes",
    "ReadBack",
    "ReadBackError",
    "Recognised",
    "changes",
    "read_back",
    "recognise",
]
