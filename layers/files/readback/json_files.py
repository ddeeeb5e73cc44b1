"""GeoJSON and TopoJSON, read as the JSON that they are."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any, Final

from layers.files.readback.faults import ForeignError, UnpackedTooLargeError
from layers.files.readback.findings import Findings, findings_of_metadata

_MOST_NODES: Final = 1_000_000
"""Lists and mappings; all counties in full have 20,000. In Python each takes some
sixty bytes and more, in a file two."""


def parsed(content: bytes | str) -> Any:
    """Parse JSON that does not become too large in memory.

    Raises
    ------
    UnpackedTooLargeError
        If it has more lists and mappings than any file of the atlas.
    ValueError
        If it is no JSON.
    """
    raw = content.encode() if isinstance(content, str) else content
    if raw.count(b"{") + raw.count(b"[") > _MOST_NODES:
        raise UnpackedTooLargeError("too many nodes")
    return json.loads(content)  # which knows UTF-8 and UTF-16, as editors save them


def read_json(content: bytes) -> Findings:
    """Read a FeatureCollection or a Topology with our member ``metadata``."""
    data = parsed(content)
    kind = data.get("type")
    if kind == "FeatureCollection":
        form, rows = "geojson", data.get("features")
    elif kind == "Topology":
        form = "topojson"
        rows = chain.from_iterable(
            shape.get("geometries", []) for shape in data.get("objects", {}).values()
        )
    else:
        raise ForeignError("another kind of JSON")
    if "metadata" not in data:
        raise ForeignError("no metadata")
    properties: list[dict[str, Any]] = [row.get("properties") or {} for row in rows]
    return findings_of_metadata(
        form,
        data["metadata"],
        [row.get("adcode") for row in properties],
        "".join(str(row.get("prefecture") or "") for row in properties[:1]),
    )
