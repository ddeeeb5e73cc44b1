"""OGC API – Features beside the pages, in the same process: for QGIS and its like."""

from typing import Final

PATH: Final = "/ogc"

LIMIT_MOST: Final = 10_000
"""Features of a page; a greater limit means this one (fc-limit-response-1 of OGC
17-069r4: it is no error)."""
