"""The help as a reader has it: found in Chinese, reached from the page one is on."""

import contextlib
import re
import threading
import time

import uvicorn
from driving import painted
from playwright.sync_api import expect
from starlette.applications import Starlette

from views.http import help as served
from views.http.front import front


@contextlib.contextmanager
def listening(app):
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until = time.monotonic() + 60
        while not server.started and time.monotonic() < until:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def test_a_reader_searches_in_chinese_under_the_policy_of_the_atlas(site, watched_page):
    app = Starlette(routes=served.routes("/gis", site), middleware=front("/gis"))
    with listening(app) as address:
        page = watched_page(f"{address}/gis/help/", width=390, height=844)
        page.locator("label[for=__search]").first.click()
        page.locator(".md-search__input").fill("审图号")
        first = page.locator(".md-search-result__link").first
        expect(first).to_be_visible()
        first.click()

        expect(page.locator("article")).to_contain_text("审图号")
        # Nothing is wider than a phone.
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_bar_leads_to_the_help_about_the_page_in_the_readers_language(
    app, watched_page
):
    page = watched_page(f"{app}/?lang=en")
    painted(page)
    help_ = page.locator("a.atlas-help")

    expect(help_).to_have_attribute("href", re.compile(r"/help/en/guide/map/$"))
    expect(help_).to_have_attribute("target", "_blank")
    expect(help_).to_have_accessible_name("Help: guide and reference, in a new tab")
