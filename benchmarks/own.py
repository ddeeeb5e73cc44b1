"""How long a table of one's own takes from the drop until it is painted.

Run as ``python -m benchmarks.own``. Beside ours stands what a tutorial shows: read by
pandas, merged by code, drawn by ``folium.Choropleth``, without an account of any row.
"""

from __future__ import annotations

import argparse
import io
import time
from collections.abc import Sequence
from statistics import median
from typing import Final

import pandas as pd
from playwright.sync_api import (
    Browser,
    Error,
    FilePayload,
    Frame,
    Page,
    sync_playwright,
)

from benchmarks.filter import CHROMIUM, FLAGS
from benchmarks.server import running
from layers.facts.county_table import county_table
from layers.facts.package import load

GOALS_MS: Final = {"167 rows": 1000, "3,006 rows, 18 years": 2000}
_YEARS: Final = range(2003, 2021)
_OURS: Final = "document.querySelector('.folium-map[data-painted]') !== null"
_NAIVE: Final = "document.querySelectorAll('path.leaflet-interactive').length >= 167"


def tables() -> dict[str, bytes]:
    """Return the tables that are dropped, by what they are: code, name, year, value."""
    counties = county_table(load(), "overview")
    places = [*counties["name"].items()]
    one = [(code, name, 1000 + 7 * n) for n, (code, name) in enumerate(places)]
    many = [
        (code, name, year, 1000 + 7 * n + 31 * (year % 9))
        for n, (code, name) in enumerate(places)
        for year in _YEARS
    ]
    frames = (
        pd.DataFrame(one, columns=["adcode", "name", "income"]),
        pd.DataFrame(many, columns=["adcode", "name", "year", "income"]),
    )
    return dict(zip(GOALS_MS, map(_csv, frames), strict=True))


def _csv(frame: pd.DataFrame) -> bytes:
    target = io.StringIO()
    frame.to_csv(target, index=False)
    return target.getvalue().encode()


def drop(browser: Browser, address: str, content: bytes, painted: str) -> float:
    """Drop a table on an open page; return milliseconds until its map is painted.

    Parameters
    ----------
    browser : Browser
        A visit has a context of its own.
    address : str
        Of the page.
    content : bytes
        The table.
    painted : str
        JavaScript that is true in the frame of the map when it is painted.
    """
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    box = page.locator("input[type=file]")
    box.wait_for(state="attached")
    page.wait_for_timeout(1500)
    began = time.perf_counter()
    box.set_input_files(
        FilePayload(name="own.csv", mimeType="text/csv", buffer=content)
    )
    while not any(_is(frame, painted) for frame in _inner(page)):
        page.wait_for_timeout(5)
    passed = 1000 * (time.perf_counter() - began)
    context.close()
    return passed


def _inner(page: Page) -> list[Frame]:
    return [frame for frame in page.frames if frame != page.main_frame]


def _is(frame: Frame, condition: str) -> bool:
    try:
        return bool(frame.evaluate(condition))
    except Error:  # a frame that goes while it is asked
        return False


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    repeats = parser.parse_args(arguments).repeats
    contents = tables()
    found: dict[tuple[str, str], list[float]] = {}
    with (
        running("benchmarks/naive_own_app.py") as naive,
        running("streamlit_app.py") as ours,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        pages = {"naive": (naive, _NAIVE), "ours": (f"{ours}/own?lang=en", _OURS)}
        for turn in range(repeats + 1):
            for rows, content in contents.items():
                for who, (address, painted) in pages.items():
                    passed = drop(browser, address, content, painted)
                    if turn:  # the first fills caches of the servers
                        found.setdefault((rows, who), []).append(passed)
        browser.close()
    print("| median, ms | naive | ours | ours / naive | slowest | goal | reached |")
    print("| --- | ---: | ---: | ---: | ---: | --- | --- |")
    for rows, goal in GOALS_MS.items():
        naive_ms, ours_ms = (median(found[rows, who]) for who in ("naive", "ours"))
        reached = "yes" if ours_ms <= goal else "**no**"
        print(
            f"| {rows}: drop → painted | {naive_ms:,.0f} | {ours_ms:,.0f} "
            f"| {ours_ms / naive_ms:.2f} | {max(found[rows, 'ours']):,.0f} "
            f"| ≤ {goal:,} | {reached} |"
        )
    print(f"\n{repeats} drops of each.")


if __name__ == "__main__":
    main()
