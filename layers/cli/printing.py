"""Commands that print: a sheet, the atlas."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from geo.language import N_, Language, speaker
from layers.cli.output import NotWrittenError, write_whole
from layers.facts.county_table import county_table
from layers.facts.package import Package
from layers.select.selection import Selection

SUFFIXES: Final = ("pdf", "png", "svg")
"""Ends of file names, each of which chooses the kind of sheet."""


def draw_sheet(
    options: argparse.Namespace,
    package: Package,
    selection: Selection,
    theme: str,
    language: Language,
) -> None:
    """Draw a sheet into the file that the options name; its suffix is the format.

    Parameters
    ----------
    options : argparse.Namespace
        With ``output``, ``paper`` and ``orientation``.
    package : Package
        The facts.
    selection : Selection
        Which counties.
    theme : str
        How they are seen.
    language : {"zh", "en"}
        Language of the sheet.
    """
    from layers import sheet

    _look_for_font(options.output)
    target = Path(options.output)
    content = sheet.draw(
        package,
        county_table(package),
        selection,
        paper=options.paper,
        orientation=options.orientation,
        format=target.suffix.lstrip(".").lower(),  # type: ignore[arg-type] # checked
        language=language,
        theme=theme,
    )
    write_whole(target, content)


def make_atlas(
    options: argparse.Namespace,
    package: Package,
    selection: Selection,
    language: Language,
) -> None:
    """Make the atlas of a selection, with its progress on a terminal.

    Parameters
    ----------
    options : argparse.Namespace
        What was written on the command line.
    package : Package
        The facts.
    selection : Selection
        Which counties have pages.
    language : {"zh", "en"}
        Language of the text.
    """
    from layers.sheet import atlas_book

    _look_for_font(options.output)
    content = atlas_book.make(
        package,
        county_table(package),
        selection,
        language=language,
        progress=_progress(language),
    )
    write_whole(Path(options.output), content)


def _look_for_font(output: str) -> None:
    from layers.sheet import font

    try:
        font.face()
    except font.FontMissingError:
        raise NotWrittenError(output, OSError(0, font.NO_FONT)) from None


def sheet_file(text: str) -> str:
    """Accept the name of a sheet's file, for argparse."""
    if Path(text).suffix.lstrip(".").lower() not in SUFFIXES:
        ends = ", ".join(f".{suffix}" for suffix in SUFFIXES)
        raise argparse.ArgumentTypeError(f"the file's name must end in {ends}")
    return text


def _progress(language: Language) -> Callable[[int, int], None]:
    shows = sys.stderr.isatty()

    def show(done: int, total: int) -> None:
        if shows:
            end = "\n" if done == total else ""
            text = speaker(language)(N_("page {n} of {total}"), n=done, total=total)
            print(f"\r{text}", end=end, file=sys.stderr, flush=True)

    return show
