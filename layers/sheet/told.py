"""What a sheet says of itself to programs: title, author, terms, keywords."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo.language import Language

CREATOR: Final = "Hebei Programme Atlas"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a file of a sheet, or of a book of them, says of itself.

    Attributes
    ----------
    subject : str
        The selection in words.
    credit : str
        Who drew the boundaries, with the map-approval number.
    keywords : tuple of str
        By which catalogues find it.
    mark : str
        Of :func:`layers.files.marker.marker`: it leads the file home.
    made_on : datetime.date or None
        None where the same facts are to give the same bytes.
    """

    title: str
    subject: str
    author: str
    credit: str
    keywords: tuple[str, ...]
    language: Language
    mark: str = ""
    made_on: date | None = None

    @classmethod
    def of(
        cls,
        about: Mapping[str, Any],
        title: str,
        language: Language,
        mark: str,
        made_on: date | None,
    ) -> Told:
        """Take it from the metadata of the counties on the sheet.

        Parameters
        ----------
        about : mapping of str to object
            What :func:`layers.files.metadata.metadata` gave.
        title : str
            What the file is called.
        language : {"zh", "en"}
            Language of the text.
        mark : str
            Leads the file home; see `mark`.
        made_on : date or None
            The day that is written into it, if any.
        """
        return cls(
            title=title,
            subject=about["selection"][language],
            author=about["sources"][-1]["publisher"][language],
            credit=about["credit"][language],
            keywords=tuple(about["keywords"][language]),
            language=language,
            mark=mark,
            made_on=made_on,
        )

    @property
    def tag(self) -> str:
        """The language as a tag of BCP 47."""
        return "zh-CN" if self.language == "zh" else "en"

    def in_words_of(self, form: str) -> dict[str, Any]:
        """Return it as Matplotlib writes it into a PNG or an SVG."""
        day = self.made_on.isoformat() if self.made_on else None
        if form == "svg":
            return {
                "Title": self.title,
                "Creator": CREATOR,
                "Date": day,
                "Description": f"{self.subject} {self.mark}".strip(),
                "Language": self.tag,
                "Rights": self.credit,
                "Keywords": [*self.keywords],
            }
        return {
            "Title": self.title,
            "Software": CREATOR,
            "Author": self.author,
            "Description": self.subject,
            "Copyright": self.credit,
            "Comment": self.mark,
        }
