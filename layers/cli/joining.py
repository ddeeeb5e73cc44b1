"""The command that joins a file of one's own to the counties."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, Final

from geo.boundaries import Boundaries
from geo.folders import boundaries_folder
from geo.language import N_, Language, speaker
from layers.cli.output import answer, write_whole
from layers.own.account import report
from layers.own.joined import JoinedTable, join
from layers.own.layer import layer_of, layout_of
from layers.own.located import Located
from layers.own.located_account import report as located_report
from layers.own.outcomes import TITLES
from layers.own.places import Places
from layers.own.placing import counties_of, place, system
from layers.own.reading import Upload, read
from layers.own.refusals import RefusedError
from layers.own.register import places_in

_FIGURES: Final = {
    "count": N_("{count} {count:shape|shapes}"),
    "area_km2": N_("{area_km2} km²"),
    "share": N_("{share} % of the county"),
    "length_km": N_("{length_km} km"),
}
_COLUMN: Final = N_("{column}: sum {sum}, mean {mean}")


def join_file(options: argparse.Namespace, language: Language) -> bool:
    """Join a file and answer with the account of its rows; say whether it was read.

    Raises
    ------
    OSError
        If there is no such file.
    """
    file = Path(options.file)
    content = file.read_bytes()
    told: dict[str, Any]
    try:
        upload = read(content, file.name)
        places = places_in()
        if options.locate:
            located = _located(upload, places, options)
            told = located_report(located, language)
            words = located_in_words(located, told, language)
        else:
            table = join(upload, places)
            told = report(table, language)
            words = in_words(table, told, language)
        is_read = True
    except RefusedError as refused:
        words = refused.say(language)
        told = {"file": file.name, "refused": refused.kind, "message": words}
        is_read = False
    if options.report is None:
        answer(words)
    else:
        text = json.dumps(told, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
        # Half a character of a broken text must not break the answer.
        encoded = text.encode("utf-8", "backslashreplace")
        if options.report == "-":
            answer(encoded)
        else:
            write_whole(Path(options.report), encoded)
    return is_read


def _located(upload: Upload, places: Places, options: argparse.Namespace) -> Located:
    """Locate the rows of a file by position, and join them, too, where they can be."""
    try:
        table = join(upload, places)
        layout = table.layout
    except RefusedError:
        table, layout = None, layout_of(upload, places)
    layer = layer_of(upload, layout)
    if layer is None:
        raise RefusedError("no_county_column", "no_shapes")
    counties = counties_of(Boundaries(boundaries_folder()), places.divisions)
    crs = None if options.crs is None else system(options.crs)
    placed = place(layer, counties, crs)
    return Located(placed=placed, table=table, complete=options.complete)


def located_in_words(located: Located, told: dict[str, Any], language: Language) -> str:
    """Tell the account of a located layer, rows outside one by one, and its figures.

    Parameters
    ----------
    located : Located
        The layer.
    told : dict of str to object
        Its account, as :func:`layers.own.located_account.report` gives it.
    language : {"zh", "en"}
        Language of the text.
    """
    say = speaker(language)
    lines = [located.told(language)]
    lines += [problem["message"] for problem in told["problems"]]
    for row in range(len(located.reasons)):
        if reason := located.say(row, language):
            number = located.placed.layer.number(row)
            lines.append(say(N_("row {row}: {reason}"), row=number, reason=reason))
    for adcode, figures in told["counties"].items():
        name = located.called(adcode, language)
        cells = [
            say(text, **figures) for key, text in _FIGURES.items() if key in figures
        ]
        cells += [
            say(
                _COLUMN,
                column=column,
                sum=f"{of['sum']:.10g}",
                mean=f"{of['mean']:.6g}",
            )
            for column, of in figures["columns"].items()
        ]
        lines.append(f"{adcode} {name}  {say.series(cells)}")
    return "\n".join(lines)


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
            N_(
                "{rows} {rows:row|rows}: {joined} joined, {aside} set aside, {open} "
                "unresolved."
            ),
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
