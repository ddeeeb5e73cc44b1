"""What the plan has for one county: its targets by scope, and what is left out.

One home for the page of a county and for its plain page, which say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from geo.language import N_, Speaker
from layers.facts.package import Package
from layers.profile.related import scopes_of
from layers.select.scopes import Scope, scopes
from layers.select.targets import Target, counted, in_words, period, targets

_SCOPES_NAMED: Final = 3
"""So many of the scopes without a list are named, the most frequent first."""

ABOUT: Final[Mapping[bool, str]] = {
    True: N_("By scopes that hold this county, as the plan says: {text}"),
    False: N_("By scopes that hold this county as the atlas reads the plan: {text}"),
}
"""What stands over the scopes that hold a county certainly, and over the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfScope:
    """The targets that a county has by one scope.

    Attributes
    ----------
    certain : bool
        Whether the plan itself says that the scope holds the county.
    """

    scope: Scope
    certain: bool
    targets: tuple[Target, ...]

    def title(self, say: Speaker) -> str:
        """Name the scope and count its targets."""
        name, text = self.scope.title(say.language), counted(self.targets, say)
        return say(N_("{name}: {text}"), name=name, text=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyTargets:
    """What the plan has for a county.

    Attributes
    ----------
    by_scope : tuple of OfScope
        The certain scopes first, and of them the narrower ones.
    left : tuple of Target
        Targets of scopes of which no list by county is known.
    """

    by_scope: tuple[OfScope, ...]
    left: tuple[Target, ...]
    _scopes: Mapping[str, Scope]

    def of(self, certain: bool) -> tuple[OfScope, ...]:
        """Return the scopes that hold the county certainly, or the others."""
        return tuple(one for one in self.by_scope if one.certain is certain)

    def heading(self, say: Speaker) -> str:
        """Say how much there is for the county."""
        text = counted(_all(self.by_scope), say)
        return say(N_("What the plan has for this county: {text}"), text=text)

    def about(self, certain: bool, say: Speaker) -> str:
        """Say how sure it is that the scopes hold the county, and count."""
        return say(ABOUT[certain], text=counted(_all(self.of(certain)), say))

    def beyond(self, say: Speaker) -> str:
        """Say how much of the plan has no list by county; empty if nothing has none."""
        if not self.left:
            return ""
        often = Counter(target.scopes[0] for target in self.left)
        named = [scope for scope, _ in often.most_common(_SCOPES_NAMED)]
        text = N_(
            "Left out are {text}, for villages, people or areas of which no list by "
            "county is known, as {names}: whether they concern this county is not said "
            "here."
        )
        names = say.series(self._scopes[scope].title(say.language) for scope in named)
        return say(text, text=counted(self.left, say), names=names)


def county_targets(package: Package, adcode: str) -> CountyTargets:
    """Sort the targets of the plan by the scopes that hold a county.

    Parameters
    ----------
    package : Package
        The facts.
    adcode : str
        Of the county.
    """
    known, every = scopes(package), targets(package)
    by_scope = tuple(
        OfScope(scope=known[held.id], certain=held.certain, targets=own)
        for held in scopes_of(package, adcode)
        for own in [tuple(t for t in every if t.scopes[0] == held.id)]
        if own
    )
    said = {target.id for target in _all(by_scope)}
    left = tuple(
        target
        for target in every
        if known[target.scopes[0]].is_without_list and target.id not in said
    )
    return CountyTargets(by_scope=by_scope, left=left, _scopes=known)


def target_line(package: Package, target: Target, say: Speaker) -> str:
    """Say a target in one line: of whom, what, how much, by when.

    Parameters
    ----------
    package : Package
        The facts.
    target : Target
        A target of the plan.
    say : Speaker
        Of the language wanted.
    """
    language = say.language
    value = in_words(target, package.units[target.unit], say)
    parts = [target.subject(language), target.indicator(language)]
    return " · ".join([*parts, value, period(target, say)])


def _all(found: tuple[OfScope, ...]) -> list[Target]:
    return [target for one in found for target in one.targets]
