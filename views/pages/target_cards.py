"""The targets as text: the table of the ten indicators, and a card a target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from geo.kept import kept_with_owner
from geo.language import N_, Language, speaker
from layers.edition.edition import Edition
from layers.facts.package import Package
from layers.facts.sections import section_name
from layers.facts.units import Unit
from layers.select import targets as plan
from layers.select.outcomes import outcomes
from layers.select.scopes import Scope, scopes
from layers.select.targets import Target
from views.frame.components import Node
from views.pages.profile import evidence


@dataclass(frozen=True, eq=False)
class Board:
    """The tables that the page shows, read once an edition."""

    package: Package
    targets: tuple[Target, ...]
    scopes: dict[str, Scope]
    units: Mapping[str, Unit]
    boxes: Mapping[int, tuple[str, str]]
    """Chinese and English titles of the plan's boxes by number."""
    counties: dict[str, int]
    """Number of counties of each scope that has a selection."""


@kept_with_owner
def board(edition: Edition) -> Board:
    """Read targets, scopes and units of one edition of the facts."""
    known = scopes(edition.package)
    selections = {s.id: s.selection(edition.package) for s in known.values()}
    return Board(
        package=edition.package,
        targets=plan.targets(edition.package),
        scopes=known,
        units=edition.package.units,
        boxes={
            int(number): (zh, en)
            for number, zh, en in edition.package.tables["boxes"][
                ["box", "title_zh", "title_en"]
            ].itertuples(index=False)
        },
        counties={
            scope: len(selection.apply(edition.counties()))
            for scope, selection in selections.items()
            if selection is not None
        },
    )


def headline(board: Board, language: Language) -> list[Node]:
    """Show the indicators of the plan's table 1 with their values of 2015 and 2020."""
    say = speaker(language)
    rows: list[Node] = []
    for number, indicator in enumerate(plan.headline(board.targets), start=1):
        for target in indicator:
            rows.append(_headline_row(board, target, f"{number}", language))
    head = [
        ["th", {"scope": "col"}, say(N_("Indicator"))],
        ["th", {"scope": "col"}, "2015"],
        ["th", {"scope": "col"}, "2020"],
    ]
    return [
        ["h1", {}, say(N_("Plan targets"))],
        ["h3", {}, say(N_("The indicators of the plan’s table 1"))],
        [
            "div",
            {"class": "atlas-scroll"},
            ["table", {}, ["thead", {}, ["tr", {}, *head]], ["tbody", {}, *rows]],
        ],
    ]


def _headline_row(
    board: Board, target: Target, number: str, language: Language
) -> Node:
    say = speaker(language)
    unit = board.units[target.unit]
    before = "–"
    if target.baseline is not None:
        before = unit.quantity(target.baseline, language)
    lengths = target.change or ()
    bars: list[list[Node]] = [[["div", {}, ["bar", {"share": s}]]] for s in lengths]
    old, new = bars or ([], [])
    name = [] if target.is_part else [f"{number} ", target.subject(language), " · "]
    return [
        "tr",
        {},
        [
            "td",
            {},
            *name,
            ["strong", {}, target.indicator(language)],
            *_binding(board, target, language),
            *_note(target, language),
            *_outcomes(board, target, language),
            _mark(board, target, language),
        ],
        ["td", {}, before, *old],
        ["td", {}, ["strong", {}, plan.in_words(target, unit, say)], *new],
    ]


def listing(board: Board, part: Sequence[Target], language: Language) -> list[Node]:
    """Show targets under the sections of the plan in which they stand.

    Parameters
    ----------
    board : Board
        What the statistics page shows: facts, selection, language.
    part : sequence of Target
        Targets in the order of the plan.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    nodes: list[Node] = []
    for chapter, members in groupby(part, key=lambda target: target.chapter):
        section = section_name(chapter, say)
        nodes.append(["h3", {}, say(N_("Plan, {section}"), section=section)])
        nodes += [_card(board, target, language) for target in members]
    return nodes


def _card(board: Board, target: Target, language: Language) -> Node:
    say = speaker(language)
    sector = say(board.package.label("targets", "sector", target.sector))
    unit = board.units[target.unit]
    facts = [sector, *(box_name(board, box, language) for box in target.boxes)]
    if target.nature != "target":
        facts.append(say(board.package.label("targets", "nature", target.nature)))
    bars: list[Node] = []
    if target.change and target.baseline is not None:
        old, new = target.change
        before = unit.quantity(target.baseline, language)
        bars = [
            ["div", {}, ["bar", {"share": old}], f" {target.baseline_year}: {before}"],
            ["div", {}, ["bar", {"share": new}], f" {target.year}"],
        ]
    return [
        "div",
        {"class": "atlas-evidence"},
        target.subject(language),
        " · ",
        target.indicator(language),
        [
            "div",
            {},
            ["strong", {}, plan.in_words(target, unit, say)],
            f" · {plan.period(target, say)}",
        ],
        *bars,
        *(["div", {}, *_scope(board, scope, language)] for scope in target.scopes),
        ["div", {}, ["small", {}, responsible(target, language)]],
        ["small", {}, " · ".join(facts)],
        *_binding(board, target, language),
        *_note(target, language),
        *_outcomes(board, target, language),
        _mark(board, target, language),
    ]


def box_name(board: Board, number: int, language: Language) -> str:
    """Name a box (专栏) of the plan.

    Parameters
    ----------
    board : Board
        What the statistics page shows: facts, selection, language.
    number : int
        As the plan numbers its boxes.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    name = say(N_("Box {number}"), number=number)
    titles = board.boxes.get(number)
    if titles is None:
        return name
    return say(N_("{name}: {text}"), name=name, text=say.pick(*titles))


def responsible(target: Target, language: Language) -> str:
    """Say whom the plan names for a target, or that it names nobody.

    Parameters
    ----------
    target : Target
        A target of the plan.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    names = target.responsible(language)
    if not names:
        return say(N_("This clause of the plan names nobody who acts or pays"))
    return say(N_("Who acts or pays, as the plan names it: {names}"), names=names)


def _binding(board: Board, target: Target, language: Language) -> list[Node]:
    if not target.binding:
        return []
    say = speaker(language)
    label = say(board.package.label("targets", "binding", target.binding))
    return [["small", {}, f" · {label}"]]


def _note(target: Target, language: Language) -> list[Node]:
    note = target.note(language)
    return [["div", {}, ["small", {}, note]]] if note else []


def _outcomes(board: Board, target: Target, language: Language) -> list[Node]:
    """Say beside a target what became of it, by each date that it is held against."""
    found = outcomes(board.package, target)
    if not found:
        return []
    lines: list[Node] = [["li", {}, one.text(language)] for one in found]
    title = speaker(language)(N_("What happened"))
    return [["div", {}, ["small", {}, title, ["ul", {}, *lines]]]]


def _scope(board: Board, identifier: str, language: Language) -> list[Node]:
    """Name the scope: a button where its counties are known, else that they are not."""
    say = speaker(language)
    scope = board.scopes[identifier]
    title = scope.title(language)
    if scope.id not in board.counties:
        none = say(N_("no list of counties"))
        return [title, " ", ["small", {}, say(N_("({text})"), text=none)]]
    n = board.counties[scope.id]
    stated = (
        board.package.programmes[scope.programme].stated_count
        if scope.programme
        else None
    )
    wording = N_("map: {n} {n:county|counties}")
    if scope.is_partial and stated:
        wording = N_(
            "map: the {n} {n:county that is|counties that are} known, of {stated}"
        )
    elif scope.is_partial:
        wording = N_("map: the {n} {n:county that is|counties that are} known, not all")
    elif not scope.is_certain(board.package):
        wording = N_("map: {n} {n:county|counties}, as the atlas reads the plan")
    text = say(wording, n=n, stated=stated)
    label = say(N_("{name} ({text})"), name=title, text=text)
    return [["button", {"class": "atlas-link", "send": ["scope", scope.id]}, label]]


def _mark(board: Board, target: Target, language: Language) -> Node:
    """Show where a target stands and how sure it is, and on demand its base units."""
    say = speaker(language)
    node = evidence(board.package, "targets", asdict(target), say)
    more: list[Node] = []
    in_base = plan.in_base_units(target, say)
    if in_base:
        more.append(["li", {}, say(N_("In base units: {value}"), value=in_base)])
    for scope in map(board.scopes.__getitem__, target.scopes):
        text = say(
            N_("{name}: {definition}"),
            name=scope.title(language),
            definition=scope.definition(language),
        )
        more.append(["li", {}, text])
    more.append(["li", {}, say(N_("Row {id} of targets.csv"), id=target.id)])
    return [*node, ["ul", {}, *more]]
