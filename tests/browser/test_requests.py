"""A request that fails is asked for again, and the page says so until it is whole."""

import re

import pytest
from driving import EVERYTHING, LOOK, MAP, choose, open_drawer, painted, words
from playwright.sync_api import Page, Route, expect

NOTICE = ".atlas-request-notice"


@pytest.fixture
def open_failing(app, browser):
    """Open the map page; the first `failures` requests for `pattern` are broken off.

    Not watched: the browser itself writes of a failed request to its console.
    """
    contexts = []

    def open_page(pattern: str, failures: int = 1, query: str = EVERYTHING):
        context = browser.new_context(
            viewport={"width": 1440, "height": 1000}, locale="zh-CN"
        )
        contexts.append(context)
        page = context.new_page()
        asked = []

        def answer(route: Route) -> None:
            asked.append(route.request.url)
            if len(asked) <= failures:
                route.abort()
            else:
                route.continue_()

        page.route(pattern, answer)
        page.goto(f"{app}/{query}")
        return page, asked

    yield open_page
    for context in contexts:
        context.close()


def whole(page: Page) -> None:
    painted(page)
    open_drawer(page, "table")
    expect(page.locator(".atlas-table tbody tr")).to_have_count(167)
    open_drawer(page, "table")
    page.locator(".atlas-add").click()
    expect(page.locator(".atlas-take").first).to_be_visible()
    expect(page.locator(NOTICE)).to_have_count(0)
    expect(page.get_by_text("BidiComponent Error")).to_have_count(0)


@pytest.mark.parametrize(
    "pattern",
    [
        "**/boundaries/*/overview.json",
        "**/catalogue.json",
        re.compile(r"/state\.json"),
        "**/map/atlas.js",
        "**/page/map-page.js",
        "**/page/frame.js",
        "**/page/styles.css",
    ],
    ids=str,
)
def test_one_failure_of_whatever_the_page_needs_is_mended(open_failing, pattern):
    page, asked = open_failing(pattern)

    whole(page)
    assert len(asked) >= 2


@pytest.mark.parametrize(
    ("query", "said", "again"),
    [
        (EVERYTHING, "未能载入", "重新请求"),
        (f"{EVERYTHING}&lang=en", "did not come", "Ask again"),
    ],
)
def test_what_goes_on_failing_is_said_and_comes_when_asked_for(
    open_failing, query, said, again
):
    page, asked = open_failing("**/overview.json", failures=4, query=query)

    expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()
    expect(page.get_by_role("alert").filter(has_text=said)).to_be_visible()
    before = len(asked)
    page.get_by_role("button", name=again).click()

    whole(page)
    assert (before, len(asked)) == (4, 5)


def test_another_run_of_the_page_asks_again(open_failing):
    page, _ = open_failing("**/overview.json", failures=4)
    expect(page.locator(NOTICE).get_by_role("button")).to_be_visible()

    page.locator(LOOK).select_option("contrast")

    whole(page)


def test_finer_lines_that_did_not_come_at_once_come_later(open_failing):
    page, asked = open_failing(
        "**/full.json", query=f"{EVERYTHING}#9.5/40.8200/114.9000"
    )

    expect(page.locator(MAP)).to_have_attribute("data-detail", "full")
    assert len(asked) == 2


def test_a_press_whose_answer_is_lost_once_still_counts(open_failing):
    page, _ = open_failing("**/nothing")
    painted(page)
    lost = []

    def lose_first(route: Route) -> None:
        lost.append(route)
        if len(lost) == 1:
            route.abort()
        else:
            route.continue_()

    page.route(re.compile(r"/state\.json\?.*press"), lose_first)
    choose(page, "deep_poverty", "all_of")

    page.wait_for_url("**/?all=*")
    assert len(lost) == 2
    expect(words(page)).to_have_count(1)
