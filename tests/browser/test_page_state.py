"""A press is shown before Streamlit has run, and nothing pressed is lost."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from driving import (
    EVERYTHING,
    MAP,
    act_and_wait,
    add_condition,
    expect_selected,
    painted,
    take,
    words,
)
from playwright.sync_api import Page, Request, expect

from layers.select.selection import Selection

POOR, DEEP, AREA = "poor_county", "deep_poverty", "contiguous_yanshan_taihang"


def mode(page: Page, programme: str, which: str):
    """Return the row of a programme in the list of a mode, which is opened for it."""
    if page.locator(".atlas-chooser").is_hidden():
        add_condition(page, which)
    return take(page, programme)


def states_asked(page: Page) -> list[dict[str, list[str]]]:
    """Collects, from now on, the parameters of every state that is asked for."""
    asked = []

    def look(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.path.endswith("/state.json"):
            asked.append(parse_qs(parts.query))

    page.on("request", look)
    return asked


def test_a_press_asks_once_and_streamlits_answer_asks_nothing(app, watched_page):
    page = watched_page(f"{app}/{EVERYTHING}")
    painted(page)
    asked = states_asked(page)

    act_and_wait(page, mode(page, POOR, "all_of").click)
    page.wait_for_url(re.compile("all=poor_county"))
    expect(words(page)).to_have_count(1)

    assert asked == [{"press": ["all_of:poor_county"], "lang": ["zh"]}]


def test_presses_faster_than_the_server_all_count(app, watched_page, counties):
    page = watched_page(f"{app}/{EVERYTHING}")
    painted(page)

    # Python's answers come one after another; none may take the map away meanwhile.
    page.evaluate(
        """() => {
          window.gaps = 0;
          new MutationObserver(() => {
            if (!document.querySelector(".folium-map")) window.gaps += 1;
          }).observe(document.body, { childList: true, subtree: true });
        }"""
    )
    # In one go, before any answer can have come.
    add_condition(page, "all_of")
    page.evaluate(
        """([poor, deep, area]) => {
          const find = (what) => document.querySelector(what);
          const take = (id) => find(`.atlas-take[data-value='${id}']`).click();
          take(poor);
          find(".atlas-mode.atlas-any_of").click();
          for (const id of [deep, area, deep]) take(id);
        }""",
        [POOR, DEEP, AREA],
    )

    wanted = Selection(all_of=("poor_county",), any_of=("contiguous_yanshan_taihang",))
    page.wait_for_url(f"**/?{wanted.to_query()}*")
    expect(words(page)).to_have_count(2)
    expect_selected(page, wanted.apply(counties))
    assert page.evaluate("window.gaps") == 0


def test_back_leads_to_the_selection_before(app, watched_page, counties):
    page = watched_page(f"{app}/{EVERYTHING}")
    painted(page)
    act_and_wait(page, mode(page, POOR, "all_of").click)
    page.wait_for_url(re.compile("all=poor_county"))
    act_and_wait(page, mode(page, DEEP, "all_of").click)
    page.wait_for_url(re.compile("deep_poverty"))

    act_and_wait(page, page.go_back)

    wanted = Selection(all_of=("poor_county",))
    expect_selected(page, wanted.apply(counties))
    # And a press starts from there.
    act_and_wait(page, mode(page, AREA, "all_of").click)
    both = Selection(all_of=("poor_county", "contiguous_yanshan_taihang"))
    expect_selected(page, both.apply(counties))


def test_an_answer_that_is_late_is_said_until_it_comes(app, watched_page, counties):
    page = watched_page(f"{app}/{EVERYTHING}")
    painted(page)
    release = []
    page.route("**/state.json*", lambda route: release.append(route))

    mode(page, DEEP, "all_of").click()

    expect(page.get_by_role("status").filter(has_text="正在更新")).to_be_visible()
    (held,) = release
    act_and_wait(page, held.continue_)
    expect(page.locator(".atlas-answer")).to_have_count(0)
    deep = Selection(all_of=("deep_poverty",))
    expect_selected(page, deep.apply(counties))


@pytest.mark.parametrize(("query", "said"), [("", "服务器"), ("&lang=en", "server")])
def test_a_press_that_is_not_answered_is_said_and_loses_nothing(
    app, browser, counties, query, said
):
    # Not watched: the browser itself writes of the failed request to its console.
    page = browser.new_page(locale="zh-CN")
    page.goto(f"{app}/{EVERYTHING}{query}")
    painted(page)
    act_and_wait(page, mode(page, POOR, "all_of").click)
    page.route("**/state.json*", lambda route: route.abort())

    mode(page, DEEP, "all_of").click()

    expect(page.get_by_role("alert")).to_contain_text(said)
    poor = Selection(all_of=("poor_county",))
    expect_selected(page, poor.apply(counties))

    page.unroute("**/state.json*")
    act_and_wait(page, mode(page, DEEP, "all_of").click)
    deep = Selection(all_of=("poor_county", "deep_poverty"))
    expect_selected(page, deep.apply(counties))
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator(MAP)).to_be_visible()
    page.close()
