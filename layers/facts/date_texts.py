"""Dates of counties in words: how exactly they are known, and what they complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from babel.dates import format_date, format_skeleton

from geo.language import N_, Language, Speaker
from geo.names import beside
from layers.facts.package import Package
from layers.facts.values import Span, Value
from layers.facts.variables import Variable

_LOCALES: Final[Mapping[Language, str]] = {"zh": "zh", "en": "en_GB"}
_SKELETONS: Final = {1: "y", 2: "yMMMM"}
"""CLDR skeletons by how many parts an ISO date has, if it is no day."""


def date_text(iso: str, say: Speaker) -> str:
    """Write an ISO day, month or year; what is none stays as it is.

    Examples
    --------
    >>> from geo.language import speaker
    >>> [date_text(d, speaker("zh")) for d in ("2019", "2019-05", "2020-02-29")]
    ['2019年', '2019年5月', '2020年2月29日']
    >>> date_text("2020-02-29", speaker("en"))
    '29 February 2020'
    """
    parts = iso.split("-")
    try:
        first = date.fromisoformat("-".join([*parts, "01", "01"][:3]))
    except ValueError:
        return iso
    locale = _LOCALES[say.language]
    if len(parts) in _SKELETONS:
        return str(format_skeleton(_SKELETONS[len(parts)], first, locale=locale))
    return str(format_date(first, "long", locale=locale))


def when_text(iso: str, say: Speaker) -> str:
    """Write a date as an adverb.

    Examples
    --------
    >>> from geo.language import speaker
    >>> when_text("2019-05", speaker("en"))
    'in May 2019'
    >>> when_text("2020-02-29", speaker("en"))
    'on 29 February 2020'
    """
    written = date_text(iso, say)
    # Chinese has no preposition here, so there is nothing to translate.
    return say.pick(written, f"{'on' if iso.count('-') > 1 else 'in'} {written}")


def span_text(span: Span, say: Speaker) -> str:
    """Say a date, or which two it may be, or by when it lies; not why.

    Examples
    --------
    >>> from geo.language import speaker
    >>> span_text(Span("2018-09", "2019-05"), speaker("en"))
    'September 2018 or May 2019'
    """
    return _span(span, say, adverb=False)


def unsure_text(values: Iterable[Value], say: Speaker) -> str:
    """Say what is known of a county's date that is not sure; empty if nothing is."""
    own = [v for v in values if not (v.is_known or v.of_part)]
    spans = [v for v in own if isinstance(v.value, Span)]
    return say.series(
        _marked(span_text(v.value, say), _marks([v], say), say) for v in spans
    )


def told(variables: Sequence[Variable], values: Iterable[Value], say: Speaker) -> str:
    """Say a date and those that complete it in one sentence, what is unsure as such.

    Parameters
    ----------
    variables : sequence of Variable
        Of the kind date, the first one and those that follow it.
    values : iterable of Value
        What is known of one county, or of one part of it, under them; at least one.
    say : Speaker
        Of the language.
    """
    known = {v.variable: v for v in values if isinstance(v.value, Span)}
    own = [known[v.id] for v in variables if v.id in known]
    clauses = [_clause(v, known[v.id], say) for v in variables if v.id in known]
    text = say.phrases(clauses)
    text = _marked(text, _marks(own, say), say)
    if any(value.of_part for value in own):
        text = say(
            N_("{name}, a part of this county: {text}"),
            name=beside(own[0].published_name, say.language),
            text=text,
        )
    return text


def of_county(
    package: Package, variables: Sequence[Variable], adcode: str, say: Speaker
) -> str:
    """Say a date of a county with those that complete it; empty if none is known.

    Parameters
    ----------
    package : Package
        The facts.
    variables : sequence of Variable
        Dates; the first is the one that the others complete.
    adcode : str
        Code of a county of today.
    say : Speaker
        Of the language wanted.
    """
    values = [
        value
        for variable in variables
        for value in package.values_by_county(variable.id).get(adcode, ())
    ]
    return say.clauses(told(variables, own, say) for own in in_sentences(values))


def in_sentences(values: Iterable[Value]) -> list[tuple[Value, ...]]:
    """Group dates of one county: those of it come first, then those of each part."""
    found: dict[str, list[Value]] = {}
    for value in values:
        part = value.published_name if value.of_part else ""
        found.setdefault(part, []).append(value)
    # Behind a part, what is said of the whole would be read as said of the part.
    return [tuple(found[part]) for part in sorted(found, key=bool)]


def _clause(variable: Variable, value: Value, say: Speaker) -> str:
    span: Span = value.value
    pattern = variable.told(say.language) or "{date}"
    # The pattern is text of a table: its two places are filled, nothing is parsed.
    return pattern.replace("{date}", _span(span, say, adverb=False)).replace(
        "{when}", _span(span, say, adverb=True)
    )


def _span(span: Span, say: Speaker, *, adverb: bool) -> str:
    write = when_text if adverb else date_text
    latest = write(span.latest, say)
    if span.is_one:
        return latest
    if span.earliest:
        earliest = write(span.earliest, say)
        return say(
            N_("{earliest} or {latest}"),
            earliest=earliest,
            latest=latest,
        )
    return say(N_("{latest} or before"), latest=latest)


def _marks(values: Iterable[Value], say: Speaker) -> list[str]:
    """Say in what way dates are not sure, each way once."""
    marks: dict[str, None] = {}
    for value in values:
        if value.confidence == "inferred":
            marks[say(N_("inferred"))] = None
        if not value.value.is_one:
            why = N_("which is not known")
            if not value.value.earliest:
                why = N_("the date is not known")
            marks[say(why)] = None
    return [*marks]


def _marked(text: str, marks: Sequence[str], say: Speaker) -> str:
    if not marks:
        return text
    return say(N_("{text} ({mark})"), text=text, mark=say.clauses(marks))
