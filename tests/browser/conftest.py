"""The real application in a real browser: one server and one Chromium a session.

Each worker of pytest-xdist is a session of its own. A test fails on any request that
leaves the machine, on an error in the console and on a dialog; when it fails, a
screenshot is left in ``test-artifacts``.
"""

import contextlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from driving import PATIENCE, ROOT, painted, running_app
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    expect,
    sync_playwright,
)

from layers.webmap.bundle import geometry_bundle

ARTIFACTS = ROOT / "test-artifacts"
CHROMIUM = "/usr/bin/chromium-headless-shell"

expect.set_options(timeout=PATIENCE // 3)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the app with the committed data, and a store for own figures."""
    log = tmp_path_factory.mktemp("app") / "server.log"
    store = str(tmp_path_factory.mktemp("store"))
    with running_app(log, ATLAS_STORE=store) as address:
        yield address


@pytest.fixture(scope="session")
def records(package, counties) -> dict[str, dict]:
    """What the page knows of each county, by adcode."""
    return geometry_bundle(package, counties, "overview")["counties"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            timeout=PATIENCE,
        )
        yield chromium
        chromium.close()


class Watch:
    """What a page did that it must not do."""

    def __init__(self, page: Page) -> None:
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.dialogs: list[str] = []
        page.on("request", lambda request: self._look(request.url))
        page.on("websocket", lambda socket: self._look(socket.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._listen)
        page.on("dialog", self._dismiss)

    def taken(self) -> tuple[list[str], list[str], list[str]]:
        """Return what there was, and begin anew."""
        seen = self.outside, self.dialogs, self.errors
        self.outside, self.dialogs, self.errors = [], [], []
        return seen

    def _look(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"data", "blob", "about", "file"}:
            return
        if parts.hostname not in {"127.0.0.1", "localhost"}:
            self.outside.append(url)

    def _listen(self, message) -> None:
        # Streamlit looks for its own server below the address of a page first.
        probe = re.search(r"/\w+/_stcore/", message.location.get("url", ""))
        if message.type == "error" and not probe:
            self.errors.append(message.text)

    def _dismiss(self, dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()


@pytest.fixture(scope="session")
def profile(browser: Browser) -> Callable[..., BrowserContext]:
    """Profiles of the browser: one for each kind of reader.

    Each has one cache, for a page that finds the scripts there and compiled is open in
    two thirds of the time.
    """
    profiles: dict[str, BrowserContext] = {}

    def of(**options) -> BrowserContext:
        # A reader in Hebei; the language of the browser is that of a bare address.
        options = {"locale": "zh-CN", "accept_downloads": True, **options}
        key = repr(sorted(options.items()))
        if key not in profiles:
            profiles[key] = browser.new_context(**options)
            profiles[key].set_default_timeout(PATIENCE)
        return profiles[key]

    return of


class Tab:
    """A tab that test after test may use: pages in it open in three fifths of the time.

    A new one has nothing compiled, and no test looks at that. What a test leaves behind
    in it goes before the next one; a tab in which something stays is used no more.
    """

    STAYS = ("add_init_script", "expose_binding", "expose_function", "on", "once",
             "route", "route_web_socket", "set_content",
             "set_extra_http_headers")  # fmt: skip
    """Members of a page whose effects outlast what it shows."""

    def __init__(self, context: BrowserContext, scheme: str) -> None:
        self.page = context.new_page()
        self.scheme = scheme
        self.watch = Watch(self.page)
        self.is_as_new = True
        self.seen: tuple[list[str], ...] = ([], [], [])
        for name in self.STAYS:
            setattr(self.page, name, self._noted(getattr(self.page, name)))

    def _noted(self, member: Callable) -> Callable:
        def noted(*args, **named):
            self.is_as_new = False
            return member(*args, **named)

        return noted

    def leave(self, origin: str) -> bool:
        """Take away what the last test left; return whether the next may come."""
        page = self.page
        # The next test is another reader, who has chosen nothing yet.
        with contextlib.suppress(Error):
            page.evaluate("localStorage.clear(); sessionStorage.clear()")
            page.mouse.move(0, 0)
        page.context.clear_cookies()
        self.seen = self.watch.taken()
        at_home = page.url.startswith(f"{origin}/")
        with contextlib.suppress(Error):
            if self.is_as_new and at_home:
                page.goto("about:blank")
                page.emulate_media(media="null", color_scheme=self.scheme)
                self.watch.taken()  # of what leaving breaks off
                return True
        page.close()
        return False


@pytest.fixture(scope="session")
def tabs() -> dict[BrowserContext, list[Tab]]:
    """Tabs that nobody uses, by profile."""
    return defaultdict(list)


@pytest.fixture
def watched_page(
    profile: Callable[..., BrowserContext],
    tabs: dict[BrowserContext, list[Tab]],
    request: pytest.FixtureRequest,
) -> Iterator[Callable[..., Page]]:
    """Open pages that are watched: ``page = watched_page(url, width=390)``."""
    opened: list[tuple[Tab, str]] = []

    def open_page(url: str, *, width: int = 1440, height: int = 1000, **kwargs) -> Page:
        context = profile(**kwargs)
        tab = (
            tabs[context].pop()
            if tabs[context]
            else Tab(context, kwargs.get("color_scheme", "light"))
        )
        tab.page.set_viewport_size({"width": width, "height": height})
        opened.append((tab, "{0.scheme}://{0.netloc}".format(urlsplit(url))))
        tab.page.goto(url)
        return tab.page

    yield open_page

    failed = getattr(request.node, "failed", False)
    for i, (tab, origin) in enumerate(opened):
        if failed:
            tab.is_as_new = False
            ARTIFACTS.mkdir(exist_ok=True)
            name = re.sub(r"\W+", "_", request.node.name)
            tab.page.screenshot(path=ARTIFACTS / f"{name}_{i}.png", full_page=True)
        context = tab.page.context
        if tab.leave(origin):
            tabs[context].append(tab)
    for tab, _ in opened:
        outside, dialogs, errors = tab.seen
        assert outside == []
        assert dialogs == []
        assert errors == []


@pytest.fixture
def open_map(app, watched_page) -> Callable[..., Page]:
    """Open the map page with a query, painted."""

    def opened(query: str = "see=programmes", **size) -> Page:
        page = watched_page(f"{app}/?{query}", **size)
        painted(page)
        return page

    return opened


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    outcome = yield
    report = outcome.get_result()
    if report.when == "call" and report.failed:
        item.failed = True
