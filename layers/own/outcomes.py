"""What becomes of a row, and what is said of it: why, and how to settle it."""

from __future__ import annotations

from typing import Final, Literal

from geo.language import N_

Group = Literal["joined", "set_aside", "unresolved"]

GROUPS: Final[dict[Group, tuple[str, ...]]] = {
    "joined": (
        "joined_code",
        "joined_past_code",
        "joined_name",
        "joined_past_name",
        "joined_qualified",
        "joined_decision",
    ),
    "set_aside": (
        "total_row",
        "prefecture_row",
        "zone",
        "note_row",
        "blank_row",
        "left_out",
    ),
    "unresolved": ("ambiguous", "not_found", "disagreement", "duplicate", "split"),
}

GROUP_OF: Final[dict[str, Group]] = {
    outcome: group for group, outcomes in GROUPS.items() for outcome in outcomes
}

TITLES: Final = {
    "joined": N_("joined"),
    "set_aside": N_("set aside"),
    "unresolved": N_("unresolved"),
    "joined_code": N_("joined by code"),
    "joined_past_code": N_("joined by a code of the past"),
    "joined_name": N_("joined by name"),
    "joined_past_name": N_("joined by a name of the past"),
    "joined_qualified": N_("joined by name and prefecture"),
    "joined_decision": N_("joined by your decision"),
    "total_row": N_("a total"),
    "prefecture_row": N_("a whole prefecture"),
    "zone": N_("a zone that is no county"),
    "note_row": N_("a note"),
    "blank_row": N_("an empty row"),
    "left_out": N_("left out by your decision"),
    "ambiguous": N_("several counties have the name"),
    "not_found": N_("no county found"),
    "disagreement": N_("code and name disagree"),
    "duplicate": N_("several rows of one county"),
    "split": N_("a county that was divided"),
}

SENTENCES: Final = {
    "ambiguous": N_(
        "“{name}” is or was the name of several counties. Choose one, or add the code "
        "or the prefecture."
    ),
    "short_of_prefecture": N_(
        "“{name}” is a prefecture and the short name of a county. Choose the county, "
        "or leave the row out."
    ),
    "not_found": N_(
        "No county of Hebei is called “{name}”. Choose one, or leave the row out."
    ),
    "code_unknown": N_(
        "No county of Hebei has the code {code}. Choose one, or leave the row out."
    ),
    "code_beneath": N_(
        "No county of Hebei has the code {code}. It begins as the code of a body that "
        "runs several counties, which keep codes of their own. Choose one, or leave "
        "the row out."
    ),
    "town": N_(
        "{code} is the code of a town or village. Add the figures up by county first."
    ),
    "nothing_said": N_(
        "The row has figures but neither a code nor a name. Choose the county, or "
        "leave the row out."
    ),
    "disagreement": N_(
        "The code {code} and the name “{name}” mean different counties. Choose the "
        "right one."
    ),
    "name_unknown": N_(
        "The code {code} is known, the name “{name}” beside it is not. Choose the "
        "county, or correct one of them."
    ),
    "other_code": N_(
        "The name “{name}” is known, but the code {code} is that of no county of "
        "Hebei. Choose the county, or correct the code."
    ),
    "other_prefecture": N_(
        "“{name}” lies in another prefecture than the table says. Choose the right "
        "county."
    ),
    "duplicate": N_(
        "Rows {rows} lead to the same county. Keep one and leave the others out, or "
        "add them up in the table."
    ),
    "duplicate_year": N_(
        "Rows {rows} lead to the same county in {year}. Keep one and leave the others "
        "out, or add them up in the table."
    ),
    "split": N_(
        "“{name}” was divided among several counties of today. Its figure belongs to "
        "none of them alone: choose one only if that is right."
    ),
    "zone": N_(
        "“{name}” is a zone and no county. Its people live in the counties around it, "
        "whose figures leave it out."
    ),
    "prefecture_row": N_("“{name}” is a whole prefecture, no county."),
    "region_row": N_("“{name}” comprises several counties and is none itself."),
    "total_row": N_("“{name}” adds other rows up."),
}
"""Reasons by key; a joined row needs none."""
