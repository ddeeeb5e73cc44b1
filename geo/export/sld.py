"""A style in the OGC's own language (SLD 1.0), for GeoServer and its like.

It says what the QML says, as far as it can: a rule a combination of themes, its first
colour as ground, a hatching for each further theme; or a rule a class of a column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from xml.etree import ElementTree as ET

from geo.export.combinations import Combination, combinations
from geo.export.document import Document, Graded, ValueClass
from geo.export.qgis_circles import DIAMETER_MM
from geo.export.qgis_parts import xml_text

_SLD: Final = "http://www.opengis.net/sld"
_OGC: Final = "http://www.opengis.net/ogc"
_OUTLINE: Final = "#5A5A5A"
_NOT_SAID: Final = "0.3"
_MM_OF_PIXEL: Final = 0.28
"""As the OGC has it."""

_STRIPES: Final = ("shape://slash", "shape://backslash", "shape://horline")
"""Marks that GeoServer and QGIS know, one a further theme."""

_TEXTURES: Final = {"lines": "shape://horline", "dots": "shape://dot"}


def sld(document: Document, names: Mapping[str, str] | None = None) -> str:
    """Return the style of a document's layer as an SLD document.

    Parameters
    ----------
    document : Document
        Gives themes and colours.
    names : mapping of str to str, optional
        What columns are called in the file, where that is not their name.
    """
    names = names or {}
    root = ET.Element("StyledLayerDescriptor", {"version": "1.0.0", "xmlns": _SLD})
    root.set("xmlns:ogc", _OGC)
    layer = _add(root, "NamedLayer")
    _add(layer, "Name", document.name)
    style = _add(layer, "UserStyle")
    _add(style, "Name", document.name)
    _add(style, "Title", document.title)
    rules = _add(style, "FeatureTypeStyle")
    if document.graded is not None:
        for number, own in enumerate(document.graded.classes):
            rule = _add(rules, "Rule")
            _add(rule, "Name", f"class{number}")
            _add(rule, "Title", own.name)
            _of_class(_add(rule, "ogc:Filter"), own, document.graded.column, names)
            _class_symbols(rule, own)
        if document.graded.circles is not None:
            _circles(style, document.graded, names)
        return _written(root)
    for number, combination in enumerate(combinations(document)):
        rule = _add(rules, "Rule")
        _add(rule, "Name", f"rule{number}")
        _add(rule, "Title", combination.name)
        if document.themes:
            _condition(rule, document, combination, names)
        _symbols(rule, document, combination)
    return _written(root)


def _written(root: ET.Element) -> str:
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _of_class(
    parent: ET.Element, own: ValueClass, column: str, names: Mapping[str, str]
) -> None:
    """Write which places are in a class of a column."""
    called = names.get(column, column)
    if own.limits is not None:
        between = _add(parent, "ogc:PropertyIsBetween")
        _add(between, "ogc:PropertyName", called)
        for name, limit in zip(("Lower", "Upper"), own.limits, strict=True):
            _add(_add(between, f"ogc:{name}Boundary"), "ogc:Literal", repr(limit))
    elif own.value is not None:
        _equals(parent, called, own.value)
    elif own.among is None:
        _missing(parent, called)
    else:
        both = _add(parent, "ogc:And")
        _missing(both, called)
        programme = names.get(own.among[0], own.among[0])
        if own.among[1]:
            _equals(both, programme, "true")
        else:
            either = _add(both, "ogc:Or")
            _equals(either, programme, "false")
            _missing(either, programme)


def _class_symbols(rule: ET.Element, own: ValueClass) -> None:
    faint = own.texture != "solid"
    _ground(rule, own.colour, faint=faint)
    if faint:
        _hatch(rule, own.colour, _TEXTURES.get(own.texture, _STRIPES[0]))


def _circles(style: ET.Element, graded: Graded, names: Mapping[str, str]) -> None:
    """Draw a circle at the middle of each place, above all grounds."""
    circles = graded.circles
    assert circles is not None
    column = names.get(graded.column, graded.column)
    rule = _add(_add(style, "FeatureTypeStyle"), "Rule")
    _add(rule, "Name", "circles")
    _add(rule, "Title", graded.name)
    above = _add(_add(rule, "ogc:Filter"), "ogc:PropertyIsGreaterThan")
    _add(above, "ogc:PropertyName", column)
    _add(above, "ogc:Literal", "0")
    graphic = _add(_add(rule, "PointSymbolizer"), "Graphic")
    mark = _add(graphic, "Mark")
    _add(mark, "WellKnownName", "circle")
    fill, stroke = _add(mark, "Fill"), _add(mark, "Stroke")
    _css(fill, "fill", circles.colour)
    _css(fill, "fill-opacity", "0.8")
    _css(stroke, "stroke", "#FFFFFF")
    _css(stroke, "stroke-width", "0.7")
    size = _add(_add(graphic, "Size"), "ogc:Mul")
    _add(size, "ogc:Literal", f"{DIAMETER_MM / _MM_OF_PIXEL:.1f}")
    root = _add(size, "ogc:Function")
    root.set("name", "sqrt")
    share = _add(root, "ogc:Div")
    _add(share, "ogc:PropertyName", column)
    _add(share, "ogc:Literal", repr(circles.most))


def _condition(
    rule: ET.Element,
    document: Document,
    combination: Combination,
    names: Mapping[str, str],
) -> None:
    """Write which places a rule is for; nothing compares with a missing value."""
    both = _add(_add(rule, "ogc:Filter"), "ogc:And")
    for theme in document.themes:
        column = names.get(theme.column, theme.column)
        if theme in combination.themes:
            _equals(both, column, "true")
        elif not combination.not_said and not combination.themes:
            _equals(both, column, "false")
        else:
            either = _add(both, "ogc:Or")
            _equals(either, column, "false")
            _missing(either, column)
    if combination.not_said:
        columns = [names.get(t.column, t.column) for t in document.themes]
        _any_missing(both, columns)
    if len(both) == 1:  # the schema wants two parts and more
        _equals(both, *_only(both[0]))


def _only(part: ET.Element) -> tuple[str, str]:
    """Return property and value of a comparison, to say it a second time."""
    found = next(e for e in part.iter() if e.tag == "ogc:PropertyIsEqualTo")
    return str(found[0].text), str(found[1].text)


def _any_missing(parent: ET.Element, columns: Sequence[str]) -> None:
    either = parent if len(columns) == 1 else _add(parent, "ogc:Or")
    for column in columns:
        _missing(either, column)


def _equals(parent: ET.Element, column: str, value: str) -> None:
    comparison = _add(parent, "ogc:PropertyIsEqualTo")
    _add(comparison, "ogc:PropertyName", column)
    _add(comparison, "ogc:Literal", value)


def _missing(parent: ET.Element, column: str) -> None:
    _add(_add(parent, "ogc:PropertyIsNull"), "ogc:PropertyName", column)


def _symbols(rule: ET.Element, document: Document, combination: Combination) -> None:
    themes = combination.themes
    ground = themes[0].colour if themes else document.plain_colour
    faint = bool(themes) and themes[0].hatched
    if combination.not_said:
        ground, faint = document.not_said_colour, True
    _ground(rule, ground, faint=faint)
    hatches = [(ground, _STRIPES[0])] if faint else []
    hatches += [
        (theme.colour, _STRIPES[number % len(_STRIPES)])
        for number, theme in enumerate(themes[1:])
    ]
    for colour, mark in hatches:
        _hatch(rule, colour, mark)


def _ground(rule: ET.Element, colour: str, *, faint: bool) -> None:
    polygon = _add(rule, "PolygonSymbolizer")
    fill = _add(polygon, "Fill")
    _css(fill, "fill", colour)
    _css(fill, "fill-opacity", _NOT_SAID if faint else "0.85")
    stroke = _add(polygon, "Stroke")
    _css(stroke, "stroke", _OUTLINE)
    _css(stroke, "stroke-width", "0.5")


def _hatch(rule: ET.Element, colour: str, name: str) -> None:
    fill = _add(_add(rule, "PolygonSymbolizer"), "Fill")
    graphic = _add(_add(fill, "GraphicFill"), "Graphic")
    mark = _add(graphic, "Mark")
    _add(mark, "WellKnownName", name)
    stroke = _add(mark, "Stroke")
    _css(stroke, "stroke", colour)
    _css(stroke, "stroke-width", "2")
    _add(graphic, "Size", "9")


def _css(parent: ET.Element, name: str, value: str) -> None:
    _add(parent, "CssParameter", value).set("name", name)


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    element = ET.SubElement(parent, name)
    if text is not None:
        element.text = xml_text(text)
    return element
