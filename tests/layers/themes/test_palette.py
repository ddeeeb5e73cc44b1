"""Colours stay apart for every kind of eye; where they cannot, textures differ.

The eyes are simulated: Machado, Oliveira and Fernandes (2009) at severity 1 for
protanopia and deuteranopia, Brettel, Viénot and Mollon (1997) for tritanopia, of which
Machado's own model is only an approximation. Distances are CIEDE2000.

A just noticeable difference is about 1 for two patches side by side. On a map they are
small, apart and surrounded by others, and one is compared from memory with a swatch:
classes told apart by colour alone have ten times that. ``RdYlGn``, the usual palette
of "good and bad", has 2 between its second and its fourth step.
"""

import re
from functools import cache
from itertools import chain, combinations, pairwise

import pytest
from coloraide import Color

from layers.select.selection import Selection
from layers.themes.palette import (
    BELOW_CIRCLES,
    CATEGORICAL,
    NONE,
    NOT_KNOWN,
    NOT_SAID,
    PAIRED,
    SELECTED,
    SEQUENTIAL,
    STATED_TEXTURES,
    steps,
)
from layers.themes.style import textures_of
from layers.themes.themes import style_theme
from layers.webmap.script_files import asset

APART = 10.0
"""ΔE of classes that are told apart by colour alone."""

FROM_LAND = 8.0
"""ΔE of a fill from the land beside it, from which a line parts it as well."""

DARKER = 8.0
"""L* from one step of a sequence to the next."""

EYES = {
    "all": None,
    "protanopia": ("protan", "machado"),
    "deuteranopia": ("deutan", "machado"),
    "tritanopia": ("tritan", "brettel"),
}

RD_YL_GN = ("#D7191C", "#FDAE61", "#FFFFBF", "#A6D96A", "#1A9641")


@cache
def seen(colour: str, eye: str) -> Color:
    if EYES[eye] is None:
        return Color(colour)
    deficiency, method = EYES[eye]
    return Color(colour).filter(deficiency, 1, method=method).clip("srgb")


@cache
def distance(one: str, other: str, eye: str) -> float:
    return seen(one, eye).delta_e(seen(other, eye), method="2000")


def least(one: str, other: str) -> float:
    return min(distance(one, other, eye) for eye in EYES)


def darkening(palette: tuple[str, ...], eye: str) -> float:
    lightness = [seen(colour, eye).convert("lab-d65")["l"] for colour in palette]
    return min(one - next_one for one, next_one in pairwise(lightness))


def land(theme: str) -> str:
    css = asset("map/atlas.css").decode()
    block = {
        "light": r"\.atlas-map, \.folium-map",
        "dark": r'\.folium-map\[data-appearance="dark"\]',
        "contrast": r'\.folium-map\[data-appearance="contrast"\]',
    }[theme]
    return re.search(block + r" \{[^}]*--atlas-land: (#\w+)", css)[1]


def test_simulation_and_distance_are_those_of_the_papers():
    # Red and green of one luminance run together for a deuteranope, blue does not;
    # Sharma, Wu and Dalal (2005), first pair of their test data.
    assert distance("#A05020", "#6E6E1E", "deuteranopia") < distance(
        "#A05020", "#6E6E1E", "all"
    )
    blue = Color("lab-d65", [50, 2.6772, -79.7751])
    other = Color("lab-d65", [50, 0, -82.7485])
    assert blue.delta_e(other, method="2000") == pytest.approx(2.0425, abs=1e-3)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("n", range(2, 6))
def test_steps_of_a_sequence_stay_apart_and_darken(n, eye):
    palette = steps(n)

    assert min(distance(*pair, eye) for pair in combinations(palette, 2)) >= APART
    assert darkening(palette, eye) >= DARKER


@pytest.mark.parametrize("eye", EYES)
def test_nine_colours_of_two_numbers_stay_apart_and_darken(eye):
    assert (
        min(distance(*pair, eye) for pair in combinations(chain(*PAIRED), 2)) >= APART
    )
    for sequence in (*PAIRED, *zip(*PAIRED, strict=True)):
        assert darkening(sequence, eye) >= DARKER


def test_the_usual_palette_of_good_and_bad_would_fail():
    assert min(least(*pair) for pair in combinations(RD_YL_GN, 2)) < APART / 4
    assert all(darkening(RD_YL_GN, eye) < 0 for eye in EYES)


@pytest.mark.parametrize("way", ["overlap", "category", "exit_approved_year"])
def test_signs_of_one_legend_stay_apart(package, counties, way):
    signs = [
        (entry.colour, entry.texture)
        for entry in style_theme(package, counties, Selection(), way).legend
    ]
    assert len(set(signs)) == len(signs)
    for (colour, texture), (other, other_texture) in combinations(signs, 2):
        if texture == other_texture:
            assert least(colour, other) >= APART, (colour, other)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize(
    "fill",
    [
        *(SELECTED, NONE, NOT_KNOWN, NOT_SAID, BELOW_CIRCLES),
        *(*SEQUENTIAL, *CATEGORICAL, *chain(*PAIRED)),
    ],
)
def test_fills_stand_out_from_land_that_is_not_selected(fill, theme, eye):
    assert distance(fill, land(theme), eye) >= FROM_LAND


def test_programmes_most_often_shown_together_differ_by_colour_alone(package):
    close = {
        (one.id, other.id): round(least(one.colour, other.colour), 1)
        for one, other in combinations(list(package.programmes.values())[:6], 2)
        if least(one.colour, other.colour) < APART
    }
    assert close == {}


def test_close_colours_never_have_one_texture_whatever_else_is_shown(package):
    """Textures go in turn, so that a pair's depend on how many are between them."""
    programmes = list(package.programmes.values())
    alike = set()
    for i, j in combinations(range(len(programmes)), 2):
        one, other = programmes[i], programmes[j]
        if least(one.colour, other.colour) >= APART:
            continue
        between = [p for p in programmes[i + 1 : j] if p.basis == "stated"]
        for n in range(len(between) + 1):
            textures = textures_of([one, *between[:n], other])
            if textures[one.id] == textures[other.id]:
                alike.add((one.id, other.id, round(least(one.colour, other.colour), 1)))
    assert alike == set()


def test_up_to_five_stated_programmes_each_have_a_texture_of_their_own(package):
    stated = [p for p in package.programmes.values() if p.basis == "stated"]
    for first in range(len(stated) - len(STATED_TEXTURES) + 1):
        shown = stated[first : first + len(STATED_TEXTURES)]
        assert len(set(textures_of(shown).values())) == len(shown)
    assert textures_of(stated[:1]) == {stated[0].id: "solid"}


def test_programmes_stand_out_from_land(package):
    for programme in package.programmes.values():
        for theme in ("light", "dark", "contrast"):
            assert least(programme.colour, land(theme)) >= FROM_LAND, programme.id
