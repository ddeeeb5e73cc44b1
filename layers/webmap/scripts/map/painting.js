/* The face of the counties: one canvas under their SVG.
 *
 * Drawing the SVG anew after a zoom takes a browser without a GPU two to five frames, the
 * canvas less than one (benchmarks/map.py). So the SVG is what one points at, tabs through,
 * has read aloud and prints; what the screen shows is painted here, from the same points
 * and the same style sheet: a probe of each kind says how the sheet would draw it.
 */
import { svg } from "./elements.js";
import { tile } from "./fill-patterns.js";
import { pixelOriginAt } from "./pixel-origin.js";

/** @typedef {"neighbour" | "county" | "selected" | "prefecture" | "province"} Kind */
/** @typedef {{ fill: string, fillAlpha: number, stroke: string, width: number }} Style */
/** @typedef {L.Path & { _parts: L.Point[][] }} ProjectedPath */

/** @type {Record<Kind, string>} */
const PROBES = {
  neighbour: "atlas-neighbour",
  county: "atlas-county",
  selected: "atlas-county atlas-selected",
  prefecture: "atlas-prefecture",
  province: "atlas-province",
};
const PADDING = 0.1; // of the view, painted beyond its sides, as Leaflet's renderers do

export class Painting {
  /** @param {import("./county-map.js").CountyMap} counties */
  constructor(counties) {
    this.counties = counties;
    this.map = counties.map;
    this.canvas = document.createElement("canvas");
    this.canvas.className = "leaflet-zoom-animated";
    this.context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    this.density = 1;
    this.zooming = false;
    /** @type {{ bounds: L.Bounds, center: L.LatLng, zoom: number } | null} */
    this.painted = null;
    /** @type {Record<Kind, Style> | null} What the style sheet says; null if it changed. */
    this.styles = null;
    /** @type {Map<string, string>} Values of the sheet's variables. */
    this.variables = new Map();
    /** @type {Map<string, CanvasPattern>} */
    this.patterns = new Map();
    this.addToMap();
  }

  addToMap() {
    const { map } = this;
    /** @type {HTMLElement} */ (map.getPane("atlas-painting")).append(this.canvas);
    map.getContainer().classList.add("atlas-painted");
    // The SVG was on the map first, so it hears of a move first and its points are new.
    map.on("zoomanim", ({ center, zoom }) => {
      this.zooming = true;
      this.follow(center, zoom);
    });
    map.on("zoom", () => this.follow(map.getCenter(), map.getZoom()));
    map.on("zoomend", () => { this.zooming = false; });
    map.on("moveend viewreset", () => this.cover());
    this.cover();
  }

  /**
   * Scales what is painted, for one zoom, to where another shows it.
   *
   * @param {L.LatLng} center
   * @param {number} zoom
   */
  follow(center, zoom) {
    if (!this.painted) return;
    const { map, painted } = this;
    const scale = map.getZoomScale(zoom, painted.zoom);
    const half = map.getSize().multiplyBy(0.5 + PADDING).multiplyBy(scale);
    const corner = map.project(painted.center, zoom).subtract(half)
      .subtract(pixelOriginAt(map, center, zoom));
    L.DomUtil.setTransform(this.canvas, corner, scale);
  }

  /* Lays the canvas over the view, after each move. */
  cover() {
    if (this.zooming && this.painted) return;
    const { map, canvas } = this;
    const size = map.getSize();
    const least = map.containerPointToLayerPoint(size.multiplyBy(-PADDING)).round();
    const bounds = L.bounds(least, least.add(size.multiplyBy(1 + 2 * PADDING)).round());
    this.painted = { bounds, center: map.getCenter(), zoom: map.getZoom() };
    const { x, y } = bounds.getSize();
    this.density = globalThis.devicePixelRatio > 1 ? 2 : 1;
    L.DomUtil.setPosition(canvas, least);
    canvas.width = this.density * x;
    canvas.height = this.density * y;
    Object.assign(canvas.style, { width: `${x}px`, height: `${y}px` });
    this.draw();
  }

  /* To be called when appearance or base map have changed what the style sheet says. */
  restyle() {
    this.styles = null;
    this.draw();
  }

  draw() {
    if (!this.painted) return;
    const { canvas, context, counties, density } = this;
    const { x: left, y: top } = this.painted.bounds.getTopLeft();
    if (!this.styles) {
      this.styles = this.readStyles();
      this.variables.clear();
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.setTransform(density, 0, 0, density, -left * density, -top * density);
    context.lineJoin = "round";
    context.lineCap = "round";
    const { neighbour, county, selected, prefecture, province } = this.styles;
    for (const layer of paths(counties.municipalities)) this.area(layer, neighbour, neighbour.fill);
    for (const [adcode, layer] of counties.layers) {
      const style = counties.selected.has(adcode) ? selected : county;
      const fill = this.canvasFill(counties.fills.get(adcode)) || style.fill;
      this.area(/** @type {ProjectedPath} */ (/** @type {unknown} */ (layer)), style, fill);
    }
    for (const layer of paths(counties.prefecture)) this.line(layer, prefecture);
    for (const layer of paths(counties.province)) this.line(layer, province);
  }

  /**
   * How the style sheet draws each kind now. The probes are there for this only.
   *
   * @returns {Record<Kind, Style>}
   */
  readStyles() {
    const probes = Object.entries(PROBES).map(([kind, className]) => (
      { kind, probe: svg("path", { class: `${className} atlas-probe` }) }));
    this.counties.defs.append(...probes.map(({ probe }) => probe));
    const styles = Object.fromEntries(probes.map(({ kind, probe }) => {
      const style = getComputedStyle(probe);
      return [kind, {
        fill: style.fill,
        fillAlpha: Number(style.fillOpacity),
        stroke: style.stroke,
        width: parseFloat(style.strokeWidth),
      }];
    }));
    probes.forEach(({ probe }) => probe.remove());
    return /** @type {Record<Kind, Style>} */ (styles);
  }

  /**
   * What a canvas can fill with, for a colour, a variable or a pattern of the SVG.
   *
   * @param {string | undefined} fill
   */
  canvasFill(fill) {
    const pattern = /^url\(#(.+)\)$/.exec(fill ?? "");
    if (pattern) return this.canvasPattern(pattern[1]);
    const variable = /^var\((.+)\)$/.exec(fill ?? "");
    if (!variable) return fill;
    const [, name] = variable;
    let value = this.variables.get(name);
    if (value === undefined) {
      value = getComputedStyle(this.canvas).getPropertyValue(name);
      this.variables.set(name, value);
    }
    return value;
  }

  /** @param {string} id Of a pattern in the SVG. */
  canvasPattern(id) {
    const key = `${id} ${this.density}`;
    let made = this.patterns.get(key);
    if (!made) {
      const image = tile(this.counties.fillsOfPattern(id), this.density);
      made = /** @type {CanvasPattern} */ (this.context.createPattern(image, "repeat"));
      made.setTransform(new DOMMatrix().rotate(45).scale(1 / this.density));
      this.patterns.set(key, made);
    }
    return made;
  }

  /** @param {ProjectedPath} layer @param {Style} style @param {string | CanvasPattern} fill */
  area(layer, style, fill) {
    if (!this.trace(layer, true)) return;
    const { context } = this;
    context.globalAlpha = style.fillAlpha;
    context.fillStyle = fill;
    context.fill("evenodd");
    this.stroke(style);
  }

  /** @param {ProjectedPath} layer @param {Style} style */
  line(layer, style) {
    if (this.trace(layer, false)) this.stroke(style);
  }

  /** @param {Style} style */
  stroke({ stroke, width }) {
    const { context } = this;
    context.globalAlpha = 1;
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.stroke();
  }

  /**
   * Follows the points as Leaflet has projected them; false if there are none. They are
   * private to Leaflet, but projecting them here again would double the work of a zoom.
   *
   * @param {ProjectedPath} layer
   * @param {boolean} closed
   */
  trace({ _parts: parts }, closed) {
    const { context } = this;
    context.beginPath();
    for (const points of parts) {
      points.forEach(({ x, y }, i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
      if (closed) context.closePath();
    }
    return parts.length > 0;
  }
}

/** @param {L.GeoJSON} group */
const paths = (group) => /** @type {ProjectedPath[]} */ (
  /** @type {unknown} */ (group.getLayers()));
