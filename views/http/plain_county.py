"""Plain pages of one county, and of what the plan has for counties of one scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlencode

from geo.language import N_, heading
from geo.markup import Markup, element, joined
from layers.facts.columns import ALL_COUNTIES
from layers.profile.blocks import Block, blocks
from layers.profile.county_profile import county_profile
from layers.profile.county_targets import OfScope, county_targets, target_line
from layers.profile.related import neighbours_of, place_kind, places_of
from layers.select.scopes import counties_of, scopes
from layers.select.targets import counted, targets
from views.http.plain_pages import Desk, cell, files, link, page

_TARGETS: Final = 20
"""Of one scope; a poor county has two hundred in all. A page of the scope has all."""


def county(desk: Desk, adcode: str) -> bytes:
    """Write all that is known of a county.

    Parameters
    ----------
    desk : Desk
        What it is written from.
    adcode : str
        Of the county.
    """
    package, say, counties = desk.package, desk.say, desk.edition.counties()
    said = county_profile(package, counties.loc[adcode], adcode, desk.language)
    facts = [
        element("tr", None, element("th", {"scope": "row"}, fact.term), cell(fact.told))
        for fact in said.facts
    ]
    near = [
        desk.county(n.adcode) for n in neighbours_of(package, counties, adcode, say)
    ]
    places = [
        element("li", None, f"{say.pick(row['name_zh'], row['name_en'])} · {kind}")
        for row in places_of(package, adcode)
        for kind in [place_kind(package, row["kind"], say)]
    ]
    sources = [
        element(
            "li", None, f"[{s}] ", say.phrases([source.title(desk.language), *when])
        )
        for s in said.sources
        for source in [package.sources[s]]
        for when in [source.published(desk.language)]
    ]
    query = urlencode({"county": adcode, "lang": desk.language})
    body = [
        element("table", None, *facts),
        *_blocks(blocks(said, say)),
        *_targets(desk, adcode),
        *_listed(say(N_("Places of the plan")), places),
        element("h2", None, say(N_("Neighbouring counties"))),
        element("p", None, joined(near, " · ")),
        element("h2", None, say(N_("This county as a file"))),
        files(desk, ALL_COUNTIES, **{"in": adcode}),
        *_listed(say(N_("Sources")), sources),
        element(
            "p",
            None,
            link(f"{desk.prefix}/county?{query}", say(N_("The interactive page"))),
        ),
    ]
    return page(desk, f"/county/{adcode}", said.title, body)


def scope(desk: Desk, identifier: str) -> bytes:
    """Write all targets of one scope, and the counties that it is known to hold.

    Parameters
    ----------
    desk : Desk
        What it is written from.
    identifier : str
        Of the scope.
    """
    package, say = desk.package, desk.say
    shown = scopes(package)[identifier]
    own = [one for one in targets(package) if identifier in one.scopes]
    selection = shown.selection(package)
    held = () if selection is None else counties_of(package, selection)
    lines = [element("li", None, target_line(package, one, say)) for one in own]
    body = [
        element("p", None, shown.definition(desk.language)),
        *_listed(counted(own, say), lines),
        element("h2", None, say(N_("Counties"))),
        element("p", None, joined(map(desk.county, held), " · "))
        if held
        else element("p", None, say(N_("no list of counties"))),
    ]
    return page(desk, f"/scope/{identifier}", heading(shown.title(desk.language)), body)


def _targets(desk: Desk, adcode: str) -> Iterator[Markup]:
    """Say the targets that bind a county: of each scope the first."""
    say, found = desk.say, county_targets(desk.package, adcode)
    if not found.by_scope:
        return
    yield element("h2", {"id": "targets"}, found.heading(say))
    if beyond := found.beyond(say):
        yield element("p", None, element("small", None, beyond))
    for certain in (True, False):
        held = found.of(certain)
        if held:
            yield element("h3", None, found.about(certain, say))
        for one in held:
            yield element("h4", None, one.title(say))
            yield element("ul", None, *_target_lines(desk, one))


def _target_lines(desk: Desk, held: OfScope) -> Iterator[Markup]:
    for target in held.targets[:_TARGETS]:
        yield element("li", None, target_line(desk.package, target, desk.say))
    more = len(held.targets) - _TARGETS
    if more > 0:
        text = desk.say(N_("and {n} {n:more target|more targets}"), n=more)
        at = link(desk.plain(f"/scope/{held.scope.id}"), text)
        yield element("li", {"class": "quiet"}, at)


def _listed(title: str, items: list[Markup]) -> Iterator[Markup]:
    if items:
        yield element("h2", None, title)
        yield element("ul", None, *items)


def _blocks(told: Iterable[Block]) -> Iterator[Markup]:
    """Write blocks: a heading, and a list of what stands under it."""
    items: list[Markup] = []
    for block in told:
        if block.heading:
            if items:
                yield element("ul", None, *items)
            items = []
            yield element("h2", None, block.text)
            continue
        notes = [element("small", None, note) for note in block.notes]
        colour = {"style": f"background:{block.fill[0]}"} if block.fill else None
        sign = [element("i", colour)] if colour else []
        text = joined([*sign, block.text])
        items.append(
            element(
                "li",
                {"class": "quiet" if block.quiet else None},
                joined([text, *notes], element("br")),
            )
        )
    if items:
        yield element("ul", None, *items)
