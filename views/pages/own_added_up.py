"""What is asked of a register, how far it is, and what comes of it.

A process of its own adds up (:mod:`layers.aggregate.asking`) and can be ended. Its
answer becomes variables of the session as those of any own table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st

from geo.export.csv_table import encode
from geo.language import N_, Speaker, speaker
from layers import settings
from layers.aggregate.asking import Bounds, Wanted, Work
from layers.aggregate.facts import facts_of
from layers.edition.assets import Bundle
from layers.edition.edition import Edition
from layers.own.places import Places
from views.frame import session as state
from views.frame.components import Node, panel
from views.pages import own_decided, own_results
from views.pages.own_wanted import Column, wanted_of, way_of

_WORK: Final = "own_added_up"
_ASKED: Final = "own_added_up_asked"
"""What was asked for last, and how many times something was."""

_FACTS: Final = "own_added_up_facts"

_MOST_TOLD: Final = 100
_EVERY: Final = 0.5
"""Seconds between two looks at how far it is."""

_STAGES: Final[Mapping[str, tuple[str, float, float]]] = {
    "waiting": (N_("The table waits to be read"), 0.0, 0.0),
    "reading": (N_("The table is read"), 0.05, 0.5),
    "counties": (N_("Counties are looked up"), 0.6, 0.0),
    "figures": (N_("Figures are added up"), 0.75, 0.0),
}
"""What is said of a stage, where its bar begins, and how long it is."""


@dataclass(frozen=True, slots=True)
class Register:
    """A file whose rows are added up, and the page on which it is.

    Attributes
    ----------
    edition : Edition
        The edition that is served.
    files : Bundle
        Scripts and styles of the page.
    shown : View
        What the session shows.
    key : str
        Of the file and of how it is read.
    name : str
        Of the file.
    places : Places
        Names and codes of the edition.
    digest : str
        Of the file.
    """

    edition: Edition
    files: Bundle
    shown: state.View
    key: str
    name: str
    places: Places
    digest: str

    @property
    def say(self) -> Speaker:
        """Speaks the language of the page."""
        return speaker(self.shown.language)

    def work(self, content: bytes, wanted: Wanted | None) -> Work:
        """Return the work of looking at the file, or of adding it up.

        Parameters
        ----------
        content : bytes
            CSV or Parquet.
        wanted : Wanted or None
            What is asked; None to look at its columns.
        """
        return Work(
            content=content,
            name=self.name,
            places=self.places,
            boundaries=self.edition.package.boundaries,
            bounds=bounds(),
            wanted=wanted,
        )


def bounds() -> Bounds:
    """Return what adding one table up may take."""
    own = settings.current()
    return Bounds(
        file_mb=own.aggregate_file_mb,
        seconds=own.aggregate_seconds,
        memory_mb=own.aggregate_memory_mb,
        threads=own.aggregate_threads,
    )


def answer_of(register: Register, work: Work) -> Mapping[str, Any] | None:
    """Return what a work answered; else show how far it is, or why it ended.

    Parameters
    ----------
    register : Register
        The file.
    work : Work
        The work.
    """
    if not work.is_done:
        _progress(work, register.say)
        return None
    if work.is_cancelled:
        st.info(register.say(N_("Ended before it was done; nothing was added up.")))
    elif work.error is not None:
        notice: Node = [
            "section",
            {"class": "atlas-notice", "role": "alert"},
            ["strong", {}, register.name],
            ": ",
            work.error.say(register.shown.language),
        ]
        language = register.shown.language
        panel(register.files, [notice], key="own-refused", language=language, live=True)
    return work.answer


@st.fragment(run_every=_EVERY)
def _progress(work: Work, say: Speaker) -> None:
    """Show how far it is, again and again, with a button that ends it."""
    if work.is_done:
        st.rerun()
    text, begin, length = _STAGES[work.stage]
    st.progress(min(begin + length * work.share, 1.0), text=say(text))
    st.button(say(N_("Cancel")), on_click=work.cancel, key="own-cancel")


def ask(
    register: Register,
    columns: Sequence[Column],
    roles: Mapping[str, str],
    content: Callable[[], bytes],
) -> None:
    """Ask what is to be added up and how; show what came of it.

    Parameters
    ----------
    register : Register
        The file.
    columns : sequence of Column
        Its columns.
    roles : mapping of str to str
        Columns by role: code, name, prefecture, lon, lat.
    content : callable
        Gives the file as the process reads it.
    """
    say, key = register.say, register.key
    way = way_of(roles, key, say)
    if way is None:
        text = N_(
            "No column leads to counties: say above which one is the code, the name, "
            "or longitude and latitude."
        )
        st.error(say(text))
        return
    used = {*way.values()}
    wanted = wanted_of([c for c in columns if c.name not in used], way, key, say)
    begun: tuple[object, int] = st.session_state.get(_ASKED, (None, 0))
    asked = (key, register.edition.digest, wanted)
    pressed = st.button(say(N_("Add up by county")), type="primary", key="own-add-up")
    if pressed or own_decided.was_added_up(register.digest):
        begun = (asked, begun[1] + 1)
        st.session_state[_ASKED] = begun
    own_decided.note(register.digest, added=begun[0] == asked)
    if begun[0] != asked:
        return
    work = state.kept(
        _WORK, begun, lambda: register.work(content(), wanted).start(), Work.cancel
    )
    answer = answer_of(register, work)
    if answer is not None:
        units = {column.name: column.unit for column in columns}
        _show(register, answer, wanted, units, begun)


def _show(
    register: Register,
    answer: Mapping[str, Any],
    wanted: Wanted,
    units: Mapping[str, str],
    begun: object,
) -> None:
    """Account for the rows, and show the figures as own variables."""
    say, language = register.say, register.shown.language
    report = answer["reports"][language]
    told = [*_told(answer, wanted, say)]
    nodes: list[Node] = [
        ["h2", {}, register.name],
        ["p", {}, ["strong", {}, answer["lines"][language][0]]],
        ["ul", {}, *(["li", {}, text] for text in told)],
    ]
    panel(register.files, nodes, key="own-account", language=language)
    if report["details"]:
        details = _details(report["details"], register, say)
        with st.expander(say(N_("Rows that are not joined, by what they say"))):
            st.dataframe(details[:_MOST_TOLD], hide_index=True)
        st.download_button(
            say(N_("Download what is not joined (CSV)")),
            data=lambda: encode(details),
            file_name="own_not_joined.csv",
            mime="text/csv",
            on_click="ignore",
            key="own-not-joined-file",
        )
    divisions = register.edition.package.divisions
    facts = state.kept(
        _FACTS,
        (begun, register.edition.digest),
        lambda: facts_of(answer, register.name, divisions, units, least=wanted.least),
    )
    if not facts.variables:
        st.info(say(N_("No county has a figure that may be shown.")))
        return
    # What was asked for is shown first, not how many rows and persons there are.
    known = [variable.id for variable in facts.variables]
    beside = 1 + ("persons" in answer["figures"])
    box = f"{register.key}_added"
    state.usual(f"own_variable_{box}", (known[beside:] or known)[0], among={*known})
    own_results.seen(
        register.edition,
        register.files,
        register.shown,
        facts,
        (begun, register.edition.digest),
        register.key,
        box,
    )


def _told(answer: Mapping[str, Any], wanted: Wanted, say: Speaker) -> Iterator[str]:
    report = answer["reports"][say.language]
    yield from answer["lines"][say.language][1:]
    for column in report["unreadable"]:
        text = N_(
            "Column “{column}”: {n} {n:text is no number and counts|texts are no "
            "numbers and count} as missing, for example {examples}."
        )
        yield say(
            text,
            column=column["column"],
            n=column["rows"],
            examples=say.series(column["examples"]),
        )
    kept = report["suppressed"]
    if kept["primary"]:
        text = N_(
            "Withheld: {n} {n:row|rows} of fewer than {least} persons, and {more} "
            "more that could be had by subtraction."
        )
        yield say(
            text, n=kept["primary"], least=wanted.least, more=kept["complementary"]
        )
    if wanted.least > 1 and not wanted.persons:
        text = N_(
            "Each row counts as one person. If it is a household or a village, say "
            "above which column has the persons, or withhold nothing with 0."
        )
        yield say(text)


def _details(
    details: Sequence[Mapping[str, Any]], register: Register, say: Speaker
) -> pd.DataFrame:
    """Return what is not joined as a table for the reader."""
    named = register.places.divisions.named
    return pd.DataFrame(
        {
            say(N_("Rows")): [detail["rows"] for detail in details],
            say(N_("As written")): [
                " ".join(filter(None, (d["code"], d["name"], d["prefecture"])))
                for d in details
            ],
            say(N_("Why, and what to do")): [detail["message"] for detail in details],
            say(N_("Likely")): [
                say.series(named(a, say.language) for a in detail["suggestions"])
                for detail in details
            ],
        }
    )
