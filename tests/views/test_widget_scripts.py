"""What a page of many widgets will need is named with all that it imports."""

import re
from pathlib import Path

import streamlit as st

from views.frame.widget_scripts import addresses
from views.pages.own_map import _WIDGETS

STATIC = Path(st.__file__).parent / "static"


def test_every_widget_has_a_script_in_this_streamlit():
    for widget in _WIDGETS:
        assert addresses([widget], ""), widget


def test_the_scripts_are_there_with_all_that_they_import_and_none_that_is_loaded():
    named = addresses(_WIDGETS, "/below")
    files = [STATIC / name.removeprefix("/below/") for name in named]
    index = (STATIC / "index.html").read_text("utf-8")

    assert len(named) == len({*named}) > len(_WIDGETS)
    for file in files:
        imported = re.findall(r'from"\./([\w.-]+)"', file.read_text("utf-8"))
        for name in imported:
            loaded = any(name in text for text in (index, *_of_the_entry()))
            assert loaded or f"/below/static/js/{name}" in named


def _of_the_entry() -> list[str]:
    return [path.read_text("utf-8") for path in (STATIC / "static/js").glob("index.*")]
