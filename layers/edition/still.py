"""The map as a still picture: an SVG without script, small enough to come first.

It shows what the live map shows at the same address, in the projection of the screen,
from lines that are generalised once more. Every county, number and colour comes from
the edition; nothing is drawn that cannot be drawn whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import WGS84
from geo.kept import kept_with_owner
from geo.language import N_, Language, speaker
from geo.markup import Markup, element
from layers.edition.address import Address
from layers.edition.edition import Edition
from layers.facts.package import Package
from layers.themes.palette import SEVERAL
from layers.themes.style import StyleClass
from layers.themes.themes import PLACES, style_theme, theme_of
from layers.webmap.bundle import label_circles
from layers.webmap.map_texts import TEXTS, credit

_WEB: Final = 3857
"""EPSG code of the projection of the screen."""

_HEIGHT: Final = 1200
"""Units that the picture is high: two to a pixel where it is as large as usual."""

_MARGIN: Final = 12

_LEAST_BEND: Final = 2.5
"""Root of the area, in square units, of bends that are smoothed away."""

_BAND: Final = 8
"""Width of a stripe in pixels, as in ``scripts/map/fill-patterns.js``."""

_SCALE: Final = 2

Fills = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the legend.

    Attributes
    ----------
    swatch : Markup
        A sample of the colours and textures.
    name, count : str
        What it is, and how many counties.
    """

    swatch: Markup
    name: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """A still map with what must stand beside it.

    Attributes
    ----------
    picture : Markup
        An ``<svg>``; its colours but those of the data are of its classes.
    legend : tuple of Line
        What the colours mean.
    credit : str
        Whose lines these are, with the approval number.
    """

    picture: Markup
    legend: tuple[Line, ...]
    credit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outlines:
    """Generalised shapes in units of the picture."""

    width: int
    counties: dict[str, Any]
    outside: tuple[Any, ...]
    land: Any
    between: Any
    prefectures: Any
    province: Any
    middles: tuple[tuple[str, tuple[int, int]], ...]


def still(edition: Edition, address: Address, label: str) -> Still | None:
    """Draw what an address shows.

    Parameters
    ----------
    edition : Edition
        The facts.
    address : Address
        Which counties, how seen, in which language.
    label : str
        What the picture says to whoever does not see it.

    Returns
    -------
    Still or None
        None where a still picture would show less than is there: circles, places, the
        colours of two numbers, two maps.
    """
    package, counties = edition.package, edition.counties()
    seen = theme_of(package, address.theme)
    if not seen or seen.way != "classes" or seen.kind == PLACES or address.beside:
        return None
    language = address.language
    style = style_theme(package, counties, address.selection, address.theme, language)
    looks = {**style.hints, **style.counties}
    signs: list[Fills] = [((e.colour, e.texture),) for e in style.legend]
    several = any(len(look.fills) > 1 for look in style.classes)
    patterned = dict.fromkeys(
        fills
        for fills in (
            *(look.fills for look in style.classes),
            *signs,
            *([SEVERAL] if several else ()),
        )
        if not _is_plain(fills)
    )
    patterns = {fills: f"atlas-fill-{n}" for n, fills in enumerate(patterned)}
    outlines = _outlines(edition)
    picture = element(
        "svg",
        {
            "class": "atlas-picture",
            "viewBox": f"0 0 {outlines.width} {_HEIGHT}",
            "role": "img",
            "aria-label": label,
        },
        element("defs", None, *(_pattern(*pair) for pair in patterns.items())),
        *_drawn(outlines, looks, style.classes, patterns),
        *_names(outlines, package, language),
    )
    say = speaker(language)
    lines = [
        Line(
            swatch=_swatch(_fill(fills, patterns)),
            name=entry.name,
            count=say(N_("{n} {n:county|counties}"), n=entry.selected),
        )
        for fills, entry in zip(signs, style.legend, strict=True)
    ]
    if several:
        of_programmes = any(entry.programme for entry in style.legend)
        text = TEXTS["several" if of_programmes else "several_values"]
        fill = _fill(SEVERAL, patterns)
        lines.append(Line(swatch=_swatch(fill), name=say(text), count=""))
    rest = len(counties) - len(looks)
    if rest:
        count = say(N_("{n} {n:county|counties}"), n=rest)
        land = _swatch(None, "atlas-land")
        name = TEXTS["rest"]
        lines.append(Line(swatch=land, name=say(name), count=count))
    return Still(
        picture=picture,
        legend=tuple(lines),
        credit=credit(package.boundaries, language),
    )


@kept_with_owner
def _outlines(edition: Edition) -> _Outlines:
    boundaries = edition.package.boundaries
    tables = {
        level: boundaries.load(level, "overview")
        for level in ("county", "prefecture", "municipality")
    }
    counties, municipalities = (
        tables[level].geometry.to_crs(_WEB) for level in ("county", "municipality")
    )
    left, bottom, right, top = counties.total_bounds
    scale = (_HEIGHT - 2 * _MARGIN) / (top - bottom)

    def placed(points: Any) -> Any:
        return (points - (left, top)) * (scale, -scale) + _MARGIN

    shapes = np.concatenate([counties.to_numpy(), municipalities.to_numpy()])
    drawn = shapely.coverage_simplify(shapely.transform(shapes, placed), _LEAST_BEND)
    own = drawn[: len(counties)]
    land = shapely.coverage_union_all(own)
    province = _lines([land])
    parents = tables["county"]["prefecture_adcode"].to_numpy()
    prefectures = [
        shapely.coverage_union_all(own[parents == parent]) for parent in {*parents}
    ]
    middles = [
        (str(adcode), tuple(np.rint(placed(shapely.get_coordinates(point))[0])))
        for level in ("prefecture", "municipality")
        for adcode, point in zip(
            tables[level].index, _middles(tables[level]), strict=True
        )
    ]
    return _Outlines(
        width=round((right - left) * scale) + 2 * _MARGIN,
        counties=dict(zip(map(str, counties.index), own, strict=True)),
        outside=tuple(drawn[len(counties) :]),
        land=land,
        between=_lines(own),
        prefectures=shapely.difference(_lines(prefectures), province),
        province=province,
        middles=tuple((a, (int(x), int(y))) for a, (x, y) in middles),
    )


def _middles(table: gpd.GeoDataFrame) -> list[Any]:
    """Find where a name has the most room, in the projection of the screen."""
    points = [shapely.Point(at) for at, _ in label_circles(table.geometry)]
    return [*gpd.GeoSeries(points, crs=WGS84).to_crs(_WEB)]


def _lines(shapes: Iterable[Any]) -> Any:
    """Return the borders of shapes, each stretch once."""
    borders = shapely.union_all(shapely.boundary(np.array([*shapes])))
    return shapely.line_merge(borders)


def _drawn(
    outlines: _Outlines,
    looks: dict[str, int],
    classes: Sequence[StyleClass],
    patterns: dict[Fills, str],
) -> list[Markup]:
    """Draw land, what is selected in its looks, and lines from thin to thick."""
    chosen = [outlines.counties[adcode] for adcode in looks]
    light = _lines(chosen) if chosen else shapely.LineString()
    drawn = [
        _path(outlines.outside, "atlas-outside"),
        _path([outlines.land], "atlas-land"),
    ]
    for place, look in enumerate(classes):
        own = [outlines.counties[a] for a, class_ in looks.items() if class_ == place]
        if own:
            fill = _fill(look.fills, patterns)
            drawn.append(_path([shapely.coverage_union_all(own)], None, fill))
    drawn += [
        _path([shapely.difference(outlines.between, light)], "atlas-line"),
        _path([light], "atlas-line atlas-line-chosen"),
        _path([outlines.prefectures], "atlas-line atlas-line-prefecture"),
        _path([outlines.province], "atlas-line atlas-line-province"),
    ]
    return drawn


def _path(shapes: Iterable[Any], css: str | None, fill: str | None = None) -> Markup:
    """Write shapes as one path, in whole units, each point from the one before."""
    parts = [
        _ring(shapely.get_coordinates(line), closed)
        for shape in shapes
        for part in shapely.get_parts(shape)
        for line, closed in _outlines_of(part)
    ]
    return element("path", {"class": css, "fill": fill, "d": "".join(parts)})


def _outlines_of(part: Any) -> list[tuple[Any, bool]]:
    if part.geom_type == "Polygon":
        return [(ring, True) for ring in (part.exterior, *part.interiors)]
    return [(part, False)]


def _ring(points: Any, closed: bool) -> str:
    whole = np.rint(points).astype(int)
    steps = np.diff(whole, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    if not len(steps):
        return ""
    if closed:
        steps = steps[:-1]
    told = "".join(f"{x:+d}{y:+d}" for x, y in steps)
    start = "M{},{}l".format(*whole[0])
    return start + told.removeprefix("+").replace("+", " ") + ("z" if closed else "")


def _names(outlines: _Outlines, package: Package, language: Language) -> list[Markup]:
    """Write the names of prefectures and municipalities."""
    say = speaker(language)
    divisions = [(package.divisions[adcode], at) for adcode, at in outlines.middles]
    return [
        element("text", {"x": x, "y": y}, say.pick(named.short_name, named.name_en))
        for named, (x, y) in divisions
    ]


def _is_plain(fills: Fills) -> bool:
    return len(fills) == 1 and fills[0][1] == "solid"


def _fill(fills: Fills, patterns: dict[Fills, str]) -> str:
    return fills[0][0] if _is_plain(fills) else f"url(#{patterns[fills]})"


def _pattern(fills: Fills, name: str) -> Markup:
    """Write a square that repeats: stripes side by side, each with its texture."""
    size = _BAND * len(fills)
    marks = []
    for place, (colour, texture) in enumerate(fills):
        left = place * _BAND
        ground = "#fff" if texture in {"hatch", "dots"} else colour
        marks.append(_box(left, 0, _BAND + 0.3, size, ground))
        for top in range(0, size, _BAND):
            marks += _marks(left, top, colour, texture)
    return element(
        "pattern",
        {
            "id": name,
            "width": size,
            "height": size,
            "patternUnits": "userSpaceOnUse",
            "patternTransform": f"scale({_SCALE}) rotate(45)",
        },
        *marks,
    )


def _marks(left: int, top: int, colour: str, texture: str) -> list[Markup]:
    """Write what a texture puts on its ground; as ``scripts/map/fill-patterns.js``."""
    half = _BAND / 2
    if texture in {"dots", "spots"}:
        radius, ink = (2.2, colour) if texture == "dots" else (1.5, "#fff")
        place = {"cx": left + half, "cy": top + half, "r": radius, "fill": ink}
        return [element("circle", place)]
    if texture == "hatch":
        return [_box(left, top, _BAND, 3.5, colour)]
    wide = 1 if texture == "grid" else 1.2
    along = _box(left + half - wide / 2, top, wide, _BAND, "#fff")
    across = _box(left, top + half - wide / 2, _BAND, wide, "#fff")
    both = {"lines": [along], "bars": [across], "grid": [along, across]}
    return both.get(texture, [])


def _box(x: float, y: float, width: float, height: float, fill: str) -> Markup:
    place = {"x": x, "y": y, "width": width, "height": height, "fill": fill}
    return element("rect", place)


def _swatch(fill: str | None, css: str | None = None) -> Markup:
    """Draw a sample for the legend, in the scale of the picture."""
    box = {"width": 44, "height": 28, "rx": 4, "fill": fill, "class": css}
    about = {"class": "atlas-swatch", "viewBox": "0 0 44 28", "aria-hidden": "true"}
    return element("svg", about, element("rect", box))
