"""What a reader chooses on a page, in its address beside selection and language.

A page declares which of its widgets stand there, under which names and with which
values; reading and writing them is the session's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from layers.edition.edition import Edition
from layers.select.rejected import NoCounty, Rejected, TooMany

LONGEST: Final = 100
"""Characters of a text that a reader types; a link need not carry more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A choice of a page that stands in its address.

    Attributes
    ----------
    parameter : str
        Its name there; no parameter of a selection has it.
    widget : str
        Key of the widget that holds it.
    usual : object
        What is not said in an address.
    within : (str, str), optional
        Key and value of another widget: where that holds another value this one is not
        on the page, and its address says nothing of it.
    """

    parameter: str
    widget: str
    usual: Any = None
    within: tuple[str, str] | None = None

    def read(
        self, texts: Sequence[str], edition: Edition
    ) -> tuple[Any, list[Rejected]]:
        """Read what the address says, once or several times.

        Parameters
        ----------
        texts : sequence of str
            The values of the parameter, in their order; one at least.
        edition : Edition
            What exists.

        Returns
        -------
        value
            For the widget; :attr:`usual` where nothing of it means anything.
        rejected : list of Rejected
            What means nothing here.
        """
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """Say a value of the widget as the address does; empty for the usual one."""
        return "" if value is None or value == self.usual else str(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Part):
    """Words that a reader types."""

    usual: Any = ""

    def read(
        self,
        texts: Sequence[str],
        edition: Edition,  # noqa: ARG002
    ) -> tuple[Any, list[Rejected]]:
        """Take the last of the texts, as far as a link carries it."""
        return texts[-1][:LONGEST], []

    def write(self, value: Any) -> str:
        """Say what was typed, as far as a link carries it."""
        return str(value or "").strip()[:LONGEST]


@dataclass(frozen=True, slots=True, kw_only=True)
class One(Part):
    """One of several values.

    Attributes
    ----------
    options : callable
        Gives the values that exist in an edition, by their text in an address.
    """

    options: Callable[[Edition], Mapping[str, Any]]

    def read(
        self, texts: Sequence[str], edition: Edition
    ) -> tuple[Any, list[Rejected]]:
        """Take the last of the texts, if there is such a value."""
        known = self.options(edition)
        if texts[-1] in known:
            return known[texts[-1]], []
        return self.usual, [_unknown(self.parameter, texts[-1], known)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Several(Part):
    """Some of several values, with commas between.

    Attributes
    ----------
    options : callable
        Gives the values that exist in an edition, by their text in an address.
    """

    usual: Any = ()
    options: Callable[[Edition], Mapping[str, Any]]

    def read(
        self, texts: Sequence[str], edition: Edition
    ) -> tuple[Any, list[Rejected]]:
        """Take those of the values that there are, each once."""
        known = self.options(edition)
        asked = [*dict.fromkeys(_split(texts))]
        return [known[text] for text in asked if text in known], [
            _unknown(self.parameter, text, known) for text in asked if text not in known
        ]

    def write(self, value: Any) -> str:
        """Say the values with commas between."""
        return ",".join(map(str, value or ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counties(Part):
    """Some counties, by codes and names of today and of the past.

    Attributes
    ----------
    most : int
        More than these are left out, and said.
    """

    usual: Any = ()
    most: int

    def read(
        self, texts: Sequence[str], edition: Edition
    ) -> tuple[Any, list[Rejected]]:
        """Take those of the texts that are one county each."""
        found: dict[str, None] = {}
        rejected: list[Rejected] = []
        for text in dict.fromkeys(_split(texts)):
            meant = edition.choices.meant("counties", text)
            if len(meant) != 1:
                divisions = edition.package.divisions
                rejected.append(NoCounty.of(divisions, self.parameter, text))
            elif len(found) < self.most or meant[0] in found:
                found[meant[0]] = None
            else:
                one = TooMany(
                    parameter=self.parameter, value=text, allowed=(), most=self.most
                )
                rejected.append(one)
        return [*found], rejected

    def write(self, value: Any) -> str:
        """Say the codes with commas between."""
        return ",".join(map(str, value or ()))


def among(names: Iterable[str]) -> Callable[[Edition], Mapping[str, str]]:
    """Return options that are the same in every edition, each said by itself.

    Parameters
    ----------
    names : iterable of str
        The values.
    """
    known = {name: name for name in names}
    return lambda _: known


def programmes(edition: Edition) -> Mapping[str, str]:
    """Return the programmes of an edition as options."""
    return {programme: programme for programme in edition.package.programmes}


_DECLARED: dict[str, tuple[Part, ...]] = {}


def written(path: str, held: Callable[[str], Any]) -> dict[str, str]:
    """Return the parameters of a page, those that say nothing left out.

    Parameters
    ----------
    path : str
        Of the page's address.
    held : callable
        Gives what a widget holds, by its key; None if it was not made yet.
    """
    parts = of(path)
    values = {part.widget: held(part.widget) for part in parts}
    # A widget that was not made yet will hold what is usual.
    shown = {
        part.widget: part.usual if values[part.widget] is None else values[part.widget]
        for part in parts
    }
    texts = {
        part.parameter: part.write(values[part.widget])
        for part in parts
        if part.within is None or shown.get(part.within[0]) == part.within[1]
    }
    return {name: text for name, text in texts.items() if text}


def declare(path: str, parts: Iterable[Part]) -> None:
    """Let the address of a page hold what its widgets hold.

    Parameters
    ----------
    path : str
        Of the page's address, without slashes.
    parts : iterable of Part
        What stands there.
    """
    _DECLARED[path] = tuple(parts)


def of(path: str) -> tuple[Part, ...]:
    """Return what the address of a page holds besides what all pages share."""
    return _DECLARED.get(path, ())


def _split(texts: Iterable[str]) -> list[str]:
    return [part for text in texts for part in text.split(",") if part]


def _unknown(parameter: str, text: str, known: Mapping[str, Any]) -> Rejected:
    return Rejected(parameter=parameter, value=text, allowed=tuple(known))
