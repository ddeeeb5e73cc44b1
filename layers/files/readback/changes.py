"""What has changed in the data since a file was made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from geo.language import N_, Language, speaker
from layers.facts.package import Package
from layers.files.readback.reading import ReadBack
from layers.select.choices import Choices
from layers.select.rejected import Rejected
from layers.select.selection import Selection

_MOST_NAMES: Final = 12
"""So many names or codes stand in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What the selection of a file gives now, against what the file holds.

    Attributes
    ----------
    origin : ReadBack
        The file.
    selection : Selection
        What of its selection still exists.
    rejected : tuple of Rejected
        What does not, and is left out.
    data_are_same : bool or None
        Whether the tables are those of the file; unknown if it does not say.
    vintage : str
        Of the boundaries of now.
    count : int
        Counties that `selection` gives now.
    added, lacking : tuple of str
        Adcodes that it gives and the file has not; that the file has and it does not
        give.
    unknown : tuple of str
        Those of `lacking` that are no county of now.
    """

    origin: ReadBack
    selection: Selection
    rejected: tuple[Rejected, ...]
    data_are_same: bool | None
    vintage: str
    count: int
    added: tuple[str, ...]
    lacking: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def vintage_is_same(self) -> bool:
        """Whether codes and boundaries are of the same year, as far as it is known."""
        return self.origin.vintage in {None, self.vintage}

    def sentences(self, package: Package, language: Language) -> list[str]:
        """Say what the file was made by, and what has changed since."""
        say = speaker(language)
        file = self.origin
        sentences = [
            say(
                N_("“{name}” was made by this selection: {selection}."),
                name=file.name,
                selection=self.selection.sentence(language, package),
            ),
            say(_EDITIONS[self.data_are_same]),
        ]
        if not self.vintage_is_same:
            text = N_(
                "The file has the boundaries of {then}, the atlas those of {now}: "
                "codes and names may differ."
            )
            sentences.append(say(text, then=str(file.vintage)[:20], now=self.vintage))
        if self.rejected:
            sentences.append(
                say(N_("What no longer exists was left out of the selection:"))
            )
            sentences += [part.say(language) for part in self.rejected[:_MOST_NAMES]]
        if not self.added and not self.lacking:
            text = N_(
                "The selection gives the same {n} {n:county|counties} as the file."
            )
            return [*sentences, say(text, n=self.count)]
        if self.data_are_same and not self.rejected:
            sentences.append(
                say(N_("Rows were added to the file or taken out of it by hand."))
            )
        for text, codes in (
            (N_("Selected now, but not in the file ({n}): {names}."), self.added),
            (N_("In the file, but not selected now ({n}): {names}."), self.lacking),
        ):
            names = _names(codes, self.unknown, package, language)
            sentences += [say(text, n=len(codes), names=names)] if codes else []
        if self.unknown:
            codes = self.unknown[:_MOST_NAMES]
            text = N_("No county of today has these codes: {codes}.")
            sentences.append(say(text, codes=say.series(codes)))
        return sentences


_EDITIONS: Final = {
    True: N_("The data are those of which the file was made."),
    False: N_("The data have changed since the file was made."),
    None: N_("The file does not say of which edition of the data it was made."),
}


def changes(package: Package, counties: pd.DataFrame, origin: ReadBack) -> Changes:
    """Compare a file with what its selection gives now.

    Parameters
    ----------
    package : layers.facts.package.Package
        The facts of now.
    counties : pandas.DataFrame
        The county table.
    origin : ReadBack
        What the file says.
    """
    selection, rejected = Selection.from_query(origin.query, Choices.of(package))
    now = [str(adcode) for adcode in selection.apply(counties)]
    lacking = tuple(code for code in origin.adcodes if code not in {*now})
    digest = origin.digest
    return Changes(
        origin=origin,
        selection=selection,
        rejected=rejected,
        data_are_same=None if digest is None else digest == package.digest,
        vintage=str(package.boundaries.metadata().vintage),
        count=len(now),
        added=tuple(code for code in now if code not in {*origin.adcodes}),
        lacking=lacking,
        unknown=tuple(code for code in lacking if code not in counties.index),
    )


def _names(
    codes: Iterable[str], unknown: Iterable[str], package: Package, language: Language
) -> str:
    say = speaker(language)
    known = [code for code in codes if code not in {*unknown}]
    names = [package.divisions.called(code, language) for code in known]
    names += [code for code in codes if code in {*unknown}]
    shown = say.series(names[:_MOST_NAMES])
    return f"{shown} …" if len(names) > _MOST_NAMES else shown
