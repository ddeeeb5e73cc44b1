"""What colour and texture a county has: one place for screen, print and export.

Colour is never the only sign: where programmes meet, the county is striped in their
colours; members that only follow from a rule are hatched; counties with outside
evidence only are dotted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from geo.kept import kept_with_owner
from geo.language import N_, Language, speaker
from layers.facts.catalogue import Programme
from layers.facts.county_table import memberships
from layers.facts.package import Package
from layers.select.selection import Selection
from layers.themes.palette import SELECTED, STATED_TEXTURES, Texture


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleClass:
    """One look that counties can have: one colour, or several in stripes."""

    fills: tuple[tuple[str, Texture], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """One line of the legend.

    Attributes
    ----------
    selected : int
        Counties of the present selection with this sign.
    matched, listed : int or None
        Counties of the programme that reached the map, and those that its source
        names; None for a line that is no programme.
    """

    programme: str | None
    colour: str
    texture: Texture
    name: str
    selected: int
    matched: int | None = None
    listed: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapStyle:
    """How the present selection is drawn.

    Attributes
    ----------
    classes : tuple of StyleClass
        The looks in use.
    counties : dict of str to int
        Index into `classes` by adcode, for the selected counties; the others are
        drawn as not selected.
    hints : dict of str to int
        Likewise for counties that would be selected if outside evidence counted as
        membership. They are no members: they are drawn, but not selected.
    legend : tuple of LegendEntry
        In the order of the registry.
    """

    classes: tuple[StyleClass, ...]
    counties: dict[str, int]
    hints: dict[str, int]
    legend: tuple[LegendEntry, ...]


def style_selection(
    package: Package,
    counties: pd.DataFrame,
    selection: Selection,
    language: Language = "zh",
    programmes: Iterable[str] | None = None,
) -> MapStyle:
    """Give each selected county its look, and the legend that explains it.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    counties : pandas.DataFrame
        The county table.
    selection : Selection
        Its programmes and areas are those drawn; a selection without any is drawn
        in one neutral colour.
    language : {"zh", "en"}
        Language of the legend.
    programmes : iterable of str, optional
        Programmes to draw instead of those of the selection.
    """
    chosen = selection.apply(counties)
    asked = set(selection.shown if programmes is None else programmes)
    shown = [package.programmes[p] for p in package.programmes if p in asked]
    textures = textures_of(shown)
    attested = evidence_only(package)
    reported = [p.id for p in shown if attested[p.id]]
    hinted = chosen[:0]
    if reported:
        widened = counties.assign(
            **{p: counties[p] | counties.index.isin(attested[p]) for p in reported}
        )
        hinted = selection.apply(widened).difference(chosen)
    members = {p.id: frozenset(counties.index[counties[p.id]]) for p in shown}
    classes: dict[StyleClass, int] = {}

    def draw(adcodes: pd.Index) -> dict[str, int]:
        return {
            adcode: classes.setdefault(
                _look(adcode, shown, textures, members, attested), len(classes)
            )
            for adcode in adcodes
        }

    selected, hints = draw(chosen), draw(hinted)
    return MapStyle(
        classes=tuple(classes),
        counties=selected,
        hints=hints,
        legend=_legend(
            shown, textures, counties, chosen, chosen.union(hinted), attested, language
        ),
    )


def textures_of(shown: Sequence[Programme]) -> dict[str, Texture]:
    """Return the textures of programmes that are shown together.

    A single one keeps its plain colour. Members that only follow from a rule are
    always hatched.
    """
    textures: dict[str, Texture] = {}
    stated = 0
    for programme in shown:
        textures[programme.id] = texture_of(programme)
        if textures[programme.id] == "solid":
            textures[programme.id] = STATED_TEXTURES[stated % len(STATED_TEXTURES)]
            stated += 1
    return textures


@kept_with_owner
def evidence_only(package: Package) -> dict[str, frozenset[str]]:
    """Return the counties with outside evidence that no source's list names.

    Returns
    -------
    dict of str to frozenset of str
        Adcodes by programme; every programme has its entry.
    """
    evidence = package.tables["evidence"]
    rows = evidence[
        (evidence["scope"] == "county") & (evidence["confidence"] != "stated")
    ]
    found: dict[str, set[str]] = {p: set() for p in package.programmes}
    for programme, code, name in zip(
        rows["programme"],
        rows["published_adcode"],
        rows["published_name"],
        strict=True,
    ):
        found[programme].add(package.divisions.current(code, name))
    for membership in memberships(package):
        found[membership.programme].discard(membership.adcode)
    return {programme: frozenset(codes) for programme, codes in found.items()}


def texture_of(programme: Programme) -> Texture:
    """Return the texture of a programme: solid if a source names its members."""
    return "hatch" if programme.basis == "derived" else "solid"


def _look(
    adcode: str,
    shown: Sequence[Programme],
    textures: Mapping[str, Texture],
    members: Mapping[str, frozenset[str]],
    attested: Mapping[str, frozenset[str]],
) -> StyleClass:
    fills: list[tuple[str, Texture]] = []
    for programme in shown:
        if adcode in members[programme.id]:
            fills.append((programme.colour, textures[programme.id]))
        elif adcode in attested[programme.id]:
            fills.append((programme.colour, "dots"))
    return StyleClass(fills=tuple(fills) or ((SELECTED, "solid"),))


def _legend(
    shown: Sequence[Programme],
    textures: Mapping[str, Texture],
    counties: pd.DataFrame,
    chosen: pd.Index,
    drawn: pd.Index,
    attested: Mapping[str, frozenset[str]],
    language: Language,
) -> tuple[LegendEntry, ...]:
    say = speaker(language)
    if not shown:
        return (
            LegendEntry(
                programme=None,
                colour=SELECTED,
                texture="solid",
                name=say(N_("Selected counties")),
                selected=len(chosen),
            ),
        )
    lines = []
    for programme in shown:
        lines.append(
            LegendEntry(
                programme=programme.id,
                colour=programme.colour,
                texture=textures[programme.id],
                name=programme.name(language),
                selected=int(counties.loc[chosen, programme.id].sum()),
                matched=int(counties[programme.id].sum()),
                listed=programme.named_count,
                note=completeness_note(programme, language),
            )
        )
        dotted = attested[programme.id].intersection(drawn)
        if dotted:
            lines.append(
                LegendEntry(
                    programme=None,
                    colour=programme.colour,
                    texture="dots",
                    name=say(
                        N_("{programme}: reported only"),
                        programme=programme.short(language),
                    ),
                    selected=len(dotted),
                )
            )
    outside = ~counties.loc[chosen, [p.id for p in shown]].any(axis=1)
    if outside.any():
        lines.append(
            LegendEntry(
                programme=None,
                colour=SELECTED,
                texture="solid",
                name=say(N_("selected, in none of these")),
                selected=int(outside.sum()),
            )
        )
    return tuple(lines)


def completeness_note(programme: Programme, language: Language) -> str:
    """Say how completely the members of a programme are known; empty if wholly."""
    say = speaker(language)
    if programme.basis == "derived":
        if programme.stated_count not in {None, programme.named_count}:
            return say(
                N_("derived; the source counts {stated}"),
                stated=programme.stated_count,
            )
        return say(N_("derived by a rule"))
    if programme.completeness == "incomplete":
        return say(
            N_("incomplete: {stated} counted, {named} named"),
            stated=programme.stated_count,
            named=programme.named_count,
        )
    if programme.completeness == "open":
        return say(N_("open-ended list: {named} named"), named=programme.named_count)
    return ""
