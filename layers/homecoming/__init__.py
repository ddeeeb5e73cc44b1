"""A file comes home: which selection made it, and what has changed since.

Every exported file carries its selection as a query string. Here it is read again from
content that anybody may have made: sizes are bounded before anything is unpacked, and
nothing is read by GDAL, which would follow addresses and paths in a file.
"""

from __future__ import annotations

from layers.homecoming.changes import Changes, changes
from layers.homecoming.faults import MOST_BYTES, HomecomingError
from layers.homecoming.reading import SUFFIXES, Homecoming, read_back

__all__ = [
    "MOST_BYTES",
    "SUFFIXES",
    "Changes",
    "Homecoming",
    "HomecomingError",
    "changes",
    "read_back",
]
