/* Names on the map: prefectures at any zoom, counties where they fit.
 *
 * label-choice.js says which. All stand in one element, which follows a zoom as a whole: a
 * Leaflet marker each would be a composited layer each, and halves the frames of a zoom
 * (benchmarks/map.py). Symbols of places were there before any label.
 */
import { element } from "./elements.js";
import { lastRankShown, placeLabel, rankOfLabel, roomOfDegree } from "./label-choice.js";
import { pixelOriginAt } from "./pixel-origin.js";

/** @typedef {import("../messages.js").Bundle} Bundle */
/** @typedef {import("../messages.js").MapState} MapState */

/**
 * @typedef {object} Label
 * @property {string} [adcode] Of a county.
 * @property {boolean} [prefecture]
 * @property {string} [partner] Adcode of a district from which lines may lead.
 * @property {string} name_en
 * @property {string} short
 * @property {number} radius In degrees, 0 where none is needed.
 * @property {L.LatLng} at
 * @property {HTMLElement} text
 * @property {number} width In pixels; 0 if not measured.
 * @property {number} rank
 * @property {boolean} shown
 */

/** @typedef {{ zoom: number, origin: L.Point, bounds: L.Bounds }} Layout */

const MARGIN = 0.5; // of the view, for which labels are laid out beyond its sides
const KIND_OF_COUNTY = / (Manchu|Mongol|Hui|County|District|City|Mining).*$/;

export class Labels {
  /**
   * @param {L.Map} map
   * @param {Bundle} bundle
   * @param {import("./relations.js").Relations} relations
   */
  constructor(map, bundle, relations) {
    this.map = map;
    this.relations = relations;
    this.language = "";
    /** @type {Map<string, string> | null} */
    this.selected = null;
    /** @type {Layout | null} */
    this.laid = null;
    this.root = element("div", "atlas-labels leaflet-zoom-animated");
    /** @type {HTMLElement} */ (map.getPane("atlas-labels")).append(this.root);
    /** @type {Label[]} */
    this.labels = [
      ...bundle.labels.map(({ name, name_en, lon, lat }) => this.make({
        short: name, name_en, radius: 0, prefecture: true,
      }, [lon, lat])),
      ...Object.entries(bundle.counties).map(([adcode, record]) => this.make({
        adcode, short: record.short, radius: record.radius,
        name_en: record.name_en.replace(KIND_OF_COUNTY, ""),
      }, record.point)),
      ...Object.entries(bundle.partners).map(([partner, { name, name_en, point }]) => (
        this.make({
          partner, short: name, radius: 0, name_en: name_en.replace(KIND_OF_COUNTY, ""),
        }, point))),
    ];
    this.ordered = this.labels;
    map.on("zoomanim", ({ zoom, center }) => {
      this.follow(zoom, pixelOriginAt(map, center, zoom));
    });
    map.on("zoom", () => this.follow(map.getZoom(), map.getPixelOrigin()));
    map.on("zoomend viewreset", () => this.layout());
    map.on("moveend", () => {
      if (!this.laid?.bounds.contains(map.getPixelBounds())) this.layout();
    });
  }

  /**
   * @param {Pick<Label, "adcode" | "prefecture" | "partner" | "name_en" | "short"
   *   | "radius">} about
   * @param {import("../messages.js").LonLat} point
   * @returns {Label}
   */
  make(about, [lon, lat]) {
    const kind = about.prefecture ? " atlas-label-prefecture"
      : about.partner ? " atlas-label-partner" : "";
    const text = element("span", `atlas-label${kind}`);
    text.style.display = "none";
    this.root.append(text);
    return { ...about, at: L.latLng(lat, lon), text, width: 0, rank: 0, shown: false };
  }

  /**
   * Moves the labels, as laid out for one zoom, to where another shows them.
   *
   * @param {number} zoom
   * @param {L.Point} origin
   */
  follow(zoom, origin) {
    if (!this.laid) return;
    const scale = this.map.getZoomScale(zoom, this.laid.zoom);
    L.DomUtil.setTransform(this.root, this.laid.origin.multiplyBy(scale).subtract(origin), scale);
  }

  /** @param {MapState} state @param {Map<string, string>} selected Fills by adcode. */
  update(state, selected) {
    const { language, focus } = state;
    if (language !== this.language) {
      for (const label of this.labels) {
        label.text.textContent = language === "en" ? label.name_en : label.short;
        label.width = 0;
      }
    }
    this.language = language;
    this.selected = selected;
    const alike = this.isAlike(selected);
    // A city has its name on the map already.
    const partners = new Set(state.lines.filter(([, , level]) => level === "district")
      .map(([partner]) => partner));
    for (const label of this.labels) {
      label.rank = rankOfLabel(label, { focus, selected, alike, partners });
    }
    this.ordered = [...this.labels].sort((a, b) => a.rank - b.rank);
    this.layout();
  }

  /** Whether every county is selected. @param {Map<string, string>} selected */
  isAlike(selected) {
    return this.labels.every(({ adcode }) => adcode === undefined || selected.has(adcode));
  }

  layout() {
    if (!this.selected) return;
    const zoom = this.map.getZoom();
    const origin = this.map.getPixelOrigin();
    const view = this.map.getPixelBounds();
    const margin = view.getSize().multiplyBy(MARGIN);
    const bounds = L.bounds(
      /** @type {L.Point} */ (view.min).subtract(margin),
      /** @type {L.Point} */ (view.max).add(margin),
    );
    this.laid = { zoom, origin, bounds };
    L.DomUtil.setTransform(this.root, L.point(0, 0), 1);
    const last = lastRankShown(zoom, this.isAlike(this.selected));
    const room = roomOfDegree(zoom);
    const wanted = new Map();
    for (const label of this.ordered) {
      const point = label.rank <= last && this.map.project(label.at, zoom);
      if (point && bounds.contains(point)) wanted.set(label, point);
      else this.show(label, false);
    }
    this.measure([...wanted.keys()].filter(({ width }) => !width));
    const taken = this.relations.symbolBoxes(zoom);
    for (const [label, point] of wanted) {
      const place = placeLabel(label, point, room, taken);
      if (place) {
        Object.assign(label.text.style, {
          left: `${place.x - origin.x}px`, top: `${place.y - origin.y}px`,
        });
      }
      this.show(label, Boolean(place));
    }
  }

  /**
   * All shown first, then all read: one layout of the browser instead of many.
   *
   * @param {Label[]} labels
   */
  measure(labels) {
    labels.forEach((label) => this.show(label, true));
    labels.forEach((label) => { label.width = label.text.offsetWidth; });
  }

  /** @param {Label} label @param {boolean} shown */
  show(label, shown) {
    if (label.shown === shown) return;
    label.shown = shown;
    label.text.style.display = shown ? "" : "none";
  }
}
