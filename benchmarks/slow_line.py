"""A first visit over a slow line: when something true is painted, when the map is live.

Run as ``python -m benchmarks.slow_line``. Chromium holds each answer back for 400 ms
and lets 50 kB/s through, as its developer tools do; the cache is empty. Times are in
the page, from the start of the navigation. The goals are judged; a slow machine misses
them, so read them beside what else it did.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Browser

from benchmarks.first_visit import chromium
from benchmarks.server import running

LATENCY_MS: Final = 400
BYTES_A_SECOND: Final = 50_000

MOST_STILL_MS: Final = 3_000
MOST_LIVE_MS: Final = 25_000

PATIENCE_MS: Final = 180_000

_WATCH: Final = """
(() => {
  if (window !== window.top) return;
  window.slow = { still: null, live: null };
  const shown = (name, selector) => {
    if (window.slow[name] !== null || !document.querySelector(selector)) return;
    window.slow[name] = 0;
    requestAnimationFrame(() => {
      const after = new MessageChannel();
      after.port1.onmessage = () => { window.slow[name] = performance.now(); };
      after.port2.postMessage(null);
    });
  };
  const look = () => {
    shown("still", "#atlas-still .atlas-still-ways"); // behind the picture
    shown("live", ".folium-map[data-painted]");
    if (!window.slow.live) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""


_IS_LIVE: Final = "() => Boolean(window.slow && window.slow.live)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Milliseconds of one visit from its start.

    Attributes
    ----------
    first : float
        First content painted, whatever it is, as the browser says.
    still : float or None
        End of the frame with the still map; None if there was none.
    live : float
        End of the frame with the live map.
    page : int
        Bytes of the page itself, as they came.
    """

    first: float
    still: float | None
    live: float
    page: int


def visit(browser: Browser, address: str) -> Times:
    """Visit an address with nothing in the cache, over the slow line.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        The browser.
    address : str
        What to visit.
    """
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.add_init_script(_WATCH)
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    network.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY_MS,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    page.goto(address, wait_until="commit", timeout=PATIENCE_MS)
    page.wait_for_function(_IS_LIVE, timeout=PATIENCE_MS)
    found: dict[str, Any] = page.evaluate(
        """() => ({
          ...window.slow,
          first: performance.getEntriesByName("first-contentful-paint")[0].startTime,
          page: performance.getEntriesByType("navigation")[0].encodedBodySize,
        })"""
    )
    context.close()
    return Times(**found)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print.

    Parameters
    ----------
    arguments : sequence of str, optional
        By default those of the process.

    Returns
    -------
    int
        0; a goal that is missed is said.
    """
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args(arguments)
    with chromium() as browser, running("streamlit_app.py") as address:
        visits = [visit(browser, address) for _ in range(options.repeats)]
    for times in visits:
        print(times)
    goals = {"first": None, "still": MOST_STILL_MS, "live": MOST_LIVE_MS}
    for name, most in goals.items():
        taken = [value for t in visits if (value := getattr(t, name)) is not None]
        if not taken:
            print(f"{name}: never")
            continue
        middle = statistics.median(taken)
        verdict = "" if most is None else f", goal {most:,}: {_judged(middle, most)}"
        print(f"{name}: median {middle:,.0f} ms{verdict}")
    return 0


def _judged(taken: float, most: float) -> str:
    return "met" if taken <= most else "missed"


if __name__ == "__main__":
    raise SystemExit(main())
