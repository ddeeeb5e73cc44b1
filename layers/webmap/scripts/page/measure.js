/* Measuring on the map: presses add points to a line; its length and the area that it
 * encloses are measured by the server, on the ellipsoid. */
import { element, mapControl, pushButton } from "../map/atlas.js";
import { filled } from "./filled.js";
import { onPresses } from "./map-presses.js";
import { requests } from "./page-requests.js";

/** @typedef {import("../messages.js").Texts} Texts */
/** @typedef {import("../messages.js").Measured} Measured */

const MOST_POINTS = 100; // as the server allows

/** @param {L.LatLng[]} points */
const addressOf = (points) => {
  const at = points.map(({ lat, lng }) => `${lng.toFixed(6)},${lat.toFixed(6)}`).join(",");
  return new URL(`../measure.json?at=${encodeURIComponent(at)}`, import.meta.url).href;
};

/** @param {number} number */
const figure = (number) => number.toLocaleString("en-US", {
  maximumFractionDigits: number < 100 ? 2 : number < 1000 ? 1 : 0,
});

export class Measure {
  /**
   * @param {L.Map} map
   * @param {import("../map/county-map.js").CountyMap} counties
   * @param {() => Texts} texts
   */
  constructor(map, counties, texts) {
    this.map = map;
    this.counties = counties;
    this.texts = texts;
    /** @type {L.LatLng[]} */
    this.points = [];
    this.line = L.polyline([], { className: "atlas-measure", interactive: false, pane: "atlas-focus" });
    this.closing = L.polyline([], {
      className: "atlas-measure atlas-measure-closing", interactive: false, pane: "atlas-focus",
    });
    this.dots = L.layerGroup();
    this.box = mapControl(map, "bottomleft", element("div", "atlas-measured"));
    this.box.hidden = true;
    this.said = element("p");
    this.said.setAttribute("role", "status");
    this.hint = element("p", "atlas-measure-hint");
    this.close = pushButton("×", () => this.stop(), "atlas-measure-close");
    this.box.append(this.close, this.said, this.hint);
    L.DomEvent.disableClickPropagation(this.box);
    /** @type {AbortController | null} */
    this.listening = null;
    this.asked = 0;
  }

  toggle() {
    if (this.listening) this.stop();
    else this.start();
  }

  start() {
    this.counties.tools.stop();
    const container = this.map.getContainer();
    const listening = new AbortController();
    const { signal } = listening;
    this.listening = listening;
    this.counties.tools.press("measure", true);
    container.classList.add("atlas-measuring");
    this.line.addTo(this.map);
    this.closing.addTo(this.map);
    this.dots.addTo(this.map);
    this.box.hidden = false;
    const texts = this.texts();
    this.hint.replaceChildren(texts.measure_hint, " ",
      element("span", "atlas-measure-keys", texts.measure_keys));
    this.close.title = texts.measure_close;
    this.close.setAttribute("aria-label", texts.measure_close);
    onPresses(this.map, signal, {
      press: (at) => this.add(at),
      keys: { Escape: () => this.stop(), Backspace: () => this.back() },
    });
    this.show();
  }

  /** @param {L.LatLng} point */
  add(point) {
    if (this.points.length >= MOST_POINTS) return;
    this.points.push(point);
    this.show();
  }

  back() {
    this.points.pop();
    this.show();
  }

  show() {
    this.line.setLatLngs(this.points);
    const { length } = this.points;
    this.closing.setLatLngs(length > 2 ? [this.points[length - 1], this.points[0]] : []);
    this.dots.clearLayers();
    for (const point of this.points) {
      this.dots.addLayer(L.circleMarker(point, {
        radius: 4, className: "atlas-measure-point", interactive: false, pane: "atlas-focus",
      }));
    }
    this.measure();
  }

  async measure() {
    this.asked += 1;
    const { asked, points } = this;
    this.said.textContent = "";
    if (points.length < 2) return;
    const address = addressOf(points);
    /** @type {Measured | null} */
    const measured = await requests.repeat(address, () => requests.json(address))
      .catch(() => null);
    if (asked !== this.asked) return; // another point has come meanwhile
    const texts = this.texts();
    if (!measured) {
      this.said.textContent = texts.measure_failed;
      return;
    }
    const { length_km: length, area_km2: area } = measured;
    const parts = [filled(texts.measure_length, { km: figure(length) })];
    if (area !== null) parts.push(filled(texts.measure_area, { km2: figure(area) }));
    else if (points.length > 3) parts.push(texts.measure_crossed);
    this.said.replaceChildren(...parts.map((part) => element("span", "", part)));
  }

  stop() {
    this.listening?.abort();
    this.listening = null;
    this.asked += 1;
    this.points = [];
    for (const line of [this.line, this.closing]) line.setLatLngs([]).remove();
    this.dots.clearLayers().remove();
    this.box.hidden = true;
    this.counties.tools.press("measure", false);
    this.map.getContainer().classList.remove("atlas-measuring");
  }
}
