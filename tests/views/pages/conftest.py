"""The page of own figures as a reader has it, without a browser."""

import json
from collections.abc import Iterator
from functools import cache

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from views.pages import (
    county,
    own,
    own_account,
    own_added_up,
    own_classes,
    own_filters,
    own_layer,
    own_map,
    own_results,
    statistics_board,
)


@pytest.fixture(scope="session", autouse=True)
def packages_read_once() -> Iterator[None]:
    """Streamlit looks into all installed packages for components, for each AppTest."""
    found = cache(manifest_scanner.scan_component_manifests)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        yield


def script() -> None:
    import streamlit as st

    from layers.edition.served import SERVED
    from views.frame import session as state
    from views.pages import county, own, statistics

    edition = SERVED.edition()
    state.restore(edition)
    pages = {"own": own, "county": county, "statistics": statistics}
    pages[st.session_state.get("where", "own")].show()


@pytest.fixture
def page(monkeypatch):
    """The page; ``page.told`` has the nodes of its panels by key, of the last run."""
    told = {}

    def keep(_files, nodes, *, key, **_):
        told[key] = json.dumps(nodes, ensure_ascii=False)

    own_parts = (own, own_account, own_added_up, own_filters, own_layer, own_results)
    for module in (*own_parts, county, statistics_board):
        monkeypatch.setattr(module, "panel", keep)
    limits = {}

    def keep_limits(_files, data, *, on_breaks):
        limits.update(data)

    monkeypatch.setattr(own_classes, "class_histogram", keep_limits)
    offered, offer = {}, st.download_button

    def keep_offer(label, data, *, key, **how):
        offered[key] = data
        return offer(label, data=b"", key=key, **how)

    monkeypatch.setattr(st, "download_button", keep_offer)
    framed = []

    def keep_frame(_files, html, **_):
        if html:
            framed.append(html)

    monkeypatch.setattr(own_map, "map_frame", keep_frame)
    answered = []

    def keep_answer(_files, answer, *, key, on_asked, opened=None):
        answered.append(answer)

    monkeypatch.setattr(own_map, "map_answers", keep_answer)
    run = AppTest.from_function(script, default_timeout=120).run()
    assert not run.exception
    run.told, run.framed, run.limits = told, framed, limits
    run.offered, run.answered = offered, answered
    return run


def taken(page: AppTest, form: str) -> bytes:
    """The file of a form that the page offers."""
    page.selectbox(key="own_format").set_value(form).run()
    assert not page.exception
    return page.offered["own-download"]()


def given(page: AppTest, name: str, content: str | bytes) -> None:
    if isinstance(content, str):
        content = content.encode()
    page.file_uploader[0].set_value((name, content, "text/csv")).run()
    assert not page.exception
