"""Records of divisions: each as it is today, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from geo.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """One division of the boundary vintage."""

    adcode: str
    level: str
    name: str
    short_name: str
    name_en: str
    pinyin: str
    initials: str
    parent: str
    former_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of name or code: a row of the crosswalk."""

    former_adcode: str
    former_name: str
    adcode: str
    name: str
    kind: str
    changed_by: str
    approved: str
    source: str
    section: str
    confidence: str
    note_zh: str
    note_en: str

    @property
    def dated(self) -> str:
        """When it was approved, or else when the code lists followed."""
        return self.approved or self.changed_by


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryChange:
    """Ground that went from one division to another.

    Attributes
    ----------
    from_adcode, from_name, to_adcode, to_name : str
        Who gave and who received; today's divisions where they still exist.
    approved : str
        ISO date, or year and month, or the year.
    not_before : str
        Where only lists of two dates witness the change: the date of the last that has
        the ground where it was; ``approved`` is that of the first that has it no more.
        Empty where a source tells when it was.
    boundary : {"moved", "stayed"}
        Whether today's boundaries follow; else the one who received the ground runs it,
        and counts it, within the boundary of the one who gave it.
    what_zh, what_en : str
        What ground it was.
    """

    from_adcode: str
    from_name: str
    to_adcode: str
    to_name: str
    approved: str
    boundary: str
    what_zh: str
    what_en: str
    source: str
    section: str
    confidence: str
    not_before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Administration:
    """Who runs a county, where that is not the prefecture of its code.

    Attributes
    ----------
    id : str
        Of the body or way of administration; several counties may share it.
    kind : str
        ``new_area`` or ``direct``, see the descriptor.
    since : str
        ISO date, or year and month, or the year.
    code : str
        Under which statistics list it as a unit of prefecture level; ``""`` if they
        do not. Its counties keep codes that do not begin as this one does.
    code_source, code_section, code_confidence : str
        Where the code stands, and how sure it is.
    """

    id: str
    adcode: str
    kind: str
    since: str
    name_zh: str
    name_en: str
    short_zh: str
    pinyin: str
    source: str
    section: str
    confidence: str
    code: str
    code_source: str
    code_section: str
    code_confidence: str
    note_zh: str
    note_en: str

    def name(self, language: Language) -> str:
        """Return the name of the body in one language."""
        return self.name_en if language == "en" else self.name_zh


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A code or name that leads to a county and was never its own.

    Attributes
    ----------
    kind : str
        ``statistical_code``, ``part`` of a county, or ``spelling``.
    """

    adcode: str
    alias: str
    alias_en: str
    kind: str
    source: str
    section: str
    confidence: str
    note_zh: str
    note_en: str
