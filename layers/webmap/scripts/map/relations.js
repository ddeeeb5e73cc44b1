/* Lines of pairings and symbols of places. */
import { element, svg } from "./elements.js";
import { symbol } from "./place-symbols.js";

/** @typedef {import("../messages.js").LonLat} LonLat */
/** @typedef {import("../messages.js").LanguageCode} LanguageCode */
/** @typedef {import("../messages.js").MapState} MapState */
/** @typedef {import("./label-choice.js").Box} Box */

const STEPS = 16;
const SYMBOL_SIZE = 20; // px

/**
 * A gentle arc, so that lines to neighbouring counties stay apart.
 *
 * @param {LonLat} from
 * @param {LonLat} to
 * @returns {[lat: number, lon: number][]}
 */
export function arc([x0, y0], [x1, y1]) {
  const bend = 0.14;
  const cx = (x0 + x1) / 2 - bend * (y1 - y0);
  const cy = (y0 + y1) / 2 + bend * (x1 - x0);
  return Array.from({ length: STEPS + 1 }, (_, i) => {
    const t = i / STEPS;
    const x = (1 - t) ** 2 * x0 + 2 * t * (1 - t) * cx + t ** 2 * x1;
    const y = (1 - t) ** 2 * y0 + 2 * t * (1 - t) * cy + t ** 2 * y1;
    return [y, x];
  });
}

export class Relations {
  /**
   * @param {L.Map} map
   * @param {import("../messages.js").Bundle} bundle
   * @param {import("./county-map.js").CountyMap} counties
   */
  constructor(map, bundle, counties) {
    this.map = map;
    this.bundle = bundle;
    this.counties = counties;
    /** @type {Map<L.Polyline, string>} The county of each line. */
    this.countyOfLine = new Map();
    this.lines = L.layerGroup().addTo(map);
    this.places = L.layerGroup().addTo(map);
    this.drawn = "";
    /** @type {{ at: L.LatLng, anchor: L.PointTuple }[]} */
    this.symbols = [];
  }

  /** @param {MapState} state */
  update(state) {
    const now = JSON.stringify([state.lines, state.language, state.kind === "places"]);
    if (now === this.drawn) return;
    this.drawn = now;
    this.lines.clearLayers();
    this.countyOfLine.clear();
    this.places.clearLayers();
    this.symbols = [];
    for (const [partner, county, level] of state.lines) {
      this.addLine(partner, county, level, state.language);
    }
    if (state.lines.length) this.arrowhead();
    const districts = state.lines.filter(([, , level]) => level === "district");
    for (const partner of new Set(districts.map(([code]) => code))) this.addDot(partner);
    if (state.kind === "places") this.addSymbols(state.language);
  }

  /**
   * @param {string} partner
   * @param {string} county
   * @param {string} level
   * @param {LanguageCode} language
   */
  addLine(partner, county, level, language) {
    const from = this.bundle.partners[partner];
    const to = this.bundle.counties[county];
    const path = L.polyline(arc(from.point, to.point), {
      pane: "atlas-relations", className: `atlas-pair atlas-pair-${level}`, fill: false,
    });
    path.bindTooltip(element("span", "", language === "en"
      ? `${from.name_en} → ${to.name_en}` : `${from.name} → ${to.name}`),
    { sticky: true, className: "atlas-tooltip" });
    path.on("mouseover", () => this.highlight(county));
    path.on("mouseout", () => this.highlight(null));
    path.on("click", () => this.counties.select(county));
    this.countyOfLine.set(path, county);
    this.lines.addLayer(path);
    path.getElement()?.setAttribute("marker-end", "url(#atlas-arrow)");
  }

  /** Where the lines of a district begin. @param {string} partner */
  addDot(partner) {
    const [lon, lat] = this.bundle.partners[partner].point;
    this.lines.addLayer(L.circleMarker([lat, lon], {
      pane: "atlas-relations", className: "atlas-line-start", radius: 3, interactive: false,
    }));
  }

  arrowhead() {
    const root = this.map.getPane("atlas-relations")?.querySelector("svg");
    if (!root || root.querySelector("#atlas-arrow")) return;
    root.prepend(svg("defs", {}, svg("marker", {
      id: "atlas-arrow", viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 5,
      markerHeight: 5, orient: "auto-start-reverse",
    }, svg("path", { d: "M0 0L8 4L0 8z", class: "atlas-arrowhead" }))));
  }

  /** @param {string | null} county */
  highlight(county) {
    for (const [line, of] of this.countyOfLine) {
      line.getElement()?.classList.toggle("atlas-pair-strong", of === county);
    }
  }

  /**
   * Places with a point of their own stand there; the others side by side under the
   * middle of their county, with a broken ring.
   *
   * @param {LanguageCode} language
   */
  addSymbols(language) {
    const beside = new Map();
    for (const place of this.bundle.places) {
      if (!place.point) {
        beside.set(place.county, [...(beside.get(place.county) || []), place]);
      }
    }
    for (const place of this.bundle.places) {
      const own = beside.get(place.county) || [];
      const at = own.indexOf(place);
      const [lon, lat] = place.point || this.bundle.counties[place.county].point;
      /** @type {L.PointTuple} */
      const anchor = place.point ? [10, 10] : [10 - 20 * (at - (own.length - 1) / 2), -6];
      const marker = L.marker([lat, lon], {
        pane: "atlas-places", keyboard: false,
        icon: L.divIcon({
          className: "atlas-place",
          // An element, which Leaflet takes as well as text, though its types say HTML.
          html: /** @type {HTMLElement} */ (
            /** @type {unknown} */ (symbol(place.symbol, Boolean(place.point)))),
          iconSize: [SYMBOL_SIZE, SYMBOL_SIZE], iconAnchor: anchor,
        }),
      });
      marker.bindTooltip(element("span", "", language === "en" ? place.name_en : place.name_zh),
        { className: "atlas-tooltip" });
      if (place.county) marker.on("click", () => this.counties.select(place.county));
      this.places.addLayer(marker);
      this.symbols.push({ at: marker.getLatLng(), anchor });
    }
  }

  /**
   * What labels must keep clear of, in pixels of the world at a zoom.
   *
   * @param {number} zoom
   * @returns {Box[]}
   */
  symbolBoxes(zoom) {
    return this.symbols.map(({ at, anchor }) => {
      const { x, y } = this.map.project(at, zoom).subtract(anchor);
      return [x, y, x + SYMBOL_SIZE, y + SYMBOL_SIZE];
    });
  }
}
