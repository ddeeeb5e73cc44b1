"""What is told of a large table: in words, and as plain data for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from geo.language import N_, Language, speaker
from layers.aggregate.question import Answer
from layers.own.places import Places


def report(answer: Answer, language: Language) -> dict[str, Any]:
    """Return the account as plain data, fit for JSON.

    Parameters
    ----------
    answer : Answer
        The county table.
    language : {"zh", "en"}
        Of the messages.

    Returns
    -------
    dict
        ``file``, ``engine``, ``encoding``, ``rows``, ``columns``, ``by``,
        ``measures``, ``outcomes`` (of groups; they add up to the rows) and ``reasons``
        (of each outcome), ``details`` of what is not joined with ``details_left_out``,
        ``unreadable``, ``suppressed``. It is for who has the register: it counts the
        rows of places that the table withholds.
    """
    account, why = answer.account, Counter(answer.withheld.values())
    return {
        "file": answer.source,
        "engine": answer.engine,
        "encoding": answer.encoding,
        "rows": account.rows,
        "columns": answer.roles.keys,
        "by": answer.question.by,
        "measures": [measure.name for measure in answer.measures],
        "outcomes": dict(account.groups),
        "reasons": dict(account.outcomes.most_common()),
        "details": [
            {
                **dict(zip(("code", "name", "prefecture"), told.says, strict=True)),
                "rows": told.rows,
                "outcome": told.verdict.outcome,
                "suggestions": list(told.verdict.suggestions),
                "message": told.say(language),
            }
            for told in account.told
        ],
        "details_left_out": account.left_out,
        "unreadable": [
            {"column": u.column, "rows": u.rows, "examples": list(u.examples)}
            for u in answer.unreadable
        ],
        "suppressed": {
            "below": answer.question.least,
            "primary": why["primary"],
            "complementary": why["complementary"],
        },
    }


def in_words(answer: Answer, places: Places, language: Language) -> Iterator[str]:
    """Yield the account in words, a line each.

    Parameters
    ----------
    answer : Answer
        The county table.
    places : layers.own.places.Places
        Names of the edition.
    language : {"zh", "en"}
        Of the text.
    """
    say = speaker(language)
    account = answer.account
    columns = say.series(f"“{column}”" for column in answer.roles.keys.values())
    yield say(N_("Counties by: {columns}."), columns=columns)
    yield account.say(language)
    yield from account.lines(language)
    counties = places.counties
    most = 12
    for told in account.told[:most]:
        line = say(
            N_("{says} ({rows} {rows:row|rows}): {reason}"),
            says=say.phrases(filter(None, told.says)) or "–",
            rows=told.rows,
            reason=told.say(language),
        )
        suggested = say.series(
            f"{code} {counties[code].name}" for code in told.verdict.suggestions
        )
        yield f"{line} → {suggested}" if suggested else line
    if len(account.said) > most:
        yield say(
            N_("{n} more are not joined; --report FILE tells them."),
            n=len(account.said) - most,
        )
    for column in answer.unreadable:
        yield say(
            N_(
                "Column “{column}”: {n} {n:text is no number and counts|texts are no "
                "numbers and count} as missing, for example {examples}."
            ),
            column=column.column,
            n=column.rows,
            examples=say.series(column.examples),
        )
    yield from _secrets(answer, language)


def _secrets(answer: Answer, language: Language) -> Iterator[str]:
    say = speaker(language)
    least, why = answer.question.least, Counter(answer.withheld.values())
    if least <= 1:
        return
    if why:
        yield say(
            N_(
                "Withheld: {n} {n:row|rows} of fewer than {least} persons, and {more} "
                "more that could be had by subtraction."
            ),
            n=why["primary"],
            least=least,
            more=why["complementary"],
        )
    if not answer.question.persons:
        yield say(
            N_(
                "Each row counts as one person. If it is a household or a village, "
                "name the column of persons with --persons, or withhold nothing with "
                "--suppress 0."
            )
        )
    if any(measure.kind in {"min", "max"} for measure in answer.measures):
        yield say(
            N_(
                "Least and greatest are figures of one row each; do not publish them "
                "of persons."
            )
        )
