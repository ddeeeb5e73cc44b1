/* The county map on Leaflet: geometry once, then styles only. */
import { classByCounty, countyInDirection, fillOfSigns } from "./classes.js";
import { reclassed, writtenNumber } from "./class-limits.js";
import { Circles } from "./circles.js";
import { element, svg } from "./elements.js";
import { pattern, swatch } from "./fill-patterns.js";
import { Labels } from "./labels.js";
import { Legend } from "./legend.js";
import { Painting } from "./painting.js";
import { Relations } from "./relations.js";
import { Tools } from "./tools.js";

/** @typedef {import("../messages.js").Bundle} Bundle */
/** @typedef {import("../messages.js").CountyRecord} CountyRecord */
/** @typedef {import("../messages.js").Fill} Fill */
/** @typedef {import("../messages.js").MapState} MapState */
/** @typedef {"select" | "region" | "year"} EventName */

/** @typedef {L.Polygon & { feature: { id: string } }} CountyLayer */

/**
 * @typedef {object} Options
 * @property {() => Promise<Bundle>} [loadFull] Gets the lines for a close look, if there
 *   are finer ones.
 * @property {boolean} [legendApart] Whether the page puts the legend beside the map.
 * @property {() => Insets} [insets] What of the map something lies over.
 * @property {L.Map} [leader] Another map that says where this one is; it shows what that does.
 */

/** Pixels of the map at its sides.
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Insets */

const LAND = "var(--atlas-land)";
const LATER = "var(--atlas-later)";
const NOTHING_SHOWN = "var(--atlas-muted)";
const FULL_FROM_ZOOM = 9;
const MOST_COVERED = 0.7; // of the map, by what lies over it
const NARROW = 480; // px
const LOW = 430; // px; below it the tools do not stand under each other above the scale
const LEAST_COUNTY = 44; // px; smaller ones are hardly seen on a narrow map
const AREA_STYLE = { fillOpacity: 1, smoothFactor: 0, noClip: true };

export class CountyMap {
  /** @param {L.Map} map @param {Bundle} bundle @param {Options} options */
  constructor(map, bundle, options) {
    this.map = map;
    this.options = options;
    this.overview = bundle;
    this.texts = bundle.texts;
    this.records = bundle.counties;
    this.order = bundle.county.features.map(({ id }) => id);
    /** @type {Map<string, CountyLayer>} */
    this.layers = new Map();
    /** @type {Partial<Record<EventName, (value: string) => void>>} */
    this.listeners = {};
    /** @type {Set<string>} */
    this.marked = new Set();
    /** @type {MapState | null} */
    this.state = null;
    /** @type {Map<string, string>} Fills of the selected counties, in the geometry's order. */
    this.selected = new Map();
    this.isFull = false;
    this.credit = "";
    /** @type {string | null} */
    this.focused = null;
    /** Whether an address has said where the map is: the county it opens with stays there. */
    this.isPlaced = false;

    // One drawing for all that always shows: each is a layer that a zoom scales. Not
    // clipped: that takes longer than to draw the little that is out of sight.
    const renderer = L.svg({ pane: "atlas-counties" });
    /** @type {(features: GeoJSON.FeatureCollection | null, className: string,
     *   where: L.GeoJSONOptions & { renderer?: L.Renderer }) => L.GeoJSON} */
    const still = (features, className, where) => L.geoJSON(features, {
      ...where, interactive: false, style: { className, ...AREA_STYLE },
    }).addTo(map);
    this.municipalities = still(bundle.municipalities, "atlas-neighbour", { renderer });
    /** @type {L.GeoJSONOptions & { renderer: L.Renderer }} */
    const shape = {
      renderer,
      style: { className: "atlas-county", ...AREA_STYLE },
      onEachFeature: ({ id }, layer) => this.add(
        /** @type {string} */ (id), /** @type {CountyLayer} */ (layer)),
    };
    this.counties = L.geoJSON(bundle.county, shape).addTo(map);
    this.prefecture = still(bundle.prefecture, "atlas-prefecture", { renderer });
    this.province = still(bundle.province, "atlas-province", { renderer });
    this.outline = still(null, "atlas-focus", { pane: "atlas-focus" });
    this.marks = still(null, "atlas-mark", { pane: "atlas-focus" });
    this.counties.bindTooltip((layer) => this.describe(
      /** @type {CountyLayer} */ (layer).feature.id), {
      sticky: true, className: "atlas-tooltip",
    });
    /** @type {Map<string, string>} Ids of patterns, by their fills. */
    this.patterns = new Map();
    /** @type {Map<string, Fill[]>} */
    this.fillsByPattern = new Map();
    this.defs = svg("defs", { class: "atlas-patterns" });
    /** @type {HTMLElement} */
    this.pane = /** @type {HTMLElement} */ (map.getPane("atlas-counties"));
    this.pane.querySelector("svg")?.prepend(this.defs);
    /** @type {Map<string, string>} What each county is filled with. */
    this.fills = new Map();
    this.painting = new Painting(this);
    L.control.scale({ imperial: false }).addTo(map);
    this.circles = new Circles(map, this);
    this.relations = new Relations(map, bundle, this);
    this.labels = new Labels(map, bundle, this.relations);
    this.tools = new Tools(map, bundle, this);
    this.legend = new Legend(map, this, Boolean(options.legendApart));
    this.keyboard();
    window.addEventListener("atlas:marks", ({ detail }) => {
      if (detail.by !== this) this.mark(new Set(detail.codes));
    });
    map.on("moveend", () => this.remember());
    map.on("zoomend", () => this.refine());
    map.on("resize", () => this.arrange());
    this.arrange();
    this.home();
    this.remember();
  }

  /** The language of the page; Chinese until a state has come. */
  get language() { return this.state?.language ?? "zh"; }

  /** @param {string} adcode @param {CountyLayer} layer */
  add(adcode, layer) {
    this.layers.set(adcode, layer);
    layer.on("click", ({ originalEvent }) => {
      if (originalEvent.ctrlKey || originalEvent.metaKey) this.toggleMark(adcode);
      else this.select(adcode);
    });
    layer.on("mouseover", () => this.relations.highlight(adcode));
    layer.on("mouseout", () => this.relations.highlight(null));
  }

  /** @param {EventName} event @param {(value: string) => void} listener */
  on(event, listener) { this.listeners[event] = listener; }

  /** @param {EventName} event @param {string} value */
  emit(event, value) { this.listeners[event]?.(value); }

  /** @param {string} adcode */
  select(adcode) { this.emit("select", adcode); }

  /* Where the map is, for links and for whoever looks at the page from outside. */
  remember() {
    const { lat, lng } = this.map.getCenter();
    this.map.getContainer().dataset.view =
      [this.map.getZoom(), lat.toFixed(4), lng.toFixed(4)].join("/");
  }

  home() { this.map.fitBounds(this.counties.getBounds(), { ...this.room(), animate: false }); }

  /** What to keep free round what is to be seen: where something lies over the map. */
  room() {
    const { x: width, y: height } = this.map.getSize();
    const { left, top, right, bottom } = this.options.insets?.() ?? {
      // The legend stands over the sea, at the lower right: leave it some room. On a narrow
      // map the tools lie in a row along the top, for beside the province is none.
      left: 0, right: Math.max(0, Math.min(122, 0.5 * (width - 420) - 8)),
      ...(width < NARROW ? { top: 40, bottom: 52 } : { top: 0, bottom: 16 }),
    };
    // What lies over nearly all of the map leaves no room to speak of.
    const [across, down] = [[left + right + 16, width], [top + bottom + 16, height]]
      .map(([taken, all]) => Math.min(1, (MOST_COVERED * all) / taken));
    /** @type {L.PointTuple} */
    const paddingTopLeft = [(left + 8) * across, (top + 8) * down];
    /** @type {L.PointTuple} */
    const paddingBottomRight = [(right + 8) * across, (bottom + 8) * down];
    return { paddingTopLeft, paddingBottomRight };
  }

  arrange() {
    const { x, y } = this.map.getSize();
    this.map.getContainer().classList.toggle("atlas-narrow", x < NARROW || y < LOW);
  }

  zoomToSelection() {
    const bounds = L.latLngBounds([]);
    for (const adcode of this.selected.keys()) bounds.extend(this.layer(adcode).getBounds());
    if (bounds.isValid()) this.map.fitBounds(bounds, { ...this.room(), maxZoom: 10 });
  }

  /** Brings a county into what is free of the map, if it is not there already.
   * @param {string} adcode */
  bringIntoView(adcode) {
    const { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] } = this.room();
    const size = this.map.getSize();
    const bounds = this.layer(adcode).getBounds();
    const [first, last] = [bounds.getNorthWest(), bounds.getSouthEast()]
      .map((corner) => this.map.latLngToContainerPoint(corner));
    if (size.x < NARROW && last.x - first.x < LEAST_COUNTY) {
      this.map.fitBounds(bounds.pad(1.5), this.room());
      return;
    }
    const fits = first.x >= left && first.y >= top
      && last.x <= size.x - right && last.y <= size.y - bottom;
    if (fits) return;
    if (last.x - first.x > size.x - left - right || last.y - first.y > size.y - top - bottom) {
      this.map.fitBounds(bounds, this.room());
      return;
    }
    const middle = this.map.latLngToContainerPoint(bounds.getCenter());
    this.map.panBy(middle.subtract([
      left + (size.x - left - right) / 2, top + (size.y - top - bottom) / 2]));
  }

  /** @param {string} adcode @returns {CountyLayer} */
  layer(adcode) { return /** @type {CountyLayer} */ (this.layers.get(adcode)); }

  /** @param {string} adcode @returns {SVGPathElement} */
  path(adcode) { return /** @type {SVGPathElement} */ (this.layer(adcode).getElement()); }

  /* Close up, the lines come in full; all of them at once, so that no seam shows. If they
   * do not come, the next zoom asks again. */
  async refine() {
    const full = this.map.getZoom() >= FULL_FROM_ZOOM;
    if (!this.options.loadFull || full === this.isFull) return;
    this.isFull = full;
    try {
      const bundle = full ? await this.options.loadFull() : this.overview;
      // Meanwhile one may have zoomed out again.
      if (this.isFull === full) this.redraw(bundle, full ? "full" : "overview");
    } catch {
      if (this.isFull === full) this.isFull = !full;
    }
  }

  /** @param {Bundle} bundle @param {string} detail */
  redraw(bundle, detail) {
    setShapes(this.municipalities, bundle.municipalities);
    setShapes(this.counties, bundle.county);
    this.prefecture.clearLayers().addData(bundle.prefecture);
    this.province.clearLayers().addData(bundle.province);
    this.painting.draw();
    this.map.getContainer().dataset.detail = detail;
  }

  /** What stands beside the pointer. @param {string} adcode */
  describe(adcode) {
    const record = this.records[adcode];
    const box = element("div");
    box.append(element("strong", "", this.name(record)), element("span",
      "atlas-tooltip-prefecture",
      this.language === "en" ? record.prefecture_en : record.prefecture));
    for (const entry of this.state?.legend ?? []) {
      if (!entry.programme || !record.programmes.includes(entry.programme)) continue;
      const mark = element("div", "atlas-tooltip-programme");
      mark.append(swatch([[entry.colour, entry.texture]]), element("span", "", entry.name));
      box.append(mark);
    }
    const value = this.state?.circles?.values[this.order.indexOf(adcode)];
    if (typeof value === "number") box.append(element("div", "", this.sized(value)));
    const limits = this.state?.limits;
    const own = limits?.values[this.order.indexOf(adcode)] ?? null;
    if (limits && own !== null) box.append(element("div", "", writtenNumber(own, limits)));
    return box;
  }

  /** A number of the circles, with its unit. @param {number} value */
  sized(value) {
    const number = value.toLocaleString("en-US");
    const unit = this.state?.circles?.unit ?? "";
    return this.language === "zh" ? number + unit : `${number} ${unit}`.trimEnd();
  }

  /** @param {CountyRecord} record */
  name(record) {
    return this.language === "en" ? `${record.name_en} ${record.name}` : record.name;
  }

  /** @param {MapState} state */
  update(state) {
    const before = this.state;
    this.state = state;
    this.legend.fitYear(state);
    const texts = this.texts[state.language];
    const container = this.map.getContainer();
    if (container.dataset.appearance !== state.appearance) this.painting.styles = null;
    container.dataset.appearance = state.appearance;
    container.dataset.theme = state.theme;
    container.setAttribute("role", "region");
    if (state.summary) container.setAttribute("aria-label", state.summary);
    this.paint(state);
    this.focus(state.focus);
    if (!before || before.language !== state.language) {
      this.tools.update(texts);
      this.showCredit(texts.credit);
      for (const adcode of this.order) {
        this.path(adcode).setAttribute("aria-label", this.name(this.records[adcode]));
      }
    }
    // The counties are what one waits for; the rest comes after the frame that shows
    // them. An animation frame alone would run before that frame is painted.
    if (before) requestAnimationFrame(() => setTimeout(() => this.follow()));
    else this.follow();
  }

  /* What need not be there in the first frame. */
  follow() {
    const { state } = this;
    if (!state) return;
    this.drawCircles(state);
    this.legend.update(state, this.texts[state.language]);
    this.relations.update(state);
    this.labels.update(state, this.selected);
    this.map.getContainer().dataset.painted = state.version;
  }

  /* Shows the same once more, after an entry of the legend was switched. */
  repaint() {
    if (!this.state) return;
    this.paint(this.state);
    this.drawCircles(this.state);
    this.legend.update(this.state, this.texts[this.state.language]);
  }

  /** Shows the number that is seen in other classes, until the next state.
   * @param {number[]} breaks @param {string} [said] How they are made. */
  reclass(breaks, said = "") {
    if (!this.state?.limits) return;
    const { range } = this.texts[this.language];
    const { order, overview: { class_looks: looks } } = this;
    this.state = reclassed(this.state, breaks, { order, looks, range }, said);
    this.paint(this.state);
    this.legend.update(this.state, this.texts[this.language]);
  }

  /** @param {MapState} state */
  drawCircles(state) {
    this.circles.update(state, !this.legend.visible([0], state.legend).length);
  }

  /** @param {string} text */
  showCredit(text) {
    const control = this.map.attributionControl;
    if (this.credit) control.removeAttribution(this.credit);
    // Leaflet's attribution takes HTML: the text goes through a text node first.
    this.credit = element("span", "", text).innerHTML;
    control.addAttribution(this.credit);
  }

  /** @param {MapState} state */
  paint(state) {
    const fills = state.classes.map((places) => this.fillOf(
      this.legend.visible(places, state.legend)));
    this.selected = this.fillsByCounty(state.counties, fills);
    const hinted = this.fillsByCounty(state.hints, fills);
    const { until } = this.legend;
    const years = until === undefined ? new Map() : this.yearsOf(state);
    for (const adcode of this.order) {
      const path = this.path(adcode);
      const year = years.get(adcode);
      const later = until !== undefined && year !== undefined && year > until;
      const fill = later ? LATER
        : this.selected.get(adcode) || hinted.get(adcode) || LAND;
      if (this.fills.get(adcode) !== fill) path.style.fill = fill;
      path.classList.toggle("atlas-selected", this.selected.has(adcode));
      this.fills.set(adcode, fill);
    }
    this.painting.draw();
  }

  /** The year by which each selected county is classed. @param {MapState} state */
  yearsOf(state) {
    /** @type {Map<string, number>} */
    const years = new Map();
    for (const [adcode, at] of classByCounty(state.counties, this.order)) {
      const [year] = state.classes[at].map((place) => state.legend[place].value);
      if (year) years.set(adcode, Number(year));
    }
    return years;
  }

  /** @param {Fill[]} signs */
  fillOf(signs) {
    const fill = fillOfSigns(signs);
    if (fill.kind === "nothing") return NOTHING_SHOWN;
    return fill.kind === "plain" ? fill.colour : `url(#${this.patternOf(signs)})`;
  }

  /**
   * The id of the pattern that shows these signs. Kept: a pattern made anew makes the
   * browser draw again every county that has it, changed or not.
   *
   * @param {Fill[]} signs
   */
  patternOf(signs) {
    const key = JSON.stringify(signs);
    let id = this.patterns.get(key);
    if (!id) {
      id = `atlas-${L.stamp(this.map)}-${this.patterns.size}`;
      this.defs.append(pattern(id, signs));
      this.patterns.set(key, id);
      this.fillsByPattern.set(id, signs);
    }
    return id;
  }

  /** @param {string} id */
  fillsOfPattern(id) { return this.fillsByPattern.get(id) ?? []; }

  /** @param {string[]} bitsByClass @param {string[]} fills */
  fillsByCounty(bitsByClass, fills) {
    const classes = classByCounty(bitsByClass, this.order);
    return new Map([...classes].map(([adcode, at]) => [adcode, fills[at]]));
  }

  /** @param {string | null} adcode */
  focus(adcode) {
    this.outline.clearLayers();
    const layer = adcode && this.layers.get(adcode);
    if (layer) this.outline.addData(layer.toGeoJSON());
    const another = adcode !== this.focused;
    this.focused = adcode;
    const placed = this.isPlaced || this.options.leader;
    this.isPlaced = false;
    // The card is laid out before one can tell what it covers.
    if (layer && another && !placed) requestAnimationFrame(() => setTimeout(() => {
      if (this.focused === adcode) this.bringIntoView(adcode);
    }, 80));
  }

  /** @param {string} adcode */
  toggleMark(adcode) {
    const marked = new Set(this.marked);
    if (!marked.delete(adcode)) marked.add(adcode);
    this.mark(marked);
    window.dispatchEvent(new CustomEvent("atlas:marks",
      { detail: { from: "map", by: this, codes: [...marked] } }));
  }

  /** @param {Set<string>} marked */
  mark(marked) {
    this.marked = marked;
    this.marks.clearLayers();
    for (const adcode of marked) this.marks.addData(this.layer(adcode).toGeoJSON());
  }

  /* One county is in the tab order; the arrows go to the next one in that direction,
   * Enter opens it, the space bar marks it. */
  keyboard() {
    for (const adcode of this.order) {
      const path = this.path(adcode);
      path.setAttribute("role", "button");
      path.setAttribute("tabindex", "-1");
      path.dataset.adcode = adcode;
    }
    this.path(this.order[0]).setAttribute("tabindex", "0");
    this.pane.addEventListener("keydown", (event) => {
      const from = /** @type {SVGElement} */ (event.target);
      const { adcode } = from.dataset;
      if (!adcode) return;
      if (event.key === "Enter") this.select(adcode);
      else if (event.key === " ") this.toggleMark(adcode);
      else if (!this.step(from, adcode, event.key)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  /** @param {SVGElement} from @param {string} adcode @param {string} key */
  step(from, adcode, key) {
    const next = countyInDirection(this.records, adcode, key);
    if (!next) return false;
    const layer = this.layer(next);
    from.setAttribute("tabindex", "-1");
    this.path(next).setAttribute("tabindex", "0");
    this.path(next).focus({ preventScroll: true });
    (this.options.leader ?? this.map)
      .panInside(layer.getBounds().getCenter(), { padding: [40, 40] });
    layer.openTooltip(layer.getBounds().getCenter());
    return true;
  }
}

/**
 * Gives layers other lines of the same areas.
 *
 * @param {L.GeoJSON} group
 * @param {import("../messages.js").Polygons} areas
 */
function setShapes(group, areas) {
  const layers = new Map(group.getLayers().map((layer) => {
    const area = /** @type {CountyLayer} */ (layer);
    return [area.feature.id, area];
  }));
  for (const { id, geometry: { type, coordinates } } of areas.features) {
    const depth = type === "Polygon" ? 1 : 2;
    layers.get(id)?.setLatLngs(L.GeoJSON.coordsToLatLngs(coordinates, depth));
  }
}
