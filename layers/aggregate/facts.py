"""The county table of an upload as variables of the session, like any own column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from geo.divisions import Divisions
from geo.language import LANGUAGES, N_, speaker
from layers.aggregate.measure_texts import PERSONS_TITLE, SHARE, Measure
from layers.facts.own import PREFIX, OwnFacts
from layers.facts.values import Value
from layers.facts.variables import Variable
from layers.own.file_facts import AFTER_ALL, facts_of_file, in_both

_NOTHING: Final = N_("no row of the table was led to this county")
_NOTHING_OR_FEW: Final = N_(
    "no row of the table was led to this county, or its figures are withheld because "
    "of few persons"
)
_WHERE: Final = N_(
    "Own data of the user, not of the plan: “{what}”, of the rows of file {file} that "
    "lie in a county."
)
_FEW: Final = N_(
    "Figures of fewer than {least} persons are withheld, and further ones so that none "
    "can be had by subtraction."
)
_ADDED_UP: Final = N_("added up from rows")


_DIGITS: Final = 6
"""Significant digits of means, medians and shares."""


def facts_of(
    answer: Mapping[str, Any],
    name: str,
    divisions: Divisions,
    units: Mapping[str, str],
    *,
    least: int,
    prefix: str = PREFIX,
) -> OwnFacts:
    """Turn what was added up into variables and their values.

    Parameters
    ----------
    answer : mapping
        That of :class:`layers.aggregate.asking.Work`.
    name : str
        Of the file.
    divisions : geo.divisions.Divisions
        Codes and names of the edition.
    units : mapping of str to str
        By column, where its header says one.
    least : int
        Persons of a figure that was not withheld.
    prefix : str
        Begins the ids, and is that of group and source.

    Returns
    -------
    OwnFacts
        For :meth:`layers.facts.package.Package.with_variables`. A county to which no
        row leads is unknown: a register may be a part of one.
    """
    figures: Mapping[str, Mapping[str, float]] = answer["figures"]
    counted = {adcode for adcode, rows in figures["count"].items() if rows}
    made = [*_titles(answer)]
    variables, values = [], []
    for place, (column, kind, message, about, of) in enumerate(made):
        known = {a: v for a, v in figures[column].items() if a in counted}
        if not known:
            continue
        variable = _variable(
            f"{prefix}_{place}", place, kind, in_both("name", message, **about)
        )
        variable |= {"unit": "%" if kind == SHARE else _unit(kind, of, units)}
        variable |= _told(name, variable, least) | {"named_count": len(known)}
        variables.append(Variable(group=prefix, source=(prefix,), **variable))
        values += [
            Value(
                adcode=adcode,
                variable=f"{prefix}_{place}",
                value=_rounded(kind, value),
                published_adcode=adcode,
                published_name=divisions[adcode].name,
                **in_both("detail", _ADDED_UP),
                source=(prefix,),
                section="",
                confidence="stated",
            )
            for adcode, value in known.items()
        ]
    return facts_of_file(name, prefix, variables, values)


def _titles(
    answer: Mapping[str, Any],
) -> Iterator[tuple[str, str, str, Mapping[str, str], str]]:
    """Yield column, kind, message with its values, and column of the unit."""
    for given in answer["measures"]:
        measure = Measure(
            **{key: given[key] for key in ("kind", "column", "weight", "value")}
        )
        message, about = measure.title
        yield given["name"], measure.kind, message, about, measure.column
        if not measure.column and "persons" in answer["figures"]:
            yield "persons", "persons", PERSONS_TITLE, {}, ""


def _rounded(kind: str, value: float) -> float:
    """Return a figure as it is shown: of means nobody reads the tenth digit."""
    adds_up = kind in {"count", "persons", "sum"}
    return float(value) if adds_up else float(f"{value:.{_DIGITS}g}")


def _unit(kind: str, column: str, units: Mapping[str, str]) -> str:
    return "" if kind in {"count", "persons"} else units.get(column, "")


def _variable(
    identifier: str, place: int, kind: str, name: Mapping[str, str]
) -> dict[str, Any]:
    adds_up = kind in {"count", "persons", "sum"}
    return {
        "id": identifier,
        "order": AFTER_ALL + place,
        "kind": "number",
        **name,
        "short_zh": name["name_zh"],
        "short_en": name["name_en"],
        # A mean, a median, a share does not grow with the county.
        "measure": "count" if adds_up else "rate",
        "aggregate": "sum" if adds_up else "none",
        "completeness": "open",
        "section": "",
        "confidence": "stated",
        "own": True,
    }


def _told(file: str, variable: Mapping[str, Any], least: int) -> dict[str, Any]:
    about = (_WHERE, _FEW) if least > 1 else (_WHERE,)
    definition = {
        f"definition_{language}": speaker(language).sentences(
            speaker(language)(
                text, file=file, what=variable[f"name_{language}"], least=least
            )
            for text in about
        )
        for language in LANGUAGES
    }
    missing = _NOTHING_OR_FEW if least > 1 else _NOTHING
    return {**definition, **in_both("missing", missing)}
