"""Which counties: programmes as all of, any of, none of; regions; other variables.

A selection is pure set algebra on the county table. It says itself in words and goes
to and from a query string without loss, so that a link, a file and the map always
mean the same counties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pandas as pd

from geo.divisions import Divisions
from geo.language import N_, Language, speaker
from layers.facts.columns import adcode_column
from layers.facts.county_table import PARTNER_SEPARATOR
from layers.facts.package import Package
from layers.select.choices import (
    FIXED_FIELDS,
    PROGRAMME_FIELDS,
    Choices,
    limits,
)
from layers.select.rejected import NoCounty, Rejected
from layers.select.words import clauses_of

Where = tuple[tuple[str, tuple[str, ...]], ...]

_EXPLAINED: Final = 12
"""So many values that are no county are told what may be meant: a message shows fewer,
and each is looked for among all names. 3,900 in an address took half a minute."""

_NO_CONDITION: Final = frozenset({"all_of", "none_of"})
"""Fields whose empty list every county meets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """A choice of counties.

    Attributes
    ----------
    all_of, any_of, none_of : tuple of str
        Programme ids: a county is in all, in at least one, in none of them. What a
        source does not say is no membership: `none_of` an open list leaves the
        counties that its source does not name.
    prefectures, counties : tuple of str
        Adcodes: a county is in one of each that is given.
    where : mapping of str to tuple of str
        Values by the id of a variable or of a group of programmes: a county has one
        of them. Ranges as ``2017..2019`` for numbers and dates. Kept as sorted pairs.
    no_county : bool
        A list was asked for of which a county has to have one, and it was empty
        (``in=``): no county is chosen. An empty list is not no list.

    Notes
    -----
    An empty tuple asks nothing. The order of ids does not matter; it is normalised, so
    that equal selections are equal values.

    Examples
    --------
    >>> Selection(all_of=("deep_poverty",), prefectures=("130800", "130700")).to_query()
    'all=deep_poverty&prefecture=130700%2C130800'
    """

    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    prefectures: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    where: Where = ()
    no_county: bool = False

    def __post_init__(self) -> None:
        for field in FIXED_FIELDS:
            object.__setattr__(self, field, _normal(getattr(self, field)))
        given: Any = self.where
        pairs = dict(given.items() if isinstance(given, Mapping) else given)
        asked = {key: _normal(values) for key, values in sorted(pairs.items())}
        kept = tuple((key, values) for key, values in asked.items() if values)
        object.__setattr__(self, "where", kept)
        if self.counties:
            object.__setattr__(self, "no_county", False)

    def __bool__(self) -> bool:
        return any(True for _ in self.asked())

    def asked(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the fields that ask something, with their values, in order."""
        for field in FIXED_FIELDS:
            if field != "counties" and getattr(self, field):
                yield field, getattr(self, field)
        yield from self.where
        if self.counties or self.no_county:
            yield "counties", self.counties

    def values(self, field: str) -> tuple[str, ...]:
        """Return the values of a field, of a variable or of a group."""
        if field in FIXED_FIELDS:
            return tuple(getattr(self, field))
        return dict(self.where).get(field, ())

    def with_values(self, field: str, values: Iterable[str]) -> Selection:
        """Return the selection with other values of one field."""
        if field in FIXED_FIELDS:
            changed: dict[str, Any] = {field: tuple(values)}
            if field == "counties":
                changed["no_county"] = False
            return replace(self, **changed)
        where = {**dict(self.where), field: tuple(values)}
        return replace(self, where=tuple(where.items()))

    def shown(self, package: Package) -> tuple[str, ...]:
        """Return the programmes asked for: those worth a colour, as registered."""
        asked = {*self.all_of, *self.any_of}
        asked.update(value for _, values in self.where for value in values)
        return tuple(p for p in package.programmes if p in asked)

    def apply(self, counties: pd.DataFrame) -> pd.Index:
        """Return the adcodes of the counties selected, in the order of the table.

        Parameters
        ----------
        counties : pandas.DataFrame
            The county table of :func:`layers.facts.county_table.county_table`.
        """
        masks = [self.mask(field, counties) for field, _ in self.asked()]
        if not masks:
            return counties.index
        return counties.index[np.logical_and.reduce(masks)]

    def mask(self, field: str, counties: pd.DataFrame) -> np.ndarray:
        """Return which counties one field of the selection lets pass.

        Returns
        -------
        numpy.ndarray of bool, shape (n_counties,)
            All true if the field asks nothing.
        """
        values = list(self.values(field))
        if field == "counties" and self.no_county:
            return np.zeros(len(counties), dtype=bool)
        if not values:
            return np.ones(len(counties), dtype=bool)
        if field == "prefectures":
            return among(counties["prefecture_adcode"], values)
        if field == "counties":
            return among(counties.index, values)
        if field not in FIXED_FIELDS and not set(values) <= set(counties.columns):
            return holds(counties, field, values)
        inside = members(counties, values)
        if field == "all_of":
            return np.asarray(np.logical_and.reduce(inside, axis=1))
        either: np.ndarray = np.logical_or.reduce(inside, axis=1)
        return ~either if field == "none_of" else either

    def to_parameters(self) -> dict[str, str]:
        """Return the parameters of a query string, the empty ones left out."""
        return {
            FIXED_FIELDS.get(field, field): ",".join(values)
            for field, values in self.asked()
        }

    def to_query(self) -> str:
        """Return the selection as a query string, without a question mark."""
        return urlencode(self.to_parameters())

    @classmethod
    def from_query(
        cls,
        query: str | Mapping[str, str] | Iterable[tuple[str, str]],
        choices: Choices,
    ) -> tuple[Selection, tuple[Rejected, ...]]:
        """Read a selection from a query string.

        Parameters
        ----------
        query : str, mapping of str to str, or iterable of (str, str)
            The string, or its parameters already parsed; one that is given twice
            counts twice. Counties and regions by any code or name, see
            :mod:`geo.resolver`; a body that runs counties, among prefectures too, is
            the counties that it runs. An empty list of what a county has to have one
            of, such as ``in=``, chooses no county; empty ``all=`` and ``none=`` ask
            nothing, as every county meets no condition.
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
        names = {name: field for field, name in choices.parameters.items()}
        found: dict[str, list[str]] = {}
        full: set[str] = set()
        bodies: set[str] = set()
        rejected: list[Rejected] = []
        for given, text in _pairs(query):
            name = choices.former.get(given, given)
            if name not in names:
                rejected.append(
                    Rejected(parameter=given, value=None, allowed=(*names,))
                )
                continue
            field = names[name]
            found.setdefault(field, [])
            if text.strip(","):
                full.add(field)
            for value, meant in choices.read(field, text):
                body = choices.body(value) if field == "prefectures" else None
                if len(meant) == 1:
                    found[field].extend(meant)
                elif body:
                    bodies.update(choices.divisions.administered_by(body.id))
                elif field == "counties":
                    make = NoCounty.of if len(rejected) < _EXPLAINED else NoCounty.bare
                    rejected.append(make(choices.divisions, name, value))
                else:
                    allowed = choices.for_field(field)
                    rejected.append(
                        Rejected(parameter=name, value=value, allowed=allowed)
                    )
        if bodies:
            _list_counties(found, full, bodies, choices.divisions)
        selection = cls()
        for field, values in found.items():
            selection = selection.with_values(field, values)
        empty = found.keys() - full - _NO_CONDITION
        if empty:
            selection = replace(selection, counties=(), no_county=True)
        return selection, tuple(rejected)

    def toggle(self, field: str, value: str) -> Selection:
        """Return the selection with one value more, or less if it was there.

        A programme is in one of the three lists at most: asking for it in one takes
        it out of the others.
        """
        changed = self.with_values(field, set(self.values(field)) ^ {value})
        if field in PROGRAMME_FIELDS:
            for other in PROGRAMME_FIELDS:
                if other != field:
                    rest = set(self.values(other)) - {value}
                    changed = changed.with_values(other, rest)
        return changed

    def sentence(self, language: Language, package: Package) -> str:
        """Say the selection as a sentence, e.g. as the title of a map or file."""
        say = speaker(language)
        if not self:
            return say(N_("All counties of Hebei"))
        clauses = [
            clause
            for field, values in self.asked()
            for clause in clauses_of(field, values, say, package)
        ]
        return say(N_("Counties of Hebei that {clauses}"), clauses=say.clauses(clauses))


def _list_counties(
    found: dict[str, list[str]], full: set[str], run: set[str], divisions: Divisions
) -> None:
    """Turn prefectures into a list of counties, with those that bodies run.

    No prefecture of the map is such a body; beside it, only counties can be meant.
    """
    regions = found.pop("prefectures")
    counties = divisions.of_level("county")
    listed = run | {a for a, county in counties.items() if county.parent in regions}
    if found.get("counties"):
        listed &= {*found["counties"]}
        full.discard("counties")
    elif "counties" in found and "counties" not in full:
        listed = set()  # an empty list of counties
    found["counties"] = sorted(listed)
    if listed:
        full.add("counties")


def members(counties: pd.DataFrame, programmes: Sequence[str]) -> np.ndarray:
    """Return which counties a source names for programmes; "not said" is no member.

    Parameters
    ----------
    counties : pandas.DataFrame
        The county table.
    programmes : sequence of str
        Ids of the programmes.

    Returns
    -------
    numpy.ndarray of bool, shape (n_counties, n_programmes)
    """
    columns = [counties[p].to_numpy(dtype=bool, na_value=False) for p in programmes]
    return np.column_stack(columns) if columns else np.zeros((len(counties), 0), bool)


def among(texts: pd.Series | pd.Index, values: Iterable[str]) -> np.ndarray:
    """Return which texts are among some values.

    What pandas has for it takes ten times as long for a table of counties, and a press
    on the map asks for it twenty times.

    Parameters
    ----------
    texts : pandas.Series or pandas.Index
        A column of the county table.
    values : iterable of str
        What is looked for.

    Returns
    -------
    numpy.ndarray of bool
        False where nothing is known.

    Examples
    --------
    >>> among(pd.Series(["a", None, "b"]), ["b"])
    array([False, False,  True])
    """
    wanted = set(values)
    return np.fromiter(
        (text in wanted for text in texts.to_numpy(dtype=object)), bool, len(texts)
    )


def holds(counties: pd.DataFrame, variable: str, values: Iterable[str]) -> np.ndarray:
    """Return which counties have one of the values of a variable.

    Parameters
    ----------
    counties : pandas.DataFrame
        The county table.
    variable : str
        Id of a category, number, date or relation.
    values : iterable of str
        Classes, adcodes of partners, years; ranges of numbers and years.

    Returns
    -------
    numpy.ndarray of bool, shape (n_counties,)
        False where nothing is known.
    """
    wanted = set(values)
    if adcode_column(variable) in counties.columns:
        cells = counties[adcode_column(variable)]
        return np.array(
            [bool(wanted & set(cell.split(PARTNER_SEPARATOR))) for cell in cells],
            dtype=bool,
        )
    column = counties[variable]
    if not pd.api.types.is_numeric_dtype(column):
        return among(column, wanted)
    numbers = column.to_numpy(dtype=float, na_value=np.nan)
    found = np.zeros(len(counties), dtype=bool)
    for value in wanted:
        range_ = limits(value) or (float(value), float(value))
        found |= (numbers >= range_[0]) & (numbers <= range_[1])
    return found


def _normal(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(values)))


def _pairs(
    query: str | Mapping[str, str] | Iterable[tuple[str, str]],
) -> Iterable[tuple[str, str]]:
    if isinstance(query, str):
        return parse_qsl(query, keep_blank_values=True)
    return query.items() if isinstance(query, Mapping) else query
