"""TopoJSON: every line that two places share is written once."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from geo.export import geojson
from geo.export.document import Document

STEPS: Final = 10**geojson.DECIMALS
"""Steps to a degree. The grid is that of our GeoJSON, so nothing moves."""

_DRAWN: Final = {"Polygon", "MultiPolygon"}


def write(document: Document) -> bytes:
    """Write a document as a TopoJSON Topology.

    Parameters
    ----------
    document : Document
        Polygons in any known CRS.

    Returns
    -------
    bytes
        UTF-8, one object named like the document, with the properties, ids and foreign
        member ``metadata`` of the GeoJSON of the same table. Arcs are differences of
        whole steps, see `STEPS`.

    Raises
    ------
    ValueError
        If a geometry is no polygon, or as :func:`geo.export.geojson.write` does.
    TypeError
        As :func:`geo.export.geojson.write` does.
    """
    # The GeoJSON has everything clean: values, positions, order of rings.
    collection = json.loads(geojson.write(document.table, document.metadata))
    features = collection["features"]
    drawn = [f for f in features if f["geometry"] is not None]
    others = {f["geometry"]["type"] for f in drawn} - _DRAWN
    if others:
        raise ValueError(f"TopoJSON is for polygons here, not {', '.join(others)}")

    arcs, shapes = _topology(drawn)
    topology: dict[str, Any] = {"type": "Topology"}
    if drawn:
        west, south, *_ = topology["bbox"] = collection["bbox"]
        topology["transform"] = {
            "scale": [1 / STEPS, 1 / STEPS],
            "translate": [west, south],
        }
        arcs = [_steps(arc, west, south) for arc in arcs]
    each = iter(shapes)
    topology["objects"] = {
        document.name: {
            "type": "GeometryCollection",
            "geometries": [
                {
                    **({"type": None} if f["geometry"] is None else next(each)),
                    "id": f["id"],
                    "properties": f["properties"],
                }
                for f in features
            ],
        }
    }
    topology["arcs"] = arcs
    # Last: mapshaper takes no notice of shapes that come after other members.
    topology["metadata"] = collection["metadata"]
    text = json.dumps(topology, ensure_ascii=False, separators=(",", ":"))
    return f"{text}\n".encode()


def _topology(features: list[dict[str, Any]]) -> tuple[list[Any], list[dict[str, Any]]]:
    """Return shared arcs in degrees, and for each feature the arcs it is made of."""
    if not features:
        return [], []
    from topojson.core.topology import Topology  # takes half a second

    # Not quantised, for the package's grid is another one in each direction and for
    # each selection, and would move the lines.
    made = Topology(
        {"type": "FeatureCollection", "features": features}, prequantize=False
    ).to_dict()
    (found,) = made["objects"].values()
    shapes = [{"type": g["type"], "arcs": g["arcs"]} for g in found["geometries"]]
    return made["arcs"], shapes


def _steps(arc: Iterable[Any], west: float, south: float) -> list[list[int]]:
    """Write an arc as steps from one position to the next."""
    last_x = last_y = 0
    steps = []
    for lon, lat in arc:
        x, y = round((lon - west) * STEPS), round((lat - south) * STEPS)
        steps.append([x - last_x, y - last_y])
        last_x, last_y = x, y
    return steps
