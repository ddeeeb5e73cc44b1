"""Files that other programs have saved: which counties are in them, by their codes.

What says how a file was made is lost when it is saved again elsewhere; the codes of its
rows are not. They are read in a process of its own, like any table of a user's.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.own.joined import join
from layers.own.reading import read
from layers.own.refusals import RefusedError
from layers.own.register import places_of
from layers.select.selection import Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The counties of a file that says nothing of its making.

    Attributes
    ----------
    name : str
        Of the file, fit to be shown.
    format : str
        As :class:`layers.own.reading.Upload` calls it.
    adcodes : tuple of str
        Of the counties of today, in order, each once.
    rows : int
        Rows that should be a county.
    unresolved : int
        Rows of which it is not known which county they are.
    """

    name: str
    format: str
    adcodes: tuple[str, ...]
    rows: int
    unresolved: int

    @property
    def selection(self) -> Selection:
        """The counties, one by one: by which condition they were chosen is lost."""
        return Selection(counties=self.adcodes)

    def sentences(
        self, counties: pd.DataFrame, before: Selection, language: Language
    ) -> list[str]:
        """Say what was recognised.

        Parameters
        ----------
        counties : pandas.DataFrame
            The county table.
        before : Selection
            What was selected when the file came.
        language : {"zh", "en"}
            Of the sentences.
        """
        say = speaker(language)
        chosen = {*before.apply(counties)}
        sentences = [
            say(
                N_(
                    "“{name}” does not say by which selection it was made; another "
                    "program has saved it, or it is a table of your own."
                ),
                name=self.name,
            ),
            say(
                N_(
                    "{n} {n:county was|counties were} recognised by code or name, "
                    "{same} of the selection before; what was recognised is selected "
                    "now."
                ),
                n=len(self.adcodes),
                same=len(chosen & {*self.adcodes}),
            ),
        ]
        if self.unresolved:
            sentences.append(
                say(
                    N_("In {n} {n:row|rows} no county was recognised."),
                    n=self.unresolved,
                )
            )
        return sentences


def recognise(package: Package, content: bytes, name: str) -> Recognised | None:
    """Recognise the counties of a file of another program.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts.
    content : bytes
        The file.
    name : str
        What it is called.

    Returns
    -------
    Recognised or None
        None if it is no table or layer, or no row of it is a county.
    """
    try:
        table = join(read(content, name), places_of(package))
        details = table.details
    except RefusedError:
        return None
    named = [d for d in details if d.verdict.adcode and d.group != "set_aside"]
    adcodes = {d.verdict.adcode for d in named} | {
        d.verdict.adcode for d in details if d.verdict.outcome == "duplicate"
    }
    known = tuple(sorted(a for a in adcodes if a in table.places.counties))
    if not known:
        return None
    unresolved = sum(d.group == "unresolved" and not d.verdict.adcode for d in details)
    return Recognised(
        name=name,
        format=table.upload.format,
        adcodes=known,
        rows=len(details) - sum(d.group == "set_aside" for d in details),
        unresolved=unresolved,
    )
