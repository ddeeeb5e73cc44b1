"""Who says what of a county: the statements that an exported file carries."""

from __future__ import annotations

from typing import Any

from geo.kept import kept_with_owner
from geo.language import Language, Speaker, speaker
from layers.facts.package import Package
from layers.facts.rows import records
from layers.facts.territory import value_note
from layers.facts.value_texts import class_text, partner_text, value_text
from layers.facts.values import Span, Standing, Value
from layers.profile.evidence import reported


@kept_with_owner
def evidence_by_county(
    package: Package, language: Language
) -> dict[str, list[dict[str, Any]]]:
    """Collect the statements on counties, by the adcodes of today.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    language : {"zh", "en"}
        Of ``value_label`` and ``detail``.

    Returns
    -------
    dict of str to list of dict
        Shared, not to be changed. In the order of the registry, each with

        - ``variable``: its id;
        - ``value``: true for a membership, the code of a class, a number, the adcode
          of a partner, ``{"earliest", "latest"}`` of a date (null where nothing is
          known of it); null for what is reported outside a list;
        - ``value_label``: what a class or a partner is called, the latter with the city
          that it lies in; null of other values;
        - ``standing``: ``yes`` if the column of the variable rests on it, ``not_said``
          if it is too uncertain for that, ``reported`` if it stands outside the list
          that the variable counts;
        - ``published_name``, ``published_adcode``, ``detail`` (what the source says of
          the county, a report with its figure, and that it means another territory
          where it does), ``source`` (list of ids), ``section``, ``confidence``.

    Notes
    -----
    A number is left out where its variable says the same of all counties: source,
    section and confidence stand there once. A table of statistics has a source, and
    a column of it in each of 167 counties would be the largest part of a file. So is
    the number of a unit that had another territory: it is no number of the county.
    """
    say = speaker(language)
    order = {identifier: place for place, identifier in enumerate(package.variables)}
    found = [
        (value.adcode, _statement(package, value, say))
        for value in package.values
        if not _is_said_by_variable(package, value, say)
    ]
    found += _reports(package, say)
    evidence: dict[str, list[dict[str, Any]]] = {}
    for adcode, statement in sorted(found, key=lambda pair: order[pair[1]["variable"]]):
        evidence.setdefault(adcode, []).append(statement)
    return evidence


def standing_of(value: Value) -> Standing:
    """Say whether the column of a variable rests on a value.

    A value outside the list is reported; one that is not known for sure, or of a part
    of the county only, leaves the column open.
    """
    if not value.listed:
        return "reported"
    return "yes" if value.is_known else "not_said"


def _statement(package: Package, value: Value, say: Speaker) -> dict[str, Any]:
    standing = standing_of(value)
    content = value.value
    detail = say.pick(value.detail_zh, value.detail_en) or say.pick(
        value.dated_zh, value.dated_en
    )
    if isinstance(content, Span):
        content = {
            "earliest": content.earliest or None,
            "latest": content.latest or None,
        }
        if standing == "not_said":  # the words say why
            variable = package.variables[value.variable]
            detail = value_text(package, variable, value, say)
    detail = say.clauses(filter(None, [detail, value_note(package, value, say)]))
    return {
        "variable": value.variable,
        "value": content,
        "value_label": _label(package, value, say),
        "standing": standing,
        "published_name": value.published_name,
        "published_adcode": value.published_adcode,
        "detail": detail or None,
        "source": list(value.source),
        "section": value.section or None,
        "confidence": value.confidence,
    }


def _label(package: Package, value: Value, say: Speaker) -> str | None:
    variable = package.variables[value.variable]
    if variable.kind == "relation":
        return partner_text(package, str(value.value), say)
    if variable.kind == "category":
        return class_text(package, variable, str(value.value), say.language)
    return None


def _is_said_by_variable(package: Package, value: Value, say: Speaker) -> bool:
    """Whether a number says no more than the variable does for all counties."""
    variable = package.variables[value.variable]
    return variable.kind == "number" and (
        value.of_other_ground
        or (
            (value.source, value.section, value.confidence)
            == (variable.source, variable.section, variable.confidence)
            and not (
                value.detail_zh or value.of_part or value_note(package, value, say)
            )
        )
    )


def _reports(package: Package, say: Speaker) -> list[tuple[str, dict[str, Any]]]:
    """Return what is reported of counties that the source's list does not name."""
    found = []
    for row in records(package.tables["evidence"]):
        if row["scope"] != "county" or row["confidence"] == "stated":
            continue
        code, name = row["published_adcode"], row["published_name"]
        adcode = package.divisions.current(code, name)
        if adcode in package.reported(row["variable"]):
            report: dict[str, Any] = {
                "variable": row["variable"],
                "value": None,
                "value_label": None,
                "standing": "reported",
                "published_name": name,
                "published_adcode": code,
                "detail": say.clauses(reported(row, say)),
                "source": row["source"].split(";"),
                "section": row["section"] or None,
                "confidence": row["confidence"],
            }
            found.append((adcode, report))
    return found
