"""A QGIS layer style (QML) that draws themes as the map on the screen does."""

from __future__ import annotations

import re
import uuid
from typing import Final
from xml.etree import ElementTree as ET

from geo.export.document import Document, Theme
from geo.export.looks import Look, looks

_VERSION: Final = "3.22.0"
_OUTLINE: Final = "90,90,90,255"
_STRIPE_MM: Final = 1.6
_FAINT: Final = 70
_UNSAID: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, not even escaped."""


def xml_text(text: str) -> str:
    r"""Replace characters that XML cannot hold by the sign for that.

    Examples
    --------
    >>> xml_text("a\x0bb<")
    'a�b<'
    """
    return _UNSAID.sub("\ufffd", text)


def qgis_style(document: Document) -> str:
    """Return the style of a document's layer as the text of a QML file.

    A rule a combination of themes: one colour, stripes where themes meet, hatching
    where a theme follows from a rule; and the labels of the fields as their aliases.

    Parameters
    ----------
    document : Document
        Gives themes, labels and colours.

    Returns
    -------
    str
        XML with QGIS's document type.
    """
    root = ET.Element("qgis", version=_VERSION, styleCategories="Symbology|Fields")
    renderer = ET.SubElement(
        root,
        "renderer-v2",
        type="RuleRenderer",
        symbollevels="0",
        enableorderby="0",
        forceraster="0",
    )
    rules = ET.SubElement(renderer, "rules", key=_key("rules"))
    symbols = ET.SubElement(renderer, "symbols")
    for number, look in enumerate(looks(document)):
        rule = {"symbol": str(number), "label": xml_text(look.name)}
        if document.themes:
            rule["filter"] = _condition(document, look)
        ET.SubElement(rules, "rule", rule, key=_key(f"rule {number}"))
        _symbol(symbols, str(number), look.themes, document.plain_colour)

    columns = [c for c in document.attributes(nested=False).columns if c]
    aliases = ET.SubElement(root, "aliases")
    # The first field of a GeoPackage's layer is its row number, ``fid``.
    for number, field in enumerate(document.described(columns), start=1):
        label = xml_text(field.label(document.language))
        ET.SubElement(
            aliases, "alias", index=str(number), field=xml_text(field.name), name=label
        )
    text = ET.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}\n"


def _condition(document: Document, look: Look) -> str:
    """Return the filter of one combination of themes, in QGIS's expressions."""
    parts = []
    for theme in document.themes:
        column = '"' + theme.column.replace('"', '""') + '"'
        parts.append(column if theme in look.themes else f"NOT {column}")
    return " AND ".join(parts)


def _symbol(
    parent: ET.Element, name: str, themes: tuple[Theme, ...], plain: str
) -> None:
    symbol = ET.SubElement(
        parent,
        "symbol",
        type="fill",
        name=name,
        alpha="0.85",
        clip_to_extent="1",
        force_rhr="0",
    )
    if not themes:
        _layer(symbol, "SimpleFill", **_fill(plain, outline=True))
        return
    for number, theme in enumerate(themes):
        below = number == 0
        if below:
            alpha = _FAINT if theme.hatched else 255
            fill = _fill(theme.colour, alpha, outline=True)
            _layer(symbol, "SimpleFill", **fill)
            if theme.hatched:
                hatching = _fill(theme.colour, style="b_diagonal")
                _layer(symbol, "SimpleFill", **hatching)
            continue
        stripe = _layer(
            symbol,
            "LinePatternFill",
            angle="45",
            color=_rgba(theme.colour),
            distance=f"{_STRIPE_MM * len(themes):.1f}",
            distance_unit="MM",
            offset=f"{_STRIPE_MM * number:.1f}",
            offset_unit="MM",
        )
        line = ET.SubElement(
            stripe, "symbol", type="line", name=f"@{name}@{len(symbol) - 1}", alpha="1"
        )
        width = _STRIPE_MM / 3 if theme.hatched else _STRIPE_MM
        _layer(
            line,
            "SimpleLine",
            line_color=_rgba(theme.colour),
            line_style="solid",
            line_width=f"{width:.2f}",
            line_width_unit="MM",
        )


def _fill(
    colour: str, alpha: int = 255, *, style: str = "solid", outline: bool = False
) -> dict[str, str]:
    return {
        "color": _rgba(colour, alpha),
        "style": style,
        "outline_color": _OUTLINE,
        "outline_style": "solid" if outline else "no",
        "outline_width": "0.2",
        "outline_width_unit": "MM",
        "joinstyle": "bevel",
    }


def _layer(symbol: ET.Element, kind: str, **options: str) -> ET.Element:
    layer = ET.SubElement(
        symbol, "layer", {"class": kind}, enabled="1", locked="0", **{"pass": "0"}
    )
    listed = ET.SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        ET.SubElement(listed, "Option", type="QString", name=name, value=value)
        # QGIS before 3.22 reads these instead.
        ET.SubElement(layer, "prop", k=name, v=value)
    return layer


def _rgba(colour: str, alpha: int = 255) -> str:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"{red},{green},{blue},{alpha}"


def _key(name: str) -> str:
    """Return an identifier as QGIS makes them, the same each time."""
    return f"{{{uuid.uuid5(uuid.NAMESPACE_OID, name)}}}"
