"""What stands there before the page lives, and where it never will."""

import re

import pytest
from driving import painted
from playwright.sync_api import expect

from layers.edition.edition import Edition
from layers.edition.opening import opening
from layers.edition.sentence import sentence_text, sentence_tokens

STILL = "#atlas-still"
TOLD = ".atlas-told"

STREAMLITS_FLOOR = 74
"""Requests of a page with nothing on it, as `benchmarks/first_visit.py` counts."""

MOST_OF_OURS = 8


@pytest.fixture(scope="module")
def sentence(package):
    edition = Edition(package)
    return sentence_text(
        sentence_tokens(package, edition.counties(), opening(package), "zh")
    )


def test_without_scripts_the_map_is_read_and_links_lead_on(app, watched_page, sentence):
    page = watched_page(f"{app}/", java_script_enabled=False)

    expect(page.locator(f"{STILL} h1")).to_have_text(sentence)
    expect(page.locator(f"{STILL} .atlas-picture")).to_be_in_viewport()
    expect(page.locator(TOLD).filter(visible=True)).to_contain_text("JavaScript")
    page.locator(f"{STILL} a[href^='/plain']").click()
    page.locator("a[href^='/plain/county/130722']").click()
    expect(page.locator("h1")).to_have_text("张北县")
    page.get_by_text("English").click()
    expect(page.locator("h1")).to_contain_text("Zhangbei County")


def test_the_picture_is_there_first_and_gone_when_the_map_lives(app, watched_page):
    page = watched_page("about:blank")
    held = []
    page.route("**/static/js/index.*.js", lambda route: held.append(route))
    page.goto(f"{app}/", wait_until="commit")
    expect(page.locator(f"{STILL} .atlas-picture")).to_be_visible()
    page.wait_for_timeout(300)
    assert not page.locator(TOLD).first.is_visible()

    for route in held:
        route.continue_()
    painted(page)

    expect(page.locator(f"{STILL}, {TOLD}")).to_have_count(0)
    expect(page.locator(".atlas-map")).to_be_visible()
    assert "atlas-waits" not in page.locator("html").get_attribute("class")


def test_a_page_lives_without_its_picture_too(app, watched_page):
    page = watched_page(f"{app}/about")

    expect(page.locator(".stMain h1")).to_be_visible()
    expect(page.locator(STILL)).to_have_count(0)


def without_new_syntax(route):
    """Let a page come as a browser reads it that does not know the newest syntax."""
    answer = route.fetch()
    text = answer.text()
    assert "class{static{}}" in text
    route.fulfill(
        response=answer, body=text.replace("class{static{}}", "class{static{")
    )


@pytest.mark.parametrize("trouble", ["line", "start", "old"])
def test_where_it_will_not_live_it_says_so_over_all_else(app, browser, trouble):
    page = browser.new_context(locale="zh-CN").new_page()
    if trouble == "line":
        page.route_web_socket(re.compile("."), lambda socket: socket.close())
    elif trouble == "start":
        page.route("**/static/js/index.*.js", lambda route: route.abort())
    else:
        page.route("**/static/js/**", lambda route: route.abort())
        page.route(f"{app}/", without_new_syntax)
    page.goto(f"{app}/")

    told = page.locator(TOLD).first
    expect(told.locator(f".atlas-why-{trouble}").first).to_be_visible()
    expect(told.locator(".atlas-why:visible")).to_have_count(2)
    told.locator("a[href^='/plain']").first.click()
    expect(page.locator("#counties")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("query", ["", "?all=deep_poverty&lang=en"])
def test_what_the_map_asks_for_is_named_in_its_document(app, watched_page, query):
    page = watched_page("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(app)))
    page.goto(f"{app}/{query}")
    painted(page)
    expect(page.locator(".atlas-legend-toggle")).not_to_have_count(0)

    named = page.locator("link[rel=modulepreload], link[rel=preload]").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    ours = [name for name in asked if name.startswith(("/assets/", "/boundaries/"))]
    before = ours[: max(ours.index(name) for name in named if name in ours) + 1]
    # Nothing that must be there first is found out later, or asked for twice.
    assert set(before) <= set(named)
    assert len(ours) == len(set(ours))
    modules = [name for name in ours if name.endswith((".js", ".css"))]
    assert set(modules) <= set(named)
    assert any(name.partition("?")[0].endswith("/state.json") for name in before)
    # Modules are joined, and what is behind a press comes with the press.
    assert len(ours) <= MOST_OF_OURS
    assert len(asked) <= STREAMLITS_FLOOR + 10
