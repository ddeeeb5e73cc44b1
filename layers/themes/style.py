"""What colour and texture a county has: one place for screen, print and export.

Colour is never the only sign: where programmes meet, the county is striped in their
colours; members that only follow from a rule are hatched; counties with outside
evidence only are dotted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.facts.variables import Variable
from layers.select.selection import Selection, members
from layers.themes.palette import NOT_SAID, SELECTED, STATED_TEXTURES, Texture


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
        names; None for a line that is no programme, the latter also where members
        follow from a rule.
    not_said : int
        Of a programme whose list is not complete: counties of the present selection of
        which its source does not say whether they are in it.
    value : str or None
        Of a class of a variable: its value, the year of a date.
    """

    programme: str | None
    colour: str
    texture: Texture
    name: str
    selected: int
    matched: int | None = None
    listed: int | None = None
    not_said: int = 0
    value: str | None = None
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
    asked = set(selection.shown(package) if programmes is None else programmes)
    shown = [package.programmes[p] for p in package.programmes if p in asked]
    textures = textures_of(shown)
    attested = {p.id: package.reported(p.id) for p in shown}
    reported = [p.id for p in shown if attested[p.id]]
    hinted = chosen[:0]
    if reported:
        widened = counties.assign(
            **{
                p: members(counties, [p])[:, 0] | counties.index.isin(attested[p])
                for p in reported
            }
        )
        hinted = selection.apply(widened).difference(chosen)
    inside = {p.id: package.members(p.id) for p in shown}
    said = _Said.of(counties, chosen, shown)
    not_said = frozenset(chosen[said.perhaps])
    classes: dict[StyleClass, int] = {}

    def draw(adcodes: pd.Index) -> dict[str, int]:
        return {
            adcode: classes.setdefault(
                _look(adcode, shown, textures, inside, attested, not_said), len(classes)
            )
            for adcode in adcodes
        }

    selected, hints = draw(chosen), draw(hinted)
    return MapStyle(
        classes=tuple(classes),
        counties=selected,
        hints=hints,
        legend=_legend(
            shown,
            textures,
            said,
            chosen,
            chosen.union(hinted),
            attested,
            not_said,
            language,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of counties and programmes, an array with a column each.

    Parted from the table at once: to take some rows of a table of two hundred columns
    costs more than all else that a look is made of.

    Attributes
    ----------
    matched : numpy.ndarray of int
        Counties in each programme, chosen or not.
    inside, unsaid : numpy.ndarray of bool, shape (n_chosen, n_programmes)
        Whether a chosen county is in a programme; whether no source says so or not.
    """

    matched: np.ndarray
    inside: np.ndarray
    unsaid: np.ndarray

    @classmethod
    def of(
        cls, counties: pd.DataFrame, chosen: pd.Index, shown: Sequence[Variable]
    ) -> _Said:
        """Read the table."""
        places = counties.index.get_indexer(chosen)
        inside = members(counties, [p.id for p in shown])
        unsaid = np.zeros_like(inside)
        for column, programme in enumerate(shown):
            unsaid[:, column] = counties[programme.id].isna()
        return cls(inside.sum(axis=0), inside[places], unsaid[places])

    @property
    def outside(self) -> np.ndarray:
        """Whether a chosen county is in none of the programmes."""
        return np.asarray(~self.inside.any(axis=1))

    @property
    def perhaps(self) -> np.ndarray:
        """Whether it is in none of them for all that is said, but may be in one."""
        return np.asarray(self.unsaid.any(axis=1) & self.outside)


def textures_of(shown: Sequence[Variable]) -> dict[str, Texture]:
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


def texture_of(programme: Variable) -> Texture:
    """Return the texture of a programme: solid if a source names its members."""
    return "hatch" if programme.basis == "derived" else "solid"


def _look(
    adcode: str,
    shown: Sequence[Variable],
    textures: Mapping[str, Texture],
    inside: Mapping[str, frozenset[str]],
    attested: Mapping[str, frozenset[str]],
    not_said: frozenset[str],
) -> StyleClass:
    fills: list[tuple[str, Texture]] = []
    for programme in shown:
        if adcode in inside[programme.id]:
            fills.append((programme.colour, textures[programme.id]))
        elif adcode in attested[programme.id]:
            fills.append((programme.colour, "dots"))
    if not fills and adcode in not_said:
        fills.append((NOT_SAID, "lines"))
    return StyleClass(fills=tuple(fills) or ((SELECTED, "solid"),))


def _legend(
    shown: Sequence[Variable],
    textures: Mapping[str, Texture],
    said: _Said,
    chosen: pd.Index,
    drawn: pd.Index,
    attested: Mapping[str, frozenset[str]],
    not_said: frozenset[str],
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
    for column, programme in enumerate(shown):
        lines.append(
            LegendEntry(
                programme=programme.id,
                colour=programme.colour,
                texture=textures[programme.id],
                name=programme.name(language),
                selected=int(said.inside[:, column].sum()),
                matched=int(said.matched[column]),
                listed=None if programme.basis == "derived" else programme.named_count,
                not_said=int(said.unsaid[:, column].sum()),
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
    outside = chosen[said.outside]
    for colour, texture, name, own in (
        (
            NOT_SAID,
            "lines",
            N_("selected; no source says whether they are in these"),
            [a for a in outside if a in not_said],
        ),
        (
            SELECTED,
            "solid",
            N_("selected, in none of these"),
            [a for a in outside if a not in not_said],
        ),
    ):
        if own:
            lines.append(
                LegendEntry(
                    programme=None,
                    colour=colour,
                    texture=texture,  # type: ignore[arg-type] # both are textures
                    name=say(name),
                    selected=len(own),
                )
            )
    return tuple(lines)


def completeness_note(programme: Variable, language: Language) -> str:
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
