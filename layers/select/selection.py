"""Which counties: programmes as all of, any of, none of; regions; partner cities.

A selection is pure set algebra on the county table. It says itself in words and goes
to and from a query string without loss, so that a link, a file and the map always
mean the same counties.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pandas as pd

from geo.language import N_, Language, speaker
from layers.facts.package import Package

PARAMETERS: Final[Mapping[str, str]] = {
    "all_of": "all",
    "any_of": "any",
    "none_of": "none",
    "prefectures": "prefecture",
    "areas": "area",
    "partners": "partner",
    "counties": "in",
}
"""Fields of a selection and their names in a query string."""

_COLUMNS: Final = {"prefectures": "prefecture_adcode", "partners": "partner_adcode"}
"""Fields whose values stand in a column of the county table."""

_PROGRAMME_FIELDS: Final = frozenset({"all_of", "any_of", "none_of"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The values that each parameter may take, in the order in which to offer them."""

    programmes: tuple[str, ...]
    prefectures: tuple[str, ...]
    areas: tuple[str, ...]
    partners: tuple[str, ...]
    counties: tuple[str, ...]

    @classmethod
    def of(cls, package: Package) -> Choices:
        """Collect the choices that a package offers."""
        programmes = package.programmes.values()
        return cls(
            programmes=tuple(p.id for p in programmes),
            prefectures=tuple(package.divisions.of_level("prefecture")),
            areas=tuple(p.id for p in programmes if p.kind == "area"),
            partners=tuple(p.partner_adcode for p in programmes if p.partner_adcode),
            counties=tuple(package.divisions.of_level("county")),
        )

    def for_field(self, field: str) -> tuple[str, ...]:
        """Return the values of one field of a selection."""
        if field in _PROGRAMME_FIELDS:
            return self.programmes
        return tuple(getattr(self, field))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A part of a query string that means nothing here."""

    parameter: str
    value: str | None
    allowed: tuple[str, ...]

    def say(self, language: Language) -> str:
        """Say what was rejected and what exists."""
        say = speaker(language)
        allowed = ", ".join(self.allowed)
        if self.value is None:
            return say(
                N_("There is no parameter “{parameter}”; there are: {allowed}."),
                parameter=self.parameter,
                allowed=allowed,
            )
        return say(
            N_("“{value}” is no value of “{parameter}”; there are: {allowed}."),
            value=self.value[:60],
            parameter=self.parameter,
            allowed=allowed,
        )


class SelectionError(ValueError):
    """A query string names a parameter or value that does not exist."""

    def __init__(self, rejected: Sequence[Rejected]) -> None:
        self.rejected = tuple(rejected)
        super().__init__("; ".join(r.say("en") for r in rejected))


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A choice of counties.

    Attributes
    ----------
    all_of, any_of, none_of : tuple of str
        Programme ids: a county is in all, in at least one, in none of them.
    prefectures, areas, partners, counties : tuple of str
        Adcodes of prefectures, ids of areas, adcodes of partner cities, adcodes of
        counties: a county is in one of each that is given. An empty tuple asks
        nothing.

    Notes
    -----
    The order of ids does not matter; it is normalised, so that equal selections are
    equal values.

    Examples
    --------
    >>> Selection(all_of=("deep_poverty",), prefectures=("130800", "130700")).to_query()
    'all=deep_poverty&prefecture=130700%2C130800'
    """

    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    prefectures: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for field in fields(self):
            values = tuple(sorted(set(getattr(self, field.name))))
            object.__setattr__(self, field.name, values)

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def shown(self) -> tuple[str, ...]:
        """Programmes that the selection asks for: those worth a colour on the map."""
        return tuple(dict.fromkeys([*self.all_of, *self.any_of, *self.areas]))

    def apply(self, counties: pd.DataFrame) -> pd.Index:
        """Return the adcodes of the counties selected, in the order of the table.

        Parameters
        ----------
        counties : pandas.DataFrame
            The county table: index ``adcode``, a bool column a programme,
            ``prefecture_adcode``, ``partner_adcode``.
        """
        masks = [self.mask(field.name, counties) for field in fields(self)]
        return counties.index[np.logical_and.reduce(masks)]

    def mask(self, field: str, counties: pd.DataFrame) -> np.ndarray:
        """Return which counties one field of the selection lets pass.

        Returns
        -------
        numpy.ndarray of bool, shape (n_counties,)
            All true if the field asks nothing.
        """
        values = list(getattr(self, field))
        if not values:
            return np.ones(len(counties), dtype=bool)
        if field in _COLUMNS:
            return np.asarray(counties[_COLUMNS[field]].isin(values))
        if field == "counties":
            return np.asarray(counties.index.isin(values))
        members: np.ndarray = counties[values].to_numpy(dtype=bool)
        if field == "all_of":
            return np.asarray(np.logical_and.reduce(members, axis=1))
        inside: np.ndarray = np.logical_or.reduce(members, axis=1)
        return ~inside if field == "none_of" else inside

    def to_parameters(self) -> dict[str, str]:
        """Return the parameters of a query string, the empty ones left out."""
        return {
            name: ",".join(getattr(self, field))
            for field, name in PARAMETERS.items()
            if getattr(self, field)
        }

    def to_query(self) -> str:
        """Return the selection as a query string, without a question mark."""
        return urlencode(self.to_parameters())

    @classmethod
    def from_query(
        cls, query: str | Mapping[str, str], choices: Choices
    ) -> tuple[Selection, tuple[Rejected, ...]]:
        """Read a selection from a query string.

        Parameters
        ----------
        query : str or mapping of str to str
            The string, or its parameters already parsed.
        choices : Choices
            What exists.

        Returns
        -------
        selection : Selection
            What of the query means something.
        rejected : tuple of Rejected
            What does not. Whether that is an error is the caller's to say: a page
            opens as far as it can, a service answers 400.
        """
        pairs = parse_qsl(query) if isinstance(query, str) else list(query.items())
        names = {name: field for field, name in PARAMETERS.items()}
        found: dict[str, list[str]] = {}
        rejected = []
        for name, text in pairs:
            if name not in names:
                rejected.append(Rejected(parameter=name, value=None, allowed=(*names,)))
                continue
            allowed = choices.for_field(names[name])
            for value in filter(None, text.split(",")):
                if value in allowed:
                    found.setdefault(names[name], []).append(value)
                else:
                    rejected.append(
                        Rejected(parameter=name, value=value, allowed=allowed)
                    )
        return cls(**{f: tuple(v) for f, v in found.items()}), tuple(rejected)

    def toggle(self, field: str, value: str) -> Selection:
        """Return the selection with one value more, or less if it was there.

        A programme is in one of the three lists at most: asking for it in one takes
        it out of the others.
        """
        values = set(getattr(self, field)) ^ {value}
        changed = {field: tuple(values)}
        if field in _PROGRAMME_FIELDS:
            for other in _PROGRAMME_FIELDS - {field}:
                changed[other] = tuple(set(getattr(self, other)) - {value})
        return replace(self, **changed)

    def say(self, language: Language, package: Package) -> str:
        """Say the selection as a sentence, e.g. as the title of a map or file."""
        say = speaker(language)
        if not self:
            return say(N_("All counties of Hebei"))
        clauses = []
        for field, text in _CLAUSES.items():
            values = getattr(self, field)
            if values:
                names = _names(field, values, language, package)
                shown = say.series(names[:_MOST_NAMES])
                if len(names) > _MOST_NAMES:
                    shown = f"{shown} …"
                clauses.append(say(text, names=shown, n=len(names)))
        return say(N_("Counties of Hebei that {clauses}"), clauses=say.clauses(clauses))


_CLAUSES: Final[Mapping[str, str]] = {
    "all_of": N_("are in all of: {names}"),
    "any_of": N_("are in at least one of: {names}"),
    "none_of": N_("are in none of: {names}"),
    "prefectures": N_("lie in: {names}"),
    "areas": N_("belong to the area: {names}"),
    "partners": N_("are supported by: {names}"),
    "counties": N_("are among these {n}: {names}"),
}

_MOST_NAMES: Final = 12
"""So many names stand in the sentence; a longer list is cut, with its number."""


def _names(
    field: str, values: Iterable[str], language: Language, package: Package
) -> list[str]:
    say = speaker(language)
    if field in {"prefectures", "partners", "counties"}:
        divisions: list[Any] = [package.divisions[v] for v in values]
        return [say.pick(d.name, d.name_en) for d in divisions]
    in_order = [p for p in package.programmes.values() if p.id in set(values)]
    return [programme.name(language) for programme in in_order]
