"""What the command line answers, as text: tables of programmes and counties, a report.

Pure functions; :mod:`layers.cli.commands` prints what they return.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from geo import __version__
from geo.language import N_, Language, Speaker, speaker
from layers.facts.report import Named, ProgrammeCount, Report, VariableCount
from layers.facts.sections import section_name

UNKNOWN: Final = "–"
"""Stands where no figure is known."""


def aligned(rows: Iterable[Sequence[object]]) -> list[str]:
    """Return rows as lines whose columns stand one below the other in a terminal."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(*texts, strict=True)]
    lines = []
    for row in texts:
        cells = zip(row, widths, strict=True)
        padded = [text + " " * (width - _width(text)) for text, width in cells]
        lines.append("  ".join(padded).rstrip())
    return lines


def version(digest: str, vintage: str, language: Language) -> str:
    """Say which version of the atlas answers, and on what it rests.

    Parameters
    ----------
    digest : str
        Of the tables.
    vintage : str
        Of the boundaries.
    language : {"zh", "en"}
        Language of the headings.
    """
    say = speaker(language)
    rows = [(say(N_("Version")), __version__), *_edition_rows(digest, vintage, say)]
    return "\n".join(aligned(rows))


def edition(digest: str, vintage: str, language: Language) -> str:
    """Say which tables and boundaries an answer rests on.

    Parameters
    ----------
    digest, vintage, language
        As for :func:`version`.
    """
    return "\n".join(aligned(_edition_rows(digest, vintage, speaker(language))))


def _edition_rows(digest: str, vintage: str, say: Speaker) -> list[tuple[str, str]]:
    return [(say(N_("Data digest")), digest), (say(N_("Boundary vintage")), vintage)]


def list_text(
    programmes: Iterable[ProgrammeCount],
    variables: Iterable[VariableCount],
    language: Language,
) -> str:
    """Return tables of the programmes and of the other variables, by kind.

    Parameters
    ----------
    programmes : iterable of ProgrammeCount
        Counts of each programme.
    variables : iterable of VariableCount
        Counts of each other variable.
    language : {"zh", "en"}
        Language of the text.
    """
    parts = [programmes_text(programmes, language)]
    parts += blocks(variable_sections(variables, language))
    return "\n\n".join(parts)


def variable_sections(
    counts: Iterable[VariableCount], language: Language
) -> list[tuple[str, list[str]]]:
    """Return a heading a kind, with a table of its variables."""
    say = speaker(language)
    head = [
        say(N_("Identifier")),
        say(N_("matched")),
        say(N_("no")),
        say(N_("not said")),
        say(N_("reported elsewhere")),
        say(N_("Unit")),
        say(N_("Variable")),
        say(N_("Completeness")),
    ]
    kinds: dict[str, list[list[object]]] = {}
    for count in counts:
        kinds.setdefault(count.kind_label, []).append(
            [
                count.id,
                count.matched,
                count.no,
                count.not_said,
                count.reported,
                say.pick(count.unit_zh, count.unit_en) or UNKNOWN,
                count.name(language),
                say(count.completeness_label),
            ]
        )
    return [(say(label), aligned([head, *rows])) for label, rows in kinds.items()]


def programmes_text(counts: Iterable[ProgrammeCount], language: Language) -> str:
    """Return a table of the programmes: how many counties, by whose word."""
    say = speaker(language)
    head = [
        say(N_("Identifier")),
        say(N_("stated")),
        say(N_("named")),
        say(N_("derived")),
        say(N_("matched")),
        say(N_("no")),
        say(N_("not said")),
        say(N_("reported elsewhere")),
        say(N_("Programme")),
        say(N_("Completeness")),
    ]
    rows = [
        [
            count.id,
            *map(_figure, (count.stated, count.named, count.derived, count.matched)),
            count.no,
            count.not_said,
            count.reported,
            count.name(language),
            say(count.completeness_label),
        ]
        for count in counts
    ]
    return "\n".join(aligned([head, *rows]))


def selection_text(
    features: pd.DataFrame, about: Mapping[str, Any], language: Language
) -> str:
    """Return a table of selected counties under the selection in words.

    Parameters
    ----------
    features : pandas.DataFrame
        Of :func:`layers.files.export.feature_table`.
    about : mapping
        Of :func:`layers.files.export.metadata` for the same features.
    language : {"zh", "en"}
        Language of the table.
    """
    say = speaker(language)
    head = [
        say(N_("Adcode")),
        say(N_("County")),
        say(N_("Romanised name")),
        say(N_("Prefecture")),
        say(N_("Area (km²)")),
    ]
    columns = ("name", "name_en", "prefecture")
    rows = [
        [adcode, *(row[c] for c in columns), f"{row['area_km2']:,.0f}"]
        for adcode, row in features.iterrows()
    ]
    count = say(
        N_("{n} of {total} counties selected"),
        n=about["count"],
        total=about["count_total"],
    )
    return "\n".join([about["selection"][language], count, *aligned([head, *rows])])


def report_text(report: Report, language: Language) -> str:
    """Say the state of the data."""
    say = speaker(language)
    used = [source for source in report.sources if source.rows]
    unused = [source for source in report.sources if not source.rows]
    programmes = programmes_text(report.programmes, language).splitlines()
    missing = report.without_membership
    evidence = [
        say(
            N_(
                "{name}: counted {counted} · named {named} · with outside evidence "
                "{n}: {counties}"
            ),
            name=count.name(language),
            counted=_figure(count.counted),
            named=count.named,
            n=len(count.beyond),
            counties=_names(count.beyond, say) or UNKNOWN,
        )
        for count in report.evidence
    ]
    sections = [
        (
            say(N_("Tables")),
            aligned([(t.file, t.rows, say(t.title)) for t in report.tables]),
        ),
        (say(N_("Programmes")), programmes),
        *variable_sections(report.variables, language),
        (
            say(N_("Sources in use, with the rows that rest on each")),
            aligned([(s.id, s.rows, s.name(language)) for s in used]),
        ),
        (
            say(N_("Sources on which no row rests: {n}"), n=len(unused)),
            aligned([(s.id, s.name(language)) for s in unused]),
        ),
        (
            say(
                N_("Counties without any membership: {n} of {total}"),
                n=len(missing),
                total=report.counties,
            ),
            [_names(missing, say)] if missing else [],
        ),
        (
            say(N_("Reports of counties that the source does not name")),
            evidence,
        ),
        (
            say(N_("Targets by section of the plan")),
            [
                say.series(
                    f"{section_name(t.label, say)} {t.targets}"
                    for t in report.targets_by_section
                )
            ],
        ),
        (
            say(N_("Targets by sector")),
            aligned([(say(t.label), t.targets) for t in report.targets_by_sector]),
        ),
    ]
    about = edition(report.digest, report.boundary_vintage, language)
    # Nothing to list is an answer too: there the heading stands alone.
    return "\n\n".join([about, *blocks(sections, keep_empty=True)])


def blocks(
    sections: Iterable[tuple[str, Sequence[str]]], *, keep_empty: bool = False
) -> list[str]:
    """Return headings with their lines below, those without lines if they are kept."""
    return [
        "\n".join([title, *indented(lines)])
        for title, lines in sections
        if lines or keep_empty
    ]


def indented(lines: Iterable[str]) -> list[str]:
    """Return lines as they stand below a heading."""
    return [f"  {line}" for line in lines]


def _names(items: Iterable[Named], say: Speaker) -> str:
    return say.series(item.name(say.language) for item in items)


def _figure(count: int | None) -> str:
    return UNKNOWN if count is None else str(count)


def _width(text: str) -> int:
    """Count the cells of a terminal: a Chinese character takes two, a mark none."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))
