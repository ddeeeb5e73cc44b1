"""What a session decided of a file, as plain data that can be kept, and taken up again.

Boxes of the page keep what was chosen themselves; columns and rows are settled in
editors, whose content cannot be set, and are noted here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from layers.own.joined import LEAVE_OUT, Decisions, JoinedTable
from layers.own.layout import Layout
from layers.own.places import Places
from layers.own.reading import Upload
from layers.select.breaks import FEWEST, MOST
from views.frame import session as state

_NOTED: Final = "own_noted"
_KNOWN: Final = "own_known"
_BEGUN: Final = "own_begun"
_LONGEST: Final = 2000
_MOST: Final = 1000


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_list(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= _MOST
        and all(_is_text(one) or _is_number(one) for one in value)
    )


_BOXES: Final[Mapping[str, Callable[[Any], bool]]] = {
    **dict.fromkeys(
        (
            *("own_variable_", "own_over_", "own_second_", "own_method_"),
            *("own_breaks_", "own_crs_", "own_persons_", "own_way_of_rows_"),
        ),
        _is_text,
    ),
    **dict.fromkeys(
        (
            *("own_summed_", "own_sum_", "own_mean_", "own_median_", "own_share_"),
            *("own_filters_", "own_values_"),
        ),
        _is_list,
    ),
    **dict.fromkeys(("own_way_", "own_weight_", "own_complete_"), _is_flag),
    "own_limit_": _is_number,
    "own_least_": lambda value: _is_number(value) and 0 <= value < 1e9,
    "own_classes_": lambda value: value in range(FEWEST, MOST + 1),
}
"""What boxes of a file hold, by how their keys begin; the longest one is meant."""

_PAGE_BOXES: Final = frozenset(
    {
        *("own_by", "own_rows_are_True", "own_rows_are_False"),
        *("own_scope", "own_programme", "own_list"),
    }
)
"""Boxes that are the same for all files; each holds one of several words."""


def digest_of(name: str, content: bytes) -> str:
    """Return by what all that is decided of a file is known.

    Parameters
    ----------
    name : str
        What it is called.
    content : bytes
        The file.
    """
    whole = name.encode("utf-8", "replace") + content
    return hashlib.sha256(whole).hexdigest()[:16]


def layout_key(layout: Layout) -> str:
    """Return a layout in eight signs, the same in every process.

    Parameters
    ----------
    layout : Layout
        How a file is read.
    """
    text = json.dumps(layout.to_dict(), sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def table_key(table: JoinedTable) -> str:
    """Return layout and decisions of a table in sixteen signs.

    Parameters
    ----------
    table : JoinedTable
        The table.
    """
    decided = json.dumps(_written(table.decisions))
    return layout_key(table.layout) + hashlib.sha256(decided.encode()).hexdigest()[:8]


def note(digest: str, **what: Any) -> None:
    """Note what holds for a file now; only the last file's is known.

    Parameters
    ----------
    digest : str
        Of the file.
    **what : object
        ``layout``, ``decisions``, ``roles`` or ``added``.
    """
    last: Mapping[str, Any] = st.session_state.get(_NOTED, {})
    before = last if last.get("digest") == digest else {}
    st.session_state[_NOTED] = {**before, **what, "digest": digest}


def forget() -> None:
    """Forget what was noted and taken up of the last file."""
    for name in (_NOTED, _KNOWN):
        st.session_state.pop(name, None)


def collected(digest: str) -> dict[str, Any]:
    """Return all that was decided of a file, as plain data.

    Parameters
    ----------
    digest : str
        Of the file.
    """
    noted: Mapping[str, Any] = st.session_state.get(_NOTED, {})
    if noted.get("digest") != digest:
        noted = {}
    layout: Layout | None = noted.get("layout")
    decisions: Decisions = noted.get("decisions") or Decisions()
    boxes = {str(key): value for key, value in st.session_state.items()}
    return {
        "layout": layout.to_dict() if layout else None,
        **_written(decisions),
        "roles": noted.get("roles") or {},
        "added": bool(noted.get("added")),
        "boxes": {key: boxes[key] for key in boxes if _fits(key, boxes[key], digest)},
    }


def _written(decisions: Decisions) -> dict[str, Any]:
    return {
        "rows": [[number, chosen] for number, chosen in decisions.rows.items()],
        "texts": [[*says, chosen] for says, chosen in decisions.texts.items()],
    }


def take_up(digest: str, decided: Mapping[str, Any], ident: str) -> None:
    """Let boxes and editors of a file begin with what was decided before.

    Parameters
    ----------
    digest : str
        Of the file.
    decided : mapping of str to Any
        As :func:`collected` has returned it; what does not fit is left out.
    ident : str
        Of what was kept: boxes begin anew with another one.
    """
    before: Mapping[str, Any] = st.session_state.get(_KNOWN, {})
    is_new = before.get("ident") != ident
    if is_new:
        st.session_state[_KNOWN] = {**decided, "digest": digest, "ident": ident}
    boxes = decided.get("boxes")
    for key, value in boxes.items() if isinstance(boxes, dict) else ():
        # A box that was not on the page for a while has lost what it held.
        if _fits(key, value, digest) and (is_new or key not in st.session_state):
            st.session_state[key] = value


def _fits(key: str, value: Any, digest: str) -> bool:
    if key in _PAGE_BOXES:
        return _is_text(value)
    begin = max(filter(key.startswith, _BOXES), key=len, default="")
    return bool(begin) and digest in key and _BOXES[begin](value)


def _known(digest: str) -> Mapping[str, Any]:
    known: Mapping[str, Any] = st.session_state.get(_KNOWN, {})
    return known if known.get("digest") == digest else {}


def begun(guessed: JoinedTable, digest: str) -> JoinedTable:
    """Return a table as it was when it was kept; as it is guessed if it was not.

    Parameters
    ----------
    guessed : JoinedTable
        The file with its guessed layout.
    digest : str
        Of the file.
    """
    known = _known(digest)
    if not known:
        return guessed

    def make() -> JoinedTable:
        layout = _layout_of(digest, guessed.upload) or guessed.layout
        before = _decisions_of(digest, guessed.places)
        texts = {**guessed.decisions.texts, **before.texts}
        decisions = Decisions(rows=before.rows, texts=texts)
        return replace(guessed, layout=layout, decisions=decisions)

    return state.kept(_BEGUN, (guessed, known["ident"]), make)


def _layout_of(digest: str, upload: Upload) -> Layout | None:
    try:
        layout = Layout.from_dict(_known(digest)["layout"])
        rows = upload.sheets[layout.sheet].rows
        wide = max(map(len, rows), default=0)
        lines = (*layout.header, layout.first)
        sound = (
            layout.sheet >= 0
            and all(0 <= line <= len(rows) for line in lines)
            and all(0 <= column.index < wide for column in layout.columns)
            and all(_is_text(column.name) for column in layout.columns)
        )
    except (KeyError, TypeError, ValueError, IndexError):
        return None
    return layout if sound else None


def _decisions_of(digest: str, places: Places) -> Decisions:
    known = _known(digest)

    # A county that is none any more was not decided.
    def is_one(chosen: Any) -> bool:
        return isinstance(chosen, str) and (
            chosen == LEAVE_OUT or chosen in places.counties
        )

    rows: dict[int, str] = {}
    texts: dict[tuple[str, str, str], str] = {}
    try:
        for number, chosen in known.get("rows", ()):
            if isinstance(number, int) and is_one(chosen):
                rows[number] = chosen
        for code, name, prefecture, chosen in known.get("texts", ()):
            if all(map(_is_text, (code, name, prefecture))) and is_one(chosen):
                texts[code, name, prefecture] = chosen
    except (TypeError, ValueError):
        return Decisions()
    return Decisions(rows=rows, texts=texts)


def roles_of(digest: str) -> dict[str, str]:
    """Return what the columns of a large file were for when it was kept.

    Parameters
    ----------
    digest : str
        Of the file.
    """
    roles = _known(digest).get("roles")
    if not isinstance(roles, dict):
        return {}
    return {k: v for k, v in roles.items() if _is_text(k) and _is_text(v)}


def was_added_up(digest: str) -> bool:
    """Return, once, whether a register was added up when it was kept.

    Parameters
    ----------
    digest : str
        Of the file.
    """
    known = _known(digest)
    if known.get("added") is not True:
        return False
    st.session_state[_KNOWN] = {**known, "added": None}
    return True
