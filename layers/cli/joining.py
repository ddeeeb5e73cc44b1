"""The command that joins a file of one's own to the counties."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from geo.language import N_, Language, speaker
from layers.cli.output import answer, write_whole
from layers.own.account import report
from layers.own.joined import JoinedTable, join
from layers.own.outcomes import TITLES
from layers.own.reading import read
from layers.own.refusals import RefusedError
from layers.own.register import places_in


def join_file(options: argparse.Namespace, language: Language) -> bool:
    """Join a file and answer with the account of its rows; say whether it was read.

    Raises
    ------
    OSError
        If there is no such file.
    """
    file = Path(options.file)
    content = file.read_bytes()
    table: JoinedTable | None = None
    try:
        upload = read(content, file.name)
        table = join(upload, places_in())
        told: dict[str, Any] = report(table, language)
    except RefusedError as refused:
        told = {
            "file": file.name,
            "refused": refused.kind,
            "message": refused.say(language),
        }
    if options.report is None:
        answer(told["message"] if table is None else in_words(table, told, language))
    else:
        text = json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
        # Half a character of a broken text must not break the answer.
        encoded = text.encode("utf-8", "backslashreplace")
        if options.report == "-":
            answer(encoded)
        else:
            write_whole(Path(options.report), encoded)
    return table is not None


def in_words(table: JoinedTable, told: dict[str, Any], language: Language) -> str:
    """Tell the account of a table in words, the rows that are not joined one by one.

    Parameters
    ----------
    table : JoinedTable
        The joined table.
    told : dict of str to object
        Its account, as :func:`layers.own.account.report` gives it.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    counts = table.counts
    lines = [
        say(
            N_("{rows} rows: {joined} joined, {aside} set aside, {open} unresolved."),
            rows=len(table.details),
            joined=counts["joined"],
            aside=counts["set_aside"],
            open=counts["unresolved"],
        )
    ]
    lines += [problem["message"] for problem in told["problems"]]
    for detail in table.details:
        if detail.group == "joined":
            continue
        counties = table.places.counties
        suggested = say.series(
            f"{code} {counties[code].name}" for code in detail.verdict.suggestions
        )
        reason = detail.say(language) or say(TITLES[detail.verdict.outcome])
        line = say(N_("row {row}: {reason}"), row=detail.row.number, reason=reason)
        lines.append(f"{line} → {suggested}" if suggested else line)
    return "\n".join(lines)
