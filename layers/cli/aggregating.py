"""The command that adds a large table up to counties."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Final

from geo.boundaries import Boundaries
from geo.folders import boundaries_folder
from geo.language import N_, Language
from layers import settings
from layers.cli.output import answer, complain, write_whole
from layers.own.register import places_in

ROLES: Final = {
    "code": "column of codes of 6, 9 or 12 digits",
    "name": "column of counties' names",
    "prefecture": "column of prefectures, beside one of names",
    "lon": "column of longitudes, WGS 84",
    "lat": "column of latitudes",
}
"""Options that name columns, and their help."""


def aggregate_table(options: argparse.Namespace, language: Language) -> int:
    """Add a table up, write the county table, and account for the rows.

    Returns
    -------
    int
        0, or 1 if the engine gave up. A question that does not fit is raised.
    """
    # Here, because no other command needs ibis and DuckDB.
    from layers.aggregate.document import document, format_of_file
    from layers.aggregate.faults import AggregateError, EngineError
    from layers.aggregate.question import Question
    from layers.aggregate.report import in_words, report
    from layers.aggregate.run import aggregate

    try:
        chosen = settings.read()
    except settings.SettingsError as error:
        complain(error.say(language))
        return 1
    to_file = options.output not in {None, "-"}
    if options.report == "-" and not to_file:
        raise AggregateError(
            N_(
                "The table and its account cannot both go to standard output: name a "
                "file behind -o or behind --report."
            )
        )
    form = format_of_file(options.output if to_file else ".csv")
    least = options.suppress
    question = Question(
        where=options.file,
        measures=tuple(options.measure),
        by=options.by,
        roles={role: value for role in ROLES if (value := getattr(options, role))},
        persons=options.persons or "",
        least=chosen.aggregate_suppress if least is None else least,
        totals=options.totals,
        memory_mb=chosen.aggregate_memory_mb,
        threads=chosen.aggregate_threads,
    )
    places, boundaries = places_in(), Boundaries(boundaries_folder())
    try:
        found = aggregate(question, places, boundaries)
    except EngineError as error:
        complain(error.say(language))
        return 1
    made = document(
        found,
        places,
        boundaries,
        with_shapes=form.kind == "vector",
        language=language,
    )
    content = form.writer(made)
    if to_file:
        write_whole(Path(options.output), content)
    else:
        answer(content)
    if options.report is None:
        complain("\n".join(in_words(found, places, language)))
    else:
        told = json.dumps(
            report(found, language), ensure_ascii=False, allow_nan=False, indent=2
        )
        encoded = f"{told}\n".encode("utf-8", "backslashreplace")
        if options.report == "-":
            answer(encoded)
        else:
            write_whole(Path(options.report), encoded)
    return 0
