"""How smoothly the map moves, and how fast it is restyled, in headless Chromium.

Run as ``python -m benchmarks.map``. Pages are saved maps, opened one after another in
turns, so that whatever else the machine does hits all alike. The tables judge
goals, but never fail.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from statistics import mean, median, quantiles
from subprocess import run
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.filter import CHROMIUM, FLAGS
from benchmarks.scenes import MOTIONS, Scene, scenes
from layers.webmap.folium_map import AtlasMap, draw

FRAMES_GOAL: Final = 50.0
COUNTRY_GOAL: Final = 2.0
WIRE_GOAL: Final = 70_000

RESTYLES: Final = 6
"""In each visit; the first is not counted, for its patterns are laid out then."""

DRIVER: Final = """
globalThis.driver = {
  intervals: null,
  opened: null,
  start() {
    const intervals = this.intervals = [];
    let last = null;
    const tick = (now) => {
      if (this.intervals !== intervals) return;
      if (last !== null) intervals.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  },
  stop() {
    const intervals = this.intervals;
    this.intervals = null;
    return intervals;
  },
  frame: () => new Promise((done) => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => done(performance.now());
    after.port2.postMessage(null);
  })),
  async zoom(map, seconds) {
    const end = performance.now() + 1000 * seconds;
    this.start();
    for (let i = 0; performance.now() < end; i += 1) {
      const next = map.getZoom() + (i % 4 < 2 ? 0.5 : -0.5);
      await new Promise((done) => {
        map.once("zoomend", done);
        map.setZoom(next, { animate: true });
      });
      await this.frame();
    }
    return this.stop();
  },
  async restyle(act) {
    await new Promise((done) => setTimeout(done, 60));
    const began = performance.now();
    act();
    const changed = performance.now();
    return [changed - began, await this.frame() - began];
  },
};
new MutationObserver((_, watch) => {
  if (!document.querySelector(".folium-map[data-painted]")) return;
  watch.disconnect();
  driver.frame().then((now) => { driver.opened = now; });
}).observe(document, { subtree: true, attributeFilter: ["data-painted"] });
"""
"""Runs in each page first. Frames are counted by the times that the browser gives
them; a restyle ends with the frame that shows it."""


def measure(repeats: int, seconds: float, known: dict[str, Scene]) -> None:
    """Visit the scenes in turn and write down what was measured in them.

    Parameters
    ----------
    repeats : int
        Visits of each.
    seconds : float
        Of each motion.
    known : dict of str to Scene
        As :func:`scenes` gives them.
    """
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for number, scene in enumerate(known.values()):
            (Path(folder) / f"{number}.html").write_text(scene.page, "utf-8")
        for _ in range(repeats):
            for number, scene in enumerate(known.values()):
                _visit(browser, Path(folder) / f"{number}.html", scene, seconds)
        browser.close()


def motion_table(known: dict[str, Scene]) -> Iterator[str]:
    """Write frames a second and frame times as a Markdown table."""
    yield (
        "| map | motion | frames/s, median | slowest 5 % | mean | "
        f"frame time / floor | ≥ {FRAMES_GOAL:.0f} on average |"
    )
    yield "| --- | --- | ---: | ---: | ---: | ---: | --- |"
    floor = next(iter(known.values()))
    for name, scene in known.items():
        for motion, intervals in scene.frames.items():
            average = 1000 / mean(intervals)
            slow = 1000 / quantiles(intervals, n=20)[-1]
            ratio = mean(intervals) / mean(floor.frames[motion])
            reached = "yes" if average >= FRAMES_GOAL else "**no**"
            yield (
                f"| {name} | {motion} | {1000 / median(intervals):.0f} | {slow:.0f} "
                f"| {average:.1f} | {ratio:.2f} | {reached} |"
            )


def restyle_table(known: dict[str, Scene]) -> Iterator[str]:
    """Write the times of opening and of a restyle as a Markdown table."""
    yield "| map | opened, ms | counties restyled: script, ms | → painted, ms |"
    yield "| --- | ---: | ---: | ---: |"
    for name, scene in known.items():
        if scene.painted:
            opened = f"{median(scene.opened):.0f}" if scene.opened else ""
            script, painted = median(scene.script), median(scene.painted)
            yield f"| {name} | {opened} | {script:.1f} | {painted:.1f} |"


def country_table(known: dict[str, Scene]) -> Iterator[str]:
    """Compare the country with Hebei as a Markdown table."""
    yield "| country / Hebei | opened | pan | zoom | restyle | < 2 |"
    yield "| --- | ---: | ---: | ---: | ---: | --- |"
    for name, scene in known.items():
        if not name.startswith("country"):
            continue
        base = known.get(_same_of_hebei(name))
        if base is None:
            continue
        ratios = [
            *([median(scene.opened) / median(base.opened)] if scene.opened else []),
            *(mean(scene.frames[m]) / mean(base.frames[m]) for m in MOTIONS),
            median(scene.painted) / median(base.painted),
        ]
        reached = "yes" if max(ratios) < COUNTRY_GOAL else "**no**"
        cells = [f"{ratio:.2f}" for ratio in ratios]
        yield f"| {' | '.join([name, *[''] * (4 - len(cells)), *cells])} | {reached} |"


def wire_line(drawn: AtlasMap) -> str:
    """Say how large the bundle of a map is on the wire."""
    text = json.dumps(drawn.bundle, ensure_ascii=False, separators=(",", ":"))
    size = len(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    reached = "yes" if size <= WIRE_GOAL else "**no**"
    return (
        f"Bundle of `overview`: {len(text.encode()):,} bytes, {size:,} with gzip; "
        f"goal ≤ {WIRE_GOAL:,}: {reached}."
    )


def setting() -> str:
    """Say when and on what was measured."""
    chromium = run((CHROMIUM, "--version"), capture_output=True, text=True, check=True)
    return ", ".join(
        [
            f"{datetime.now(UTC):%Y-%m-%d}",
            f"{cpu_count()} cores, no GPU",
            chromium.stdout.strip(),
            f"Python {platform.python_version()}",
            *(f"{name} {version(name)}" for name in ("folium", "playwright")),
        ]
    )


def _visit(browser: Browser, file: Path, scene: Scene, seconds: float) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(DRIVER)
    page.goto(file.as_uri())
    page.wait_for_function(scene.ready)
    page.wait_for_timeout(300)
    if opened := page.evaluate("driver.opened"):
        scene.opened.append(opened)
    page.evaluate(f"() => {{ {scene.prepare} }}")
    page.wait_for_timeout(300)
    if scene.restyle:
        times = [
            page.evaluate(
                f"(i) => driver.restyle(() => ({scene.restyle})(i))", number + 1
            )
            for number in range(RESTYLES)
        ]
        scene.script += [script for script, _ in times[1:]]
        scene.painted += [painted for _, painted in times[1:]]
    scene.frames["pan"] += _pan(page, seconds)
    page.wait_for_timeout(300)
    scene.frames["zoom"] += page.evaluate(f"driver.zoom({scene.map}, {seconds})")
    context.close()


def _pan(page: Page, seconds: float) -> list[float]:
    """Drag the map to and fro with the mouse; let go, it glides on for a while."""
    end = monotonic() + seconds
    left, right = 460, 760
    page.mouse.move(left, 400)
    page.evaluate("driver.start()")
    while monotonic() < end:
        for start, stop in ((left, right), (right, left)):
            page.mouse.move(start, 400)
            page.mouse.down()
            page.mouse.move(stop, 440 if stop == right else 400, steps=25)
            page.mouse.up()
    intervals: list[float] = page.evaluate("driver.stop()")
    return intervals


def _same_of_hebei(name: str) -> str:
    """Return the scene of Hebei that one of the country is compared with."""
    parts = [p for p in name.split(", ") if p not in {"whole", "as close as Hebei"}]
    return ", ".join(["overview", *parts[1:]])


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.map", description=__doc__
    )
    parser.add_argument(
        "--repeats", type=int, default=3, help="visits of each page (default: 3)"
    )
    parser.add_argument(
        "--seconds", type=float, default=2.0, help="of each motion (default: 2)"
    )
    parser.add_argument(
        "--only",
        default="",
        help="only pages whose names match this regular expression",
    )
    options = parser.parse_args(arguments)
    known = {
        name: scene
        for number, (name, scene) in enumerate(scenes().items())
        if not number or re.search(options.only, name)
    }
    measure(max(1, options.repeats), options.seconds, known)
    print(setting(), end="\n\n")
    for table in (motion_table, restyle_table, country_table):
        print("\n".join(table(known)), end="\n\n")
    print(wire_line(draw()))


if __name__ == "__main__":
    main()
