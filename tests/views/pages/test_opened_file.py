"""A file in the box restores its selection, and the page says what has changed."""

import json
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from layers.edition.opening import opening
from layers.files.export import export
from layers.select.selection import Selection
from layers.webmap.one_file import one_file_map
from layers.webmap.second_map import SecondMap
from views.frame import session as state
from views.pages import opened_file

DEEP = Selection(all_of=("deep_poverty",), prefectures=("130700",))


def script() -> None:
    import streamlit as st

    from layers.edition.served import SERVED
    from views.frame import session as state
    from views.pages import opened_file

    edition = SERVED.edition()
    state.restore(edition)
    shown = state.view(edition)
    st.write(shown.selection.to_query())
    opened_file.upload(edition, shown.language)


@pytest.fixture
def page(monkeypatch):
    """The box on an empty page; ``page.told`` has the nodes of the message."""
    told = []
    monkeypatch.setattr(
        opened_file, "panel", lambda _files, nodes, **_: told.append(nodes)
    )
    run = AppTest.from_function(script, default_timeout=60).run()
    # Closed, the place asks for nothing that a first visit has to fetch.
    assert not run.file_uploader
    run.session_state[opened_file._PLACE] = True
    run.run()
    assert not run.exception
    run.told = told
    return run


def given(page: AppTest, name: str, content: bytes) -> str:
    """Put a file into the box; the message that follows, as text."""
    page.file_uploader[0].set_value((name, content, "application/octet-stream")).run()
    assert not page.exception
    return json.dumps(page.told[-1], ensure_ascii=False)


@pytest.mark.parametrize("form", ["geojson", "xlsx", "flatgeobuf"])
def test_a_file_restores_the_selection_in_the_same_run(page, package, counties, form):
    assert page.markdown[0].value == opening(package).to_query()
    made = export(package, counties, DEEP, format=form, language="en")

    said = given(page, made.file_name, made.content)

    assert page.markdown[0].value == DEEP.to_query()
    assert page.query_params["all"] == "deep_poverty"
    assert page.query_params["lang"] == "zh"
    assert made.file_name in said
    assert '"role": "status"' in said


def test_a_map_of_two_comes_home_with_both(page, package, counties):
    beside = "all=paired_with_beijing&see=exit_assessed_year"
    asked = [("beside", beside), ("split", "side")]
    second = SecondMap(
        selection=Selection(all_of=("paired_with_beijing",)),
        theme="exit_assessed_year",
        split="side",
        query=urlencode(asked),
    )
    content = one_file_map(package, counties, DEEP, theme="overlap", second=second)

    said = given(page, "two.html", content)

    assert page.markdown[0].value == DEEP.to_query()
    shown = page.query_params
    assert (shown["beside"], shown["split"]) == (beside, "side")
    assert (shown["all"], shown["see"]) == ("deep_poverty", "overlap")
    assert "第二幅图" in said

    # A map of one has none beside it.
    given(page, "one.html", one_file_map(package, counties, DEEP))
    assert page.query_params["all"] == "deep_poverty"
    assert not {"beside", "see"} & {*page.query_params}


def test_a_file_that_is_refused_changes_nothing(page, package):
    said = given(page, "x.geojson", b'{"type": "FeatureCollection"}')

    assert page.markdown[0].value == opening(package).to_query()
    assert '"role": "alert"' in said
    assert "x.geojson" in said


def test_what_no_longer_exists_is_left_out_and_said_once(page, package, counties):
    made = export(package, counties, DEEP, format="geojson")
    data = json.loads(made.content)
    data["metadata"]["query"] += "&none=gone"
    said = given(page, "x.geojson", json.dumps(data).encode())

    assert page.markdown[0].value == DEEP.to_query()
    assert "gone" in said
    assert page.session_state[state._REJECTED] == ()


def test_a_name_with_markup_stays_text(page, package, counties):
    made = export(package, counties, DEEP, format="csv")
    name = "<img src=x>.csv"

    given(page, name, made.content)

    (section,) = page.told[-1]
    assert section[0] == "section"
    assert any(name in line[2] for line in section[2][2:])
