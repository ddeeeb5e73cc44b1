"""What every page has around it: its title, notices of faults and of the link."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from geo.language import N_, Language, speaker
from layers import settings
from layers.edition.assets import Bundle
from layers.edition.served import SERVED
from layers.edition.texts import NAMES
from views.frame import session as state
from views.frame.components import panel


def title(page: str, language: Language) -> str:
    """Return the title of the document: what is shown, then of what atlas."""
    return f"{page} · {NAMES[language]}"


def notices(files: Bundle, shown: state.View) -> None:
    """Say what is wrong with newer tables on disk and with the link opened."""
    say = speaker(shown.language)
    if SERVED.problems:
        lines = [["li", {}, p.say(shown.language)] for p in SERVED.problems[:20]]
        text = say(
            N_("The tables on disk have faults; the last good edition is shown.")
        )
        node = [
            "section",
            {"class": "atlas-notice", "role": "alert"},
            text,
            ["ul", {}, *lines],
        ]
        panel(files, [node], key="faults", language=shown.language)
    if shown.rejected:
        lines = [["li", {}, part.say(shown.language)] for part in shown.rejected[:20]]
        text = say(N_("The link was opened as far as possible. Left out:"))
        node = [
            "section",
            {"class": "atlas-notice", "role": "status"},
            text,
            ["ul", {}, *lines],
        ]
        panel(files, [node], key="rejected", language=shown.language)


def address() -> str:
    """Return where this atlas runs, as the reader's browser reaches it."""
    configured = settings.current().address
    if configured:
        return configured
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}{prefix()}" if here.netloc else ""


def prefix() -> str:
    """Return the path under which the application runs, without a final slash."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""
