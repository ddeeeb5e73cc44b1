"""The address of a view: selection, theme and language as a query string."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast
from urllib.parse import urlencode

from geo.language import LANGUAGES, N_, Language, speaker
from layers.facts.package import Package
from layers.select.choices import Choices
from layers.select.rejected import Rejected
from layers.select.selection import Selection
from layers.themes.themes import USUAL, asked_for, theme_id, view_parameters


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
    """

    selection: Selection
    theme: str
    language: Language

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
        rest = [(n, (theme_id(package, v) or v) if n == "see" else v) for n, v in rest]
        known = asked_for(package, (v for n, v in rest if n == "see"))
        theme, rest, rejected = take_one(rest, "see", known, USUAL)
        wrong += rejected
        selection, rejected = Selection.from_query(rest, choices)
        address = cls(
            selection=selection,
            theme=theme,
            language=cast(Language, spoken),
        )
        return address, rejected + wrong

    def query(self) -> str:
        """Return selection and theme as a query string, whatever the language."""
        return urlencode(replace(self, language="zh").parameters())

    def parameters(self) -> dict[str, str]:
        """Return the parameters that :meth:`read` reads, the usual ones left out."""
        parameters = view_parameters(self.selection, self.theme)
        if self.language != "zh":
            parameters["lang"] = self.language
        return parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTwice(Rejected):
    """A parameter that can have one value stands in an address with several."""

    def say(self, language: Language) -> str:
        """Say which, and that one value is wanted."""
        return speaker(language)(
            N_("“{parameter}” stands there more than once, as {values}: give it once."),
            parameter=self.parameter,
            values=(self.value or "")[:60],
        )


def pairs_of(
    parameters: Mapping[str, str] | Iterable[tuple[str, str]],
) -> list[tuple[str, str]]:
    """List names and values as they stand in an address, repeated ones too."""
    return [*(parameters.items() if isinstance(parameters, Mapping) else parameters)]


def take_one(
    pairs: Iterable[tuple[str, str]], name: str, allowed: Sequence[str], default: str
) -> tuple[str, list[tuple[str, str]], tuple[Rejected, ...]]:
    """Take a parameter that can have one value out of those of an address.

    Parameters
    ----------
    pairs : iterable of (str, str)
        Names and values as they stand there.
    name : str
        Of the parameter.
    allowed : sequence of str
        Its values.
    default : str
        What it is where it does not stand there, or means nothing.

    Returns
    -------
    value : str
        One of `allowed`.
    rest : list of (str, str)
        The other parameters.
    rejected : tuple of layers.select.rejected.Rejected
        A value that does not exist, or several that differ; the same value twice is
        that value.

    Examples
    --------
    >>> take_one([("lang", "en"), ("all", "a")], "lang", ("zh", "en"), "zh")
    ('en', [('all', 'a')], ())
    """
    pairs = [*pairs]
    rest = [pair for pair in pairs if pair[0] != name]
    given = [*dict.fromkeys(value for key, value in pairs if key == name)] or [default]
    if len(given) > 1:
        values = " ≠ ".join(value[:20] for value in given)
        twice = GivenTwice(parameter=name, value=values, allowed=tuple(allowed))
        return default, rest, (twice,)
    if given[0] not in allowed:
        wrong = Rejected(parameter=name, value=given[0], allowed=tuple(allowed))
        return default, rest, (wrong,)
    return given[0], rest, ()
