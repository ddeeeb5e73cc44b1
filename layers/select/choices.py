"""What a selection can ask for: the values that each parameter may take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from geo.divisions import Divisions
from geo.kept import kept_with_owner
from geo.resolver import resolve, resolve_region
from layers.facts.columns import SELECTION_PARAMETERS
from layers.facts.package import Package
from layers.facts.values import Span
from layers.facts.variables import Kind, Variable
from layers.select.breaks import classes_of

PROGRAMME_FIELDS: Final = ("all_of", "any_of", "none_of")
"""Fields of a selection whose values are programmes; each is in one of them."""

FIXED_FIELDS: Final[Mapping[str, str]] = dict(
    zip(
        (*PROGRAMME_FIELDS, "prefectures", "counties"),
        SELECTION_PARAMETERS,
        strict=True,
    )
)
"""Fields that every selection has, and their names in a query string. The others are
named by the variable or group that they ask for, in address and selection alike."""

BETWEEN: Final = ".."
"""Between the least and the greatest value of a range; either may be missing."""

_COMMA: Final = re.compile("[,，、;；]")

_NUMBER: Final = r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?"
_RANGE: Final = re.compile(rf"({_NUMBER})?\.\.({_NUMBER})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Choice:
    """A variable or a group of programmes by which counties can be chosen.

    Attributes
    ----------
    id : str
        Of the variable or group.
    kind : str
        Kind of the variable, or ``"group"``: then the values are programmes.
    values : tuple of str
        In the order in which to offer them; of a number, the ranges of its classes.
    """

    id: str
    kind: Kind | Literal["group"]
    values: tuple[str, ...]

    @property
    def takes_ranges(self) -> bool:
        """Whether a value may be a range, as ``2017..2019`` or ``100000..``."""
        return self.kind in {"number", "date"}

    def accepts(self, value: str) -> bool:
        """Whether a value of an address means something here."""
        if value in self.values:
            return True
        return self.takes_ranges and limits(value) is not None


def limits(value: str) -> tuple[float, float] | None:
    """Read a range; infinite where it is open, None if it is none.

    Examples
    --------
    >>> limits("2017..2019")
    (2017.0, 2019.0)
    >>> limits("..5")
    (-inf, 5.0)
    >>> limits("..") is None
    True
    """
    found = _RANGE.fullmatch(value)
    if found is None or value == BETWEEN:
        return None
    low, high = found.groups()
    least = float("-inf") if low is None else float(low)
    most = float("inf") if high is None else float(high)
    return (least, most) if least <= most else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The values that each field of a selection may take, in the order of offering.

    Attributes
    ----------
    where : mapping of str to Choice
        Groups that are offered as filters, then variables that are no programme.
    former : mapping of str to str
        Ids of today by those of earlier editions.
    divisions : geo.divisions.Divisions
        By which counties and regions are known by any of their codes and names.
    """

    programmes: tuple[str, ...]
    prefectures: tuple[str, ...]
    counties: tuple[str, ...]
    where: Mapping[str, Choice]
    former: Mapping[str, str]
    divisions: Divisions

    @staticmethod
    def of(package: Package) -> Choices:
        """Return the choices that a package offers, collected once."""
        return _collected(package)

    @property
    def parameters(self) -> Mapping[str, str]:
        """Names in a query string by field, in their order there."""
        names = dict(FIXED_FIELDS)
        counties = names.popitem()
        return {**names, **{key: key for key in self.where}, **dict([counties])}

    def for_field(self, field: str) -> tuple[str, ...]:
        """Return the values of one field of a selection, as they are offered."""
        if field in PROGRAMME_FIELDS:
            return self.programmes
        if field in FIXED_FIELDS:
            return self.prefectures if field == "prefectures" else self.counties
        return self.where[field].values

    def accepts(self, field: str, value: str) -> bool:
        """Whether a field of a selection may have a value."""
        if field in self.where:
            return self.where[field].accepts(value)
        return field in FIXED_FIELDS and value in self.for_field(field)

    def read(self, field: str, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Read the values of one field that stand in a text, with commas between.

        Yields
        ------
        piece : str
            As it stands there.
        meant : tuple of str
            The value that it means; none if it means nothing, several if it may be
            any of several counties or regions.
        """
        pieces = [piece for piece in _COMMA.split(text) if piece.strip()]
        while pieces:
            piece = pieces.pop(0)
            if field == "counties" and pieces:
                # A county and its prefecture, as “Yuxian County, Zhangjiakou”.
                both = f"{piece}, {pieces[0]}"
                if len(meant := self._counties(both)) == 1 and self._is_region(
                    pieces[0]
                ):
                    pieces.pop(0)
                    yield both, meant
                    continue
            yield piece, self.meant(field, piece)

    def meant(self, field: str, text: str) -> tuple[str, ...]:
        """Return the values of a field that one text may mean."""
        plain = unicodedata.normalize("NFKC", text).strip()
        if self.accepts(field, plain):
            return (plain,)
        if field == "counties":
            return self._counties(text)
        regional = field == "prefectures" or (
            field in self.where and self.where[field].kind == "relation"
        )
        if not regional:
            return ()
        found = resolve_region(self.divisions, text)
        return tuple(adcode for adcode in found if self.accepts(field, adcode))

    def _counties(self, text: str) -> tuple[str, ...]:
        return tuple(meaning.adcode for meaning in resolve(self.divisions, text))

    def _is_region(self, text: str) -> bool:
        return bool({*resolve_region(self.divisions, text)} & {*self.prefectures})


@kept_with_owner
def _collected(package: Package) -> Choices:
    variables = package.variables.values()
    groups = [
        Choice(
            group.id,
            "group",
            tuple(v.id for v in variables if v.is_programme and v.group == group.id),
        )
        for group in package.groups.values()
        if group.filter
    ]
    others = [
        Choice(v.id, v.kind, _values(package, v))
        for v in variables
        if not v.is_programme
    ]
    return Choices(
        programmes=tuple(package.programmes),
        prefectures=tuple(package.divisions.of_level("prefecture")),
        counties=tuple(package.divisions.of_level("county")),
        where={choice.id: choice for choice in [*groups, *others]},
        former={old: v.id for v in variables for old in v.former_ids},
        divisions=package.divisions,
    )


def _values(package: Package, variable: Variable) -> tuple[str, ...]:
    if variable.kind == "category":
        return tuple(known.value for known in variable.classes)
    found = [
        value
        for own in package.values_by_county(variable.id).values()
        for value in own
        if value.is_known
    ]
    if variable.kind == "date":
        years = {v.value.year for v in found if isinstance(v.value, Span)}
        return tuple(str(year) for year in sorted(filter(None, years)))
    if variable.kind == "number":
        numbers = [float(value.value) for value in found]
        return tuple(
            f"{low:.10g}{BETWEEN}{high:.10g}"
            for low, high in classes_of(numbers, variable.breaks)
        )
    named = {str(value.value) for value in found}
    divisions = package.divisions
    whole = sorted(code for code in named if divisions[code].parent not in named)
    order = {known.value: known.order for known in variable.classes}
    return tuple(sorted(whole, key=lambda code: order.get(code, len(order) + 1)))
