"""The address of a view: selection, theme and language as a query string.

A view may have a second one beside it, which stands in one parameter of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast
from urllib.parse import parse_qsl, urlencode

from geo.language import LANGUAGES, N_, Language, speaker
from layers.edition.asked import GivenTwice, pairs_of, take_one, take_theme
from layers.facts.package import Package
from layers.select.choices import Choices
from layers.select.rejected import Rejected
from layers.select.selection import Selection
from layers.themes.themes import view_parameters
from layers.webmap.second_map import SPLITS, Split

BESIDE: Final = "beside"
"""The parameter that holds the second map: selection and theme, as a query string."""

SPLIT: Final = "split"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A second map, seen together with that of an address.

    Attributes
    ----------
    selection : Selection
        Which counties.
    theme : str
        A key of :func:`layers.themes.themes.themes`.
    split : {"swipe", "side"}
        How the two share the room.
    """

    selection: Selection
    theme: str
    split: Split = SPLITS[0]

    def query(self) -> str:
        """Return selection and theme as a query string; empty for all counties."""
        return urlencode(view_parameters(self.selection, self.theme))


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What an address asks to see.

    Attributes
    ----------
    selection : Selection
        Which counties.
    theme : str
        What :func:`layers.themes.themes.theme_of` knows.
    language : {"zh", "en"}
        In which language.
    beside : Beside, optional
        A second map.
    """

    selection: Selection
    theme: str
    language: Language
    beside: Beside | None = None

    @classmethod
    def read(
        cls,
        parameters: Mapping[str, str] | Iterable[tuple[str, str]],
        package: Package,
        choices: Choices,
        *,
        language: Language = "zh",
    ) -> tuple[Address, tuple[Rejected, ...]]:
        """Read the parameters of a query string as far as they mean something.

        Parameters
        ----------
        parameters : mapping of str to str, or iterable of (str, str)
            As they stand in the address. A list that stands there twice counts
            twice; language and theme are one each.
        package : layers.facts.package.Package
            The facts.
        choices : layers.select.choices.Choices
            What exists.
        language : {"zh", "en"}
            In which to answer an address that does not say.

        Returns
        -------
        address : Address
            What is left out is as in a new address.
        rejected : tuple of layers.select.rejected.Rejected
            What means nothing here.
        """
        rest = pairs_of(parameters)
        spoken, rest, wrong = take_one(rest, "lang", LANGUAGES, language)
        beside, rest, rejected = take_beside(rest, package, choices)
        wrong += rejected
        selection, theme, rejected = _read_view(rest, package, choices)
        address = cls(
            selection=selection,
            theme=theme,
            language=cast(Language, spoken),
            beside=beside,
        )
        return address, rejected + wrong

    def query(self) -> str:
        """Return all but the language as a query string."""
        return urlencode(replace(self, language="zh").parameters())

    def parameters(self) -> dict[str, str]:
        """Return the parameters that :meth:`read` reads, the usual ones left out."""
        parameters = view_parameters(self.selection, self.theme)
        if self.beside:
            parameters[BESIDE] = self.beside.query()
            if self.beside.split != SPLITS[0]:
                parameters[SPLIT] = self.beside.split
        if self.language != "zh":
            parameters["lang"] = self.language
        return parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongBeside(Rejected):
    """A part of what stands beside that means nothing here."""

    part: Rejected

    def say(self, language: Language) -> str:
        """Say the same as of the first map, and that it is of the second."""
        say = speaker(language)
        return say(N_("Second map: {fault}"), fault=self.part.say(language))


def _read_view(
    pairs: Iterable[tuple[str, str]], package: Package, choices: Choices
) -> tuple[Selection, str, tuple[Rejected, ...]]:
    """Read selection and theme."""
    theme, rest, wrong = take_theme(pairs, package)
    selection, rejected = Selection.from_query(rest, choices)
    return selection, theme, rejected + wrong


def take_beside(
    pairs: Sequence[tuple[str, str]], package: Package, choices: Choices
) -> tuple[Beside | None, list[tuple[str, str]], tuple[Rejected, ...]]:
    """Take the second map out of the parameters of an address.

    Parameters
    ----------
    pairs : sequence of (str, str)
        Names and values as they stand there.
    package : layers.facts.package.Package
        The facts.
    choices : layers.select.choices.Choices
        What exists.

    Returns
    -------
    beside, rest, rejected
        The map, if one is asked for; the other parameters; what means nothing.
    """
    split, rest, wrong = take_one(pairs, SPLIT, SPLITS, SPLITS[0])
    given = [*dict.fromkeys(value for name, value in rest if name == BESIDE)]
    rest = [pair for pair in rest if pair[0] != BESIDE]
    if len(given) > 1:
        values = " ≠ ".join(value[:20] for value in given)
        twice = GivenTwice(parameter=BESIDE, value=values, allowed=())
        return None, rest, (*wrong, twice)
    if not given:
        return None, rest, wrong
    asked = parse_qsl(given[0], keep_blank_values=True)
    selection, theme, rejected = _read_view(asked, package, choices)
    wrong += tuple(
        WrongBeside(parameter=BESIDE, value=given[0], allowed=(), part=part)
        for part in rejected
    )
    beside = Beside(selection=selection, theme=theme, split=cast(Split, split))
    return beside, rest, wrong
