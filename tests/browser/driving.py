"""How the tests start the app and drive its map page."""

import contextlib
import math
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from http.client import HTTPException
from pathlib import Path

import pytest
from playwright.sync_api import Error, Locator, Page, expect
from shapely import Point

ROOT = Path(__file__).parents[2]
START_SECONDS = 180  # of a machine with much else to do
STOP_SECONDS = 20
STARTS = 3  # another server of another worker may take the port that was free
PATIENCE = 90_000  # ms, of one step of a page, likewise

MAP = ".folium-map"
THEME = "select.atlas-theme:not([data-way])"
LOOK = "select.atlas-bar-tool"
EVERYTHING = "?see=programmes"
"""Address of all counties; a bare one opens on the main programmes."""


def painted(page: Page) -> None:
    """Wait until the map has painted the first message."""
    page.wait_for_selector(f"{MAP}[data-painted]", state="attached", timeout=PATIENCE)
    uncovered(page)


def uncovered(page: Page) -> None:
    """Wait until the shell's still picture has gone: all else is hidden until then."""
    page.wait_for_selector("html:not(.atlas-waits)", state="attached", timeout=PATIENCE)


def take_focus(place: Locator) -> None:
    """Put the keyboard's focus there: what is hidden takes none, and says nothing."""
    expect(place).to_be_visible()
    place.focus()
    expect(place).to_be_focused()


def act_and_wait(page: Page, act: Callable[[], object]) -> None:
    """Do something that restyles the map, and wait until it is painted."""
    before = page.locator(MAP).get_attribute("data-painted")
    act()
    page.wait_for_function(
        "before => { const map = document.querySelector('.folium-map');"
        " return map && map.dataset.painted && map.dataset.painted !== before; }",
        arg=before,
    )


def view(page: Page) -> str:
    """Zoom, latitude and longitude of the map's middle, as ``zoom/lat/lon``."""
    return page.locator(MAP).get_attribute("data-view")


def county_points(page: Page, records: dict[str, dict]) -> dict[str, Point]:
    """Where the middle of each county is on the screen, by the view of the map."""
    zoom, lat, lon = map(float, view(page).split("/"))
    frame = page.locator(MAP).bounding_box()
    size = 256 * 2**zoom / 360  # pixels a degree of longitude

    def northing(latitude: float) -> float:
        return math.degrees(math.asinh(math.tan(math.radians(latitude))))

    return {
        code: Point(
            frame["x"] + frame["width"] / 2 + size * (x - lon),
            frame["y"] + frame["height"] / 2 - size * (northing(y) - northing(lat)),
        )
        for code, record in records.items()
        for x, y in [record["point"]]
    }


def selected_on_map(page: Page) -> set[str]:
    """Adcodes of the counties that are drawn as selected."""
    return set(
        page.eval_on_selector_all(
            "path.atlas-county.atlas-selected", "all => all.map(p => p.dataset.adcode)"
        )
    )


def expect_selected(page: Page, wanted: Iterable[str]) -> None:
    """Wait until these counties, and no others, are drawn as selected."""
    with contextlib.suppress(Error):
        page.wait_for_function(
            """wanted => {
              const drawn = document.querySelectorAll(
                "path.atlas-county.atlas-selected");
              return [...drawn].map(path => path.dataset.adcode).sort().join() ===
                wanted.join();
            }""",
            arg=sorted(wanted),
            timeout=PATIENCE // 3,
        )
    drawn = selected_on_map(page)
    missing, beyond = sorted({*wanted} - drawn), sorted(drawn - {*wanted})
    assert drawn == {*wanted}, f"not drawn: {missing}; beyond: {beyond}; {page.url}"


def rows_of_table(page: Page) -> list[str]:
    """Adcodes of the table's rows, in order."""
    return page.eval_on_selector_all(
        ".atlas-table tbody tr", "all => all.map(row => row.dataset.adcode)"
    )


def take(page: Page, value: str) -> Locator:
    """Return the row of a value in the list that a word of the sentence has opened."""
    return page.locator(f".atlas-take[data-value='{value}']")


def add_condition(page: Page, mode: str) -> None:
    """Open the list of programmes: mode is one of all_of, any_of, none_of."""
    page.locator(".atlas-add").click()
    page.locator(f".atlas-mode.atlas-{mode}").click()


def choose(page: Page, programme: str, mode: str) -> None:
    """Choose a programme by the sentence: open the list, take it, close the list."""
    add_condition(page, mode)
    act_and_wait(page, take(page, programme).click)
    # Python has followed: the way back leads to what was there before.
    page.wait_for_url(re.compile(rf"[?&]{mode.removesuffix('_of')}=[^&]*{programme}"))
    page.keyboard.press("Escape")


def words(page: Page) -> Locator:
    """Return the values that the sentence says, each of which can be removed."""
    return page.locator(".atlas-word-remove")


def see(page: Page, theme: str) -> None:
    """Colour the map by a theme."""
    act_and_wait(page, lambda: page.locator(THEME).select_option(theme))


def open_drawer(page: Page, part: str) -> None:
    """Open a part of the drawer: table, export, print, file."""
    parts = ["table", "export", "print", "file"]
    page.locator(".atlas-tab").nth(parts.index(part)).click()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running_app(
    log: Path, data: Path | None = None, base: str = "", **settings: str
) -> Iterator[str]:
    """Start the app as the README says, give its address, stop it again."""
    server, address = start(log, data, base, **settings)
    try:
        yield address
    finally:
        stop(server)


def start(
    log: Path, data: Path | None, base: str, **settings: str
) -> tuple[subprocess.Popen, str]:
    """Start the app at a free port and wait until it answers."""
    # Nobody edits the code while it is tested: no watcher of files, of which each
    # server would have one, and of which a machine allows a user so many only.
    environment = os.environ | {"STREAMLIT_SERVER_FILE_WATCHER_TYPE": "none"}
    environment |= settings
    if data:
        environment["ATLAS_DATA"] = str(data)
    for _ in range(STARTS):
        port = free_port()
        command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
        command += ["--server.port", str(port), "--server.baseUrlPath", base]
        address = f"http://127.0.0.1:{port}" + (f"/{base}" if base else "")
        with log.open("w") as output:
            server = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=output, stderr=output
            )
        try:
            if is_healthy(server, f"{address}/_stcore/health", log):
                return server, address
        except BaseException:
            stop(server)
            raise
        if not re.search(r"(?i)port .* not available", log.read_text()):
            break
    pytest.fail(f"the app stopped at its start:\n{log.read_text()}")


def is_healthy(server: subprocess.Popen, url: str, log: Path) -> bool:
    """Whether the app answers; false if it has stopped."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            return False
        asked = contextlib.suppress(OSError, HTTPException)
        with asked, urllib.request.urlopen(url, timeout=10):
            return True
        time.sleep(0.2)
    pytest.fail(f"the app did not answer in {START_SECONDS} s:\n{log.read_text()}")


def stop(server: subprocess.Popen) -> None:
    """End the server, whatever it does."""
    server.terminate()
    try:
        server.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
