"""How fast the map follows the limit of a class that is dragged.

Run as ``python -m benchmarks.breaks``. While the limit moves the page restyles by
itself; beside that stands the same made by the server: a state asked for, painted, and
told to Streamlit, as when the limit is let go.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from statistics import median
from typing import Final

from playwright.sync_api import sync_playwright

from benchmarks.server import running

CHROMIUM: Final = "/usr/bin/chromium-headless-shell"
GOAL_MS: Final = 50
_QUERY: Final = "see=age_65_share_2020&lang=en"

_DRAG: Final = """async (moves) => {
  const plot = document.querySelector(".atlas-limits-plot");
  const { x, y } = document.querySelector(".atlas-limit").getBoundingClientRect();
  plot.setPointerCapture = () => {};
  const send = (name, at) => plot.dispatchEvent(new PointerEvent(name, {
    bubbles: true, clientX: at, clientY: y + 10, pointerId: 1 }));
  const painted = () => new Promise((done) => requestAnimationFrame(
    () => setTimeout(done)));
  const found = { moves: [], settled: 0 };
  send("pointerdown", x);
  for (let i = 1; i <= moves; i += 1) {
    const began = performance.now();
    send("pointermove", x + 2 * (i % 9) - 8);
    await painted();
    found.moves.push(performance.now() - began);
  }
  const before = location.search;
  const began = performance.now();
  send("pointerup", x);
  while (location.search === before) await new Promise((done) => setTimeout(done, 2));
  found.settled = performance.now() - began;
  return found;
}"""
"""A move ends with the frame that shows it, a limit let go with the new address."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--moves", type=int, default=40)
    options = parser.parse_args(arguments)
    moves: list[float] = []
    settled: list[float] = []
    with running("streamlit_app.py") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        for _ in range(options.repeats):
            page = browser.new_page()
            page.goto(f"{address}/?{_QUERY}")
            page.locator(".folium-map[data-painted]").wait_for()
            page.locator(".atlas-limit").first.wait_for()
            page.wait_for_timeout(1000)
            found = page.evaluate(_DRAG, options.moves)
            moves += found["moves"]
            settled.append(found["settled"])
            page.close()
        browser.close()
    print("| ms | median | slowest | goal | reached |")
    print("| --- | ---: | ---: | --- | --- |")
    reached = "yes" if median(moves) <= GOAL_MS else "**no**"
    print(
        f"| a limit moves → its frame | {median(moves):.0f} | {max(moves):.0f} "
        f"| ≤ {GOAL_MS} | {reached} |"
    )
    print(
        f"| let go → the server has said the same, in the address "
        f"| {median(settled):.0f} | {max(settled):.0f} | | |"
    )
    print(f"\nRatio {median(moves) / median(settled):.2f}; {len(moves)} moves.")


if __name__ == "__main__":
    main()
