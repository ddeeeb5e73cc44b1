"""Parts of which a QGIS layer style (QML) is put together."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

_NO_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, not even escaped."""


def xml_text(text: str) -> str:
    r"""Replace characters that XML cannot hold by the sign for that.

    Examples
    --------
    >>> xml_text("a\x0bb<")
    'a�b<'
    """
    return _NO_XML.sub("\ufffd", text)


def quoted(column: str) -> str:
    """Return a column as QGIS's expressions name it.

    Parameters
    ----------
    column : str
        Its name; whatever is in it stays within the quotation marks.
    """
    return '"' + column.replace('"', '""') + '"'


def fill_symbol(parent: ET.Element, name: str) -> ET.Element:
    """Add a symbol of polygons, without layers yet.

    Parameters
    ----------
    parent : ElementTree.Element
        The symbols of a style.
    name : str
        Its name among them.
    """
    return ET.SubElement(
        parent,
        "symbol",
        type="fill",
        name=name,
        alpha="0.85",
        clip_to_extent="1",
        force_rhr="0",
    )


def symbol_layer(
    symbol: ET.Element, kind: str, *, drawn: str = "0", **options: str
) -> ET.Element:
    """Add a layer to a symbol, above those that it has.

    Parameters
    ----------
    symbol : ElementTree.Element
        The symbol.
    kind : str
        What QGIS calls such layers.
    drawn : str
        In which pass: the next begins when all places had this one.
    **options : str
        What QGIS calls the properties of the kind.
    """
    layer = ET.SubElement(
        symbol, "layer", {"class": kind}, enabled="1", locked="0", **{"pass": drawn}
    )
    listed = ET.SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        ET.SubElement(listed, "Option", type="QString", name=name, value=value)
        # QGIS before 3.22 reads these instead.
        ET.SubElement(layer, "prop", k=name, v=value)
    return layer


def rgba(colour: str, alpha: int = 255) -> str:
    """Return a colour as QGIS writes it.

    Parameters
    ----------
    colour : str
        As ``#RRGGBB``.
    alpha : int
        255 is opaque.

    Examples
    --------
    >>> rgba("#FF8000", 70)
    '255,128,0,70'
    """
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"{red},{green},{blue},{alpha}"
