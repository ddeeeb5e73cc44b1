"""Circles as large as a number in a QGIS layer style: a fill that marks one point."""

from __future__ import annotations

import math
from typing import Final
from xml.etree import ElementTree as ET

from geo.export.document import Circles
from geo.export.qgis_parts import fill_symbol, quoted, rgba, symbol_layer

DIAMETER_MM: Final = 8.4
"""Of the largest circle."""

_PAPER: Final = "255,255,255,255"
_ALPHA: Final = 204


def add_circle(symbol: ET.Element, circles: Circles, column: str) -> None:
    """Put the circle of a place above its fill, at a point inside it.

    Parameters
    ----------
    symbol : ElementTree.Element
        Of the places that have a number.
    circles : Circles
        Their colour, and the number of the largest.
    column : str
        What the column is called in the file.
    """
    size = f"{DIAMETER_MM} * sqrt({quoted(column)} / {circles.most!r})"
    _marker(symbol, circles.colour, 0.0, size)


def key_symbol(
    parent: ET.Element, name: str, circles: Circles, value: float
) -> ET.Element:
    """Add the symbol of a circle in the legend, which no place has.

    Parameters
    ----------
    parent : ElementTree.Element
        The symbols of the style.
    name : str
        Of the symbol.
    circles : Circles
        Their colour, and the number of the largest.
    value : float
        The number of this one.
    """
    symbol = fill_symbol(parent, name)
    diameter = DIAMETER_MM * math.sqrt(value / circles.most)
    _marker(symbol, circles.colour, diameter)
    return symbol


def _marker(
    symbol: ET.Element, colour: str, diameter: float, expression: str = ""
) -> None:
    # Drawn in a second pass: the next place must not cover what reaches beyond this.
    fill = symbol_layer(
        symbol,
        "CentroidFill",
        drawn="1",
        point_on_surface="1",
        point_on_all_parts="0",
        clip_points="0",
    )
    marker = ET.SubElement(
        fill,
        "symbol",
        type="marker",
        name=f"@{symbol.get('name')}@{len(symbol) - 1}",
        alpha="1",
        clip_to_extent="1",
        force_rhr="0",
    )
    layer = symbol_layer(
        marker,
        "SimpleMarker",
        name="circle",
        color=rgba(colour, _ALPHA),
        outline_color=_PAPER,
        outline_style="solid",
        outline_width="0.2",
        outline_width_unit="MM",
        scale_method="diameter",
        size=f"{diameter:.2f}",
        size_unit="MM",
    )
    if not expression:
        return
    defined = ET.SubElement(layer, "data_defined_properties")
    whole = ET.SubElement(defined, "Option", type="Map")
    ET.SubElement(whole, "Option", type="QString", name="name", value="")
    properties = ET.SubElement(whole, "Option", type="Map", name="properties")
    size = ET.SubElement(properties, "Option", type="Map", name="size")
    for kind, name, value in (
        ("bool", "active", "true"),
        ("QString", "expression", expression),
        ("int", "type", "3"),
    ):
        ET.SubElement(size, "Option", type=kind, name=name, value=value)
    ET.SubElement(whole, "Option", type="QString", name="type", value="collection")
