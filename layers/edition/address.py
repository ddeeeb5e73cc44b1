"""The address of a view: selection, way of seeing and language as a query string."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast
from urllib.parse import urlencode

from geo.language import LANGUAGES, Language
from layers.select.selection import Choices, Rejected, Selection
from layers.themes.themes import WAYS, Way, view_parameters


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """What an address asks to see.

    Attributes
    ----------
    selection : Selection
        Which counties.
    way : str
        A key of :data:`layers.themes.themes.WAYS`.
    language : {"zh", "en"}
        In which language.
    """

    selection: Selection
    way: Way
    language: Language

    @classmethod
    def read(
        cls, parameters: Mapping[str, str], choices: Choices
    ) -> tuple[Address, tuple[Rejected, ...]]:
        """Read the parameters of a query string as far as they mean something.

        Parameters
        ----------
        parameters : mapping of str to str
            As they stand in the address.
        choices : layers.select.selection.Choices
            What exists.

        Returns
        -------
        address : Address
            What is left out is as in a new address.
        rejected : tuple of layers.select.selection.Rejected
            What means nothing here.
        """
        rest = dict(parameters)
        found = {}
        wrong: tuple[Rejected, ...] = ()
        for name, allowed in (("lang", LANGUAGES), ("see", tuple(WAYS))):
            value = rest.pop(name, allowed[0])
            found[name] = value if value in allowed else allowed[0]
            if value not in allowed:
                wrong += (Rejected(parameter=name, value=value, allowed=allowed),)
        selection, rejected = Selection.from_query(rest, choices)
        address = cls(
            selection=selection,
            way=cast(Way, found["see"]),
            language=cast(Language, found["lang"]),
        )
        return address, rejected + wrong

    def query(self) -> str:
        """Return selection and way as a query string, whatever the language."""
        return urlencode(replace(self, language="zh").parameters())

    def parameters(self) -> dict[str, str]:
        """Return the parameters that :meth:`read` reads, the usual ones left out."""
        parameters = view_parameters(self.selection, self.way)
        if self.language != "zh":
            parameters["lang"] = self.language
        return parameters
