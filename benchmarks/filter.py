"""What a filter costs: a naive Folium page, ours, and Streamlit alone.

Run as ``python -m benchmarks.filter``. All three run at the same time on this machine
and are visited in turn, so that whatever else the machine does hits all alike. The
table shows medians and ratios; it judges goals, but never fails for a slow machine.
"""

from __future__ import annotations

import argparse
import platform
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from os import cpu_count
from statistics import median
from subprocess import run
from typing import Final, Literal
from zlib import MAX_WBITS, Z_SYNC_FLUSH, compressobj

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from benchmarks.server import running
from benchmarks.visit import Timing, Visit, describe
from geo.boundaries import Boundaries
from geo.folders import boundaries_folder
from layers.facts import package as packages

DRAWN = Boundaries(boundaries_folder())

CHROMIUM: Final = "/usr/bin/chromium-headless-shell"
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
)

PROGRAMMES: Final = (
    "contiguous_yanshan_taihang",
    "deep_poverty",
    "paired_with_tianjin",
    "relocation",
    "carbon_sink_forestry",
    "whole_area_tourism_demonstration",
)
"""Chosen one after another. In naive and on the floor none is chosen twice in a visit:
Streamlit does not send again what the page got in its last two runs, if it is large, so
that going to and fro between two of them would hide what a choice costs."""

COUNTY: Final = "130828"
"""围场满族蒙古族自治县, in all of them: each choice gives it another fill."""

WARM_UP: Final = 2
"""Filters of each visit that are not counted: scripts are compiled meanwhile."""

COUNTED: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One of the three.

    Attributes
    ----------
    script : str
        Path below the project's folder.
    read : str
        JavaScript that reads what is shown; see :class:`benchmarks.visit.Visit`.
    target : callable
        Page and number of the filter to what is clicked.
    query : callable
        Number of the visit to the query string with which it opens.
    prepare : callable
        What has to be done on the page before the first filter.
    """

    script: str
    read: str
    target: Callable[[Page, int], Locator]
    query: Callable[[int], str] = lambda _: ""
    prepare: Callable[[Page], object] = lambda _: None


@dataclass(slots=True)
class Samples:
    """All measurements of one application.

    Attributes
    ----------
    first_paints, filters : list of Timing
        One a visit; :data:`COUNTED` a visit.
    extensions : set of str
        What browser and server agreed on for the socket, e.g. compression.
    """

    first_paints: list[Timing] = field(default_factory=list)
    filters: list[Timing] = field(default_factory=list)
    extensions: set[str] = field(default_factory=set)

    def add(self, other: Samples) -> None:
        """Take over the measurements of another visit."""
        self.first_paints += other.first_paints
        self.filters += other.filters
        self.extensions |= other.extensions

    def sizes(self) -> list[int]:
        """Return the bytes of each filter, over the socket and beside it."""
        return [timing.size for timing in self.filters]

    def sizes_deflated(self) -> list[int]:
        """Return the same, as if the socket were compressed."""
        return [deflated(timing.messages) + timing.fetched for timing in self.filters]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What ours is to reach, measured against `of` or, without it, in itself."""

    limit: float
    of: Literal["naive", "floor"] | None
    text: str

    def verdict(self, naive: float, ours: float, floor: float) -> str:
        """Say whether the medians reach it."""
        base = {"naive": naive, "floor": floor, None: 1.0}[self.of]
        return "yes" if ours <= self.limit * base else "**no**"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A row of the table."""

    name: str
    values: Callable[[Samples], Iterable[float]]
    goals: tuple[Goal, ...]


QUANTITIES: Final = (
    Quantity(
        name="first paint, ms",
        values=lambda samples: [timing.changed for timing in samples.first_paints],
        goals=(Goal(limit=1.5, of="floor", text="≤ 1.5 × floor"),),
    ),
    Quantity(
        name="filter → painted, ms",
        values=lambda samples: [timing.changed for timing in samples.filters],
        goals=(
            Goal(limit=0.4, of="floor", text="≤ 0.4 × floor"),
            Goal(limit=1 / 3, of="naive", text="≤ 1/3 of naive"),
        ),
    ),
    Quantity(
        name="filter → end of its frame, ms",
        values=lambda samples: [timing.framed for timing in samples.filters],
        goals=(Goal(limit=1.6, of="floor", text="≤ 1.6 × floor"),),
    ),
    Quantity(
        name="bytes a filter",
        values=lambda samples: samples.sizes(),
        goals=(Goal(limit=4 * 1024, of=None, text="≤ 4 KB"),),
    ),
)


def applications() -> dict[str, Application]:
    """Return the three by their names in the table."""
    package = packages.load()
    # Leaflet's paths bear no code in naive, but stand in the order of the table.
    at = DRAWN.load("county", "overview").index.get_loc(COUNTY)

    def radio(page: Page, number: int) -> Locator:
        choices = page.locator("[data-testid=stRadio] label")
        return choices.filter(has_text=PROGRAMMES[number])

    def row(page: Page, number: int) -> Locator:
        # Every programme is turned on and then off again.
        return page.locator(f'.atlas-take[data-value="{PROGRAMMES[number // 2]}"]')

    def open_list(page: Page) -> None:
        page.locator(".atlas-add").click()
        page.locator(".atlas-mode.atlas-all_of").click()

    prefectures = package.divisions.of_level("prefecture")
    others = [code for code in prefectures if code[:4] != COUNTY[:4]]

    def narrowed(visit: int) -> str:
        # Another selection a visit: what the server keeps of an earlier one is no help.
        region = [code for i, code in enumerate(others) if visit >> i & 1]
        return "?prefecture=" + ",".join([f"{COUNTY[:4]}00", *region])

    return {
        "naive": Application(
            script="benchmarks/naive_app.py",
            read=f"""
                const path = doc.querySelectorAll("path.leaflet-interactive")[{at}];
                return path ? path.getAttribute("fill") : null;
            """,
            target=radio,
        ),
        "ours": Application(
            script="streamlit_app.py",
            read=f"""
                if (!doc.querySelector(".folium-map[data-painted]")) return null;
                const path = doc.querySelector('path[data-adcode="{COUNTY}"]');
                return path ? path.style.fill : null;
            """,
            target=row,
            query=narrowed,
            prepare=open_list,
        ),
        "floor": Application(
            script="benchmarks/floor_app.py",
            read="""
                const text = doc.querySelector("[data-testid=stText]");
                return text ? text.textContent : null;
            """,
            target=radio,
        ),
    }


def measure(repeats: int) -> dict[str, Samples]:
    """Visit the applications in turn.

    Parameters
    ----------
    repeats : int
        Visits of each.

    Returns
    -------
    dict of str to Samples
        By name of the application.
    """
    measured: dict[str, Samples] = defaultdict(Samples)
    with ExitStack() as stack:
        known = applications()
        addresses = {
            name: stack.enter_context(running(application.script))
            for name, application in known.items()
        }
        chromium = stack.enter_context(sync_playwright()).chromium
        browser = chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        stack.callback(browser.close)
        # The first visit fills the caches of the servers; it does not count.
        for number in range(repeats + 1):
            for name, application in known.items():
                address = f"{addresses[name]}/{application.query(number)}"
                samples = visit(browser, address, application)
                if number:
                    measured[name].add(samples)
    return dict(measured)


def visit(browser: Browser, address: str, application: Application) -> Samples:
    """Open an application in a fresh context and filter a few times."""
    with Visit(browser, address, application.read) as opened:
        application.prepare(opened.page)
        filters = [
            opened.press(application.target(opened.page, number))
            for number in range(WARM_UP + COUNTED)
        ]
        return Samples([opened.first_paint], filters[WARM_UP:], {opened.extensions})


def table(measured: dict[str, Samples]) -> Iterator[str]:
    """Write medians, ratios and goals as a Markdown table."""
    heads = ("median", "naive", "ours", "floor", "ours / naive", "ours / floor")
    yield f"| {' | '.join(heads)} | goal | reached |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | --- | --- |"
    for quantity in QUANTITIES:
        naive, ours, floor = (
            median(quantity.values(measured[name]))
            for name in ("naive", "ours", "floor")
        )
        for goal in quantity.goals:
            yield (
                f"| {quantity.name} "
                f"| {naive:,.0f} | {ours:,.0f} | {floor:,.0f} "
                f"| {ours / naive:.2f} | {ours / floor:.2f} "
                f"| {goal.text} | {goal.verdict(naive, ours, floor)} |"
            )


def setting() -> str:
    """Say when and on what was measured."""
    packages = ("streamlit", "folium", "streamlit-folium", "playwright")
    chromium = run((CHROMIUM, "--version"), capture_output=True, text=True, check=True)
    return ", ".join(
        [
            f"{datetime.now(UTC):%Y-%m-%d}",
            f"{cpu_count()} cores",
            chromium.stdout.strip(),
            f"Python {platform.python_version()}",
            *(f"{name} {version(name)}" for name in packages),
        ]
    )


def deflated(messages: Iterable[bytes]) -> int:
    """Return how long messages would be if the socket were compressed."""
    stream = compressobj(wbits=-MAX_WBITS)
    return sum(
        len(stream.compress(message)) + len(stream.flush(Z_SYNC_FLUSH))
        for message in messages
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.filter", description=__doc__
    )
    parser.add_argument(
        "--repeats",
        type=int,
        default=5,
        help=f"visits of each application, {COUNTED} filters each (default: 5)",
    )
    parser.add_argument(
        "--messages",
        action="store_true",
        help="also list the messages of the largest filter of ours",
    )
    options = parser.parse_args(arguments)
    measured = measure(max(1, options.repeats))

    print(setting(), end="\n\n")
    for line in table(measured):
        print(line)
    first, filters = len(measured["ours"].first_paints), len(measured["ours"].filters)
    print(f"\n{first} first paints and {filters} filters of each.")
    for name, samples in measured.items():
        agreed = ", ".join(sorted(filter(None, samples.extensions))) or "none"
        deflated_size = median(samples.sizes_deflated())
        print(
            f"{name}: largest filter {max(samples.sizes()):,} bytes; compression of "
            f"the socket: {agreed}; a filter deflated: {deflated_size:,.0f} bytes"
        )
    if options.messages:
        largest = max(measured["ours"].filters, key=lambda timing: timing.size)
        print("\nMessages of the largest filter of ours, bytes:")
        for message in largest.messages:
            print(f"{len(message):7,}  {describe(message)}")
        print(f"{largest.fetched:7,}  fetched beside the socket")


if __name__ == "__main__":
    main()
