"""A QGIS layer style (QML) that draws themes as the map on the screen does."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree as ET

from geo.export.combinations import Combination, combinations
from geo.export.document import Document, Graded, ValueClass
from geo.export.qgis_circles import add_circle, key_symbol
from geo.export.qgis_parts import (
    fill_symbol,
    quoted,
    rgba,
    symbol_layer,
    xml_text,
)

_VERSION: Final = "3.22.0"
_OUTLINE: Final = "90,90,90,255"
_STRIPE_MM: Final = 1.6
_FAINT: Final = 70
_BRUSHES: Final = {"hatch": "b_diagonal", "lines": "horizontal", "dots": "dense6"}
"""What QGIS calls the textures of classes."""


def qgis_style(document: Document, names: Mapping[str, str] | None = None) -> str:
    """Return the style of a document's layer as the text of a QML file.

    A rule a combination of themes: one colour, stripes where themes meet, hatching
    where a theme follows from a rule, and in grey where it is not known whether a
    place is in a theme; or a rule a class of a column; the labels of the fields as
    their aliases, of codes what they are called, and the names of the places as labels.

    Parameters
    ----------
    document : Document
        Gives themes, labels and colours.
    names : mapping of str to str, optional
        What columns are called in the file, where that is not their name.

    Returns
    -------
    str
        XML with QGIS's document type.
    """
    names = names or {}
    root = ET.Element(
        "qgis",
        version=_VERSION,
        labelsEnabled="1" if document.name_column else "0",
        styleCategories="Symbology|Labeling|Fields|Forms",
    )
    renderer = ET.SubElement(
        root,
        "renderer-v2",
        type="RuleRenderer",
        symbollevels="0",
        enableorderby="0",
        forceraster="0",
    )
    if document.graded and document.graded.circles:
        # The largest first, so that no small circle is hidden.
        column = names.get(document.graded.column, document.graded.column)
        order = ET.SubElement(renderer, "orderby")
        clause = ET.SubElement(order, "orderByClause", asc="0", nullsFirst="0")
        clause.text = quoted(column)
        renderer.set("enableorderby", "1")
    rules = ET.SubElement(renderer, "rules", key=_key("rules"))
    symbols = ET.SubElement(renderer, "symbols")
    if document.graded is None:
        for number, combination in enumerate(combinations(document)):
            rule = {"symbol": str(number), "label": xml_text(combination.name)}
            if document.themes:
                rule["filter"] = _condition(document, combination, names)
            ET.SubElement(rules, "rule", rule, key=_key(f"rule {number}"))
            _symbol(symbols, str(number), combination, document)
    else:
        for number, own in enumerate(document.graded.classes):
            rule = {"symbol": str(number), "label": xml_text(own.name)}
            rule["filter"] = _of_class(own, document.graded.column, names)
            ET.SubElement(rules, "rule", rule, key=_key(f"class {number}"))
            symbol = fill_symbol(symbols, str(number))
            _textured(symbol, own)
            if document.graded.circles and own.limits is not None:
                column = names.get(document.graded.column, document.graded.column)
                add_circle(symbol, document.graded.circles, column)
        _key_of_circles(rules, symbols, document.graded)

    columns = [c for c in document.attributes(nested=False).columns if c]
    described = document.described(columns)
    widgets = ET.SubElement(root, "fieldConfiguration")
    for field in described:
        labels = field.value_labels(document.language)
        if labels:
            _value_map(widgets, names.get(field.name, field.name), labels)
    aliases = ET.SubElement(root, "aliases")
    # The first field of a GeoPackage's layer is its row number, ``fid``.
    for number, field in enumerate(described, start=1):
        label = xml_text(field.label(document.language))
        column = xml_text(names.get(field.name, field.name))
        ET.SubElement(aliases, "alias", index=str(number), field=column, name=label)
    if document.name_column:
        called = names.get(document.name_column, document.name_column)
        ET.SubElement(root, "previewExpression").text = f'"{called}"'
        _labels(root, called)
    text = ET.tostring(root, encoding="unicode")
    return f"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n{text}\n"


def _key_of_circles(rules: ET.Element, symbols: ET.Element, graded: Graded) -> None:
    """Show in the legend how large the circles of round numbers are."""
    circles = graded.circles
    for value, text in circles.keys if circles else ():
        name = f"circle {value!r}"
        rule = {"symbol": name, "label": xml_text(text), "filter": "false"}
        ET.SubElement(rules, "rule", rule, key=_key(name))
        assert circles is not None
        key_symbol(symbols, name, circles, value)


def _value_map(parent: ET.Element, column: str, labels: Mapping[str, str]) -> None:
    """Let a column of codes be shown and edited by what they are called."""
    field = ET.SubElement(
        parent, "field", name=xml_text(column), configurationFlags="None"
    )
    widget = ET.SubElement(field, "editWidget", type="ValueMap")
    config = ET.SubElement(ET.SubElement(widget, "config"), "Option", type="Map")
    listed = ET.SubElement(config, "Option", type="List", name="map")
    for code, label in labels.items():
        pair = ET.SubElement(listed, "Option", type="Map")
        ET.SubElement(
            pair, "Option", type="QString", name=xml_text(label), value=xml_text(code)
        )


def _labels(root: ET.Element, column: str) -> None:
    """Write the name of a place on it, in a size that suits a sheet."""
    settings = ET.SubElement(
        ET.SubElement(root, "labeling", type="simple"), "settings", calloutType="simple"
    )
    style = ET.SubElement(
        settings,
        "text-style",
        fieldName=xml_text(column),
        isExpression="0",
        fontSize="8",
        fontSizeUnit="Point",
        textColor="43,40,34,255",
        fontFamily="Noto Sans CJK SC",
    )
    ET.SubElement(
        style,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.6",
        bufferSizeUnits="MM",
        bufferColor="255,255,255,255",
    )
    # 4: horizontal, within the polygon where it has room.
    ET.SubElement(settings, "placement", placement="4", fitInPolygonOnly="0")
    ET.SubElement(settings, "rendering", drawLabels="1", obstacle="1", zIndex="0")


def _condition(
    document: Document, combination: Combination, names: Mapping[str, str]
) -> str:
    """Return the filter of one combination of themes, in QGIS's expressions.

    A missing value is not in the theme: NOT NULL would be NULL, and no rule would fit.
    """
    called = [names.get(theme.column, theme.column) for theme in document.themes]
    columns = [quoted(name) for name in called]
    parts = [
        f"{'' if theme in combination.themes else 'NOT '}coalesce({column}, false)"
        for theme, column in zip(document.themes, columns, strict=True)
    ]
    if not combination.themes:
        missing = " OR ".join(f"{column} IS NULL" for column in columns)
        parts.append(f"({missing})" if combination.not_said else f"NOT ({missing})")
    return " AND ".join(parts)


def _of_class(own: ValueClass, column: str, names: Mapping[str, str]) -> str:
    """Return the filter of a class of a column, in QGIS's expressions.

    QGIS's graduated renderer leaves places without a value out of map and legend;
    rules show them, and say the same limits.
    """
    called = quoted(names.get(column, column))
    if own.limits is not None:
        low, high = map(repr, own.limits)
        return f"{called} >= {low} AND {called} <= {high}"
    if own.value is not None:
        value = own.value.replace("'", "''")
        return f"{called} = '{value}'"
    if own.among is None:
        return f"{called} IS NULL"
    programme = quoted(names.get(own.among[0], own.among[0]))
    inside = "" if own.among[1] else "NOT "
    return f"{called} IS NULL AND {inside}coalesce({programme}, false)"


def _textured(symbol: ET.Element, own: ValueClass) -> None:
    """Fill with the colour of a class, and its texture above a faint one."""
    brush = _BRUSHES.get(own.texture, "")
    alpha = _FAINT if brush else 255
    symbol_layer(symbol, "SimpleFill", **_fill(own.colour, alpha, outline=True))
    if brush:
        symbol_layer(symbol, "SimpleFill", **_fill(own.colour, style=brush))


def _symbol(
    parent: ET.Element, name: str, combination: Combination, document: Document
) -> None:
    symbol = fill_symbol(parent, name)
    themes = combination.themes
    if combination.not_said:
        _ground(symbol, document.not_said_colour, hatched=True)
    elif not themes:
        _ground(symbol, document.plain_colour)
    else:
        _ground(symbol, themes[0].colour, hatched=themes[0].hatched)
    for number, theme in enumerate(themes[1:], start=1):
        stripe = symbol_layer(
            symbol,
            "LinePatternFill",
            angle="45",
            color=rgba(theme.colour),
            distance=f"{_STRIPE_MM * len(themes):.1f}",
            distance_unit="MM",
            offset=f"{_STRIPE_MM * number:.1f}",
            offset_unit="MM",
        )
        line = ET.SubElement(
            stripe, "symbol", type="line", name=f"@{name}@{len(symbol) - 1}", alpha="1"
        )
        width = _STRIPE_MM / 3 if theme.hatched else _STRIPE_MM
        symbol_layer(
            line,
            "SimpleLine",
            line_color=rgba(theme.colour),
            line_style="solid",
            line_width=f"{width:.2f}",
            line_width_unit="MM",
        )


def _ground(symbol: ET.Element, colour: str, *, hatched: bool = False) -> None:
    """Fill with a colour, or hatch in it above a faint one."""
    alpha = _FAINT if hatched else 255
    symbol_layer(symbol, "SimpleFill", **_fill(colour, alpha, outline=True))
    if hatched:
        symbol_layer(symbol, "SimpleFill", **_fill(colour, style="b_diagonal"))


def _fill(
    colour: str, alpha: int = 255, *, style: str = "solid", outline: bool = False
) -> dict[str, str]:
    return {
        "color": rgba(colour, alpha),
        "style": style,
        "outline_color": _OUTLINE,
        "outline_style": "solid" if outline else "no",
        "outline_width": "0.2",
        "outline_width_unit": "MM",
        "joinstyle": "bevel",
    }


def _key(name: str) -> str:
    """Return an identifier as QGIS makes them, the same each time."""
    return f"{{{uuid.uuid5(uuid.NAMESPACE_OID, name)}}}"
