"""The address of a view: selection, theme and language as a query string."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from geo.language import LANGUAGES, Language
from layers.facts.package import Package
from layers.select.choices import Choices
from layers.select.selection import Rejected, Selection
from layers.themes.themes import USUAL, theme_id, themes, view_parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What an address asks to see.

    Attributes
    ----------
    selection : Selection
        Which counties.
    theme : str
        A key of :func:`layers.themes.themes.themes`.
    language : {"zh", "en"}
        In which language.
    """

    selection: Selection
    theme: str
    language: Language

    @classmethod
    def read(
        cls, parameters: Mapping[str, str], package: Package, choices: Choices
    ) -> tuple[Address, tuple[Rejected, ...]]:
        """Read the parameters of a query string as far as they mean something.

        Parameters
        ----------
        parameters : mapping of str to str
            As they stand in the address.
        package : layers.facts.package.Package
            The facts.
        choices : layers.select.choices.Choices
            What exists.

        Returns
        -------
        address : Address
            What is left out is as in a new address.
        rejected : tuple of layers.select.selection.Rejected
            What means nothing here.
        """
        rest = dict(parameters)
        wrong: tuple[Rejected, ...] = ()
        language = rest.pop("lang", LANGUAGES[0])
        if language not in LANGUAGES:
            wrong += (Rejected(parameter="lang", value=language, allowed=LANGUAGES),)
            language = LANGUAGES[0]
        asked = rest.pop("see", USUAL)
        theme = theme_id(package, asked)
        if theme is None:
            known = (*themes(package),)
            wrong += (Rejected(parameter="see", value=asked, allowed=known),)
        selection, rejected = Selection.from_query(rest, choices)
        address = cls(
            selection=selection,
            theme=theme or USUAL,
            language=language,
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
