/* The legend: what is shown, how many counties of what area, how surely; each line can be
 * switched off. It stands on the map, or where the page puts it. */
import { classByCounty, signOf, visibleSigns } from "./classes.js";
import { mapControl } from "./control.js";
import { element, svg } from "./elements.js";
import { swatch } from "./fill-patterns.js";
import { pairKey } from "./pair-key.js";
import { SYMBOL_NAMES, symbol } from "./place-symbols.js";

/** @typedef {import("../messages.js").Fill} Fill */
/** @typedef {import("../messages.js").LegendEntry} LegendEntry */
/** @typedef {import("../messages.js").MapState} MapState */
/** @typedef {import("../messages.js").Texts} Texts */

/** Counties of a line and their area in square kilometres.
 * @typedef {{ n: number, square_km: number }} Tally */

const OPEN_FROM_WIDTH = 480;
const STEP_MS = 1200;

export class Legend {
  /**
   * @param {L.Map} map
   * @param {import("./county-map.js").CountyMap} counties
   * @param {boolean} apart Whether the page puts `box` somewhere beside the map.
   */
  constructor(map, counties, apart) {
    this.apart = apart;
    this.map = map;
    this.counties = counties;
    /** @type {Set<string>} Signs that are switched off. */
    this.hidden = new Set();
    /** @type {MapState | null} */
    this.state = null;
    /** @type {number | undefined} The last year shown; all if undefined. */
    this.until = undefined;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined;
    this.showYear = () => {};
    this.open = apart || map.getSize().x > OPEN_FROM_WIDTH;
    this.box = element("div", apart ? "atlas-legend" : "atlas-legend leaflet-bar");
    /** @type {HTMLElement} */
    this.list = element("ul");
    if (!apart) mapControl(map, "bottomright", this.box);
    L.DomEvent.disableClickPropagation(this.box);
    L.DomEvent.disableScrollPropagation(this.box);
  }

  /**
   * The signs of a class that are not switched off.
   *
   * @param {number[]} places In the legend.
   * @param {LegendEntry[]} legend
   */
  visible(places, legend) { return visibleSigns(places, legend, this.hidden); }

  /** @param {MapState} state @param {Texts} texts */
  update(state, texts) {
    this.state = state;
    if (state.kind !== "date") this.halt();
    const years = yearsOf(state);
    const parts = [this.heading(texts), this.drawList(state, texts),
      ...[...state.remarks, ...this.classesSaid(state)].map((text) => element("p", "atlas-legend-remark", text))];
    if (years.length > 1) parts.push(this.slider(texts, years));
    if (this.apart) {
      this.box.replaceChildren(...parts);
      return;
    }
    const details = element("details");
    details.open = this.open;
    details.addEventListener("toggle", () => { this.open = details.open; });
    details.append(element("summary", "", texts.legend), ...parts);
    this.box.replaceChildren(details);
  }

  /** Beside the legend the page has controls that say it. @param {MapState} state */
  classesSaid({ limits }) { return this.apart || !limits?.said ? [] : [limits.said]; }

  /** A year that an address names may be none of the theme. @param {MapState} state */
  fitYear(state) {
    const years = yearsOf(state);
    const [first, last] = [years[0], years.at(-1)];
    if (this.until === undefined || first === undefined || last === undefined) return;
    this.until = Math.min(Math.max(this.until, first), last);
  }

  /** @param {MapState} state @param {Texts} texts */
  drawList(state, texts) {
    const { lines, later, rest } = this.tally(state);
    const list = element("ul");
    if (state.circles) list.append(this.counties.circles.key(state.circles, texts.circle_key));
    const { axes } = state;
    if (axes) list.append(this.square(axes, state, texts, lines));
    state.legend.forEach((entry, at) => {
      if (!axes || !entry.value) list.append(this.line(entry, texts, lines[at]));
    });
    if (this.until !== undefined) {
      list.append(this.key([[this.colour("--atlas-later"), "solid"]],
        texts.later.replace("{year}", String(this.until)), later));
    }
    for (const [fills, text] of this.keys(state, texts)) list.append(this.key(fills, text));
    if (state.kind === "relation") list.append(...this.lineKeys(state, texts));
    if (state.kind === "places") list.append(...this.placeKeys(texts));
    if (rest.n) list.append(this.key([[this.colour("--atlas-land"), "solid"]], texts.rest, rest));
    this.list = list;
    return list;
  }

  /**
   * Counties and area of each line; of those that come later than the year of the slider;
   * of those that are not selected.
   *
   * @param {MapState} state
   */
  tally(state) {
    const { order, records } = this.counties;
    /** @type {() => Tally} */
    const none = () => ({ n: 0, square_km: 0 });
    /** @type {Tally[]} */
    const lines = state.legend.map(none);
    const [later, rest] = [none(), none()];
    const selected = classByCounty(state.counties, order);
    const hinted = classByCounty(state.hints, order);
    const years = this.until === undefined ? new Map() : this.counties.yearsOf(state);
    for (const adcode of order) {
      const at = selected.get(adcode) ?? hinted.get(adcode);
      const isLater = (years.get(adcode) ?? -Infinity) > (this.until ?? Infinity);
      const own = isLater ? [later]
        : at === undefined ? [rest] : state.classes[at].map((place) => lines[place]);
      for (const tally of own) {
        tally.n += 1;
        tally.square_km += records[adcode].area_km2;
      }
    }
    return { lines, later, rest };
  }

  /** A colour of the map's style sheet: apart from the map it does not hold.
   * @param {string} name */
  colour(name) {
    return getComputedStyle(this.map.getContainer()).getPropertyValue(name).trim();
  }

  /** What the two columns of numbers are. @param {Texts} texts */
  heading(texts) {
    const box = element("div", "atlas-legend-heading");
    box.append(element("span", "", texts.counties), element("span", "", texts.square_km));
    return box;
  }

  /** A line that is no entry. @param {Fill[]} fills @param {string} text @param {Tally} [own] */
  key(fills, text, own) {
    const line = element("li", own ? "atlas-legend-rest" : "atlas-legend-key");
    line.append(swatch(fills), element("span", "", text), ...(own ? numbers(own) : []));
    return line;
  }

  /**
   * The colours of two numbers, as a square.
   *
   * @param {import("../messages.js").PairAxis[]} axes
   * @param {MapState} state
   * @param {Texts} texts
   * @param {Tally[]} lines
   */
  square(axes, state, texts, lines) {
    const cells = state.legend.filter(({ value }) => value);
    return pairKey(cells, axes, texts.pair_key, (entry) => (
      { button: this.toggle(entry, texts), n: lines[state.legend.indexOf(entry)].n }));
  }

  /** What switches an entry on and off. @param {LegendEntry} entry @param {Texts} texts */
  toggle(entry, texts) {
    const toggle = element("button", "atlas-legend-toggle");
    const sign = signOf(entry);
    toggle.type = "button";
    toggle.title = texts.toggle;
    toggle.dataset.sign = sign;
    const off = this.hidden.has(sign);
    toggle.setAttribute("aria-pressed", String(!off));
    toggle.classList.toggle("atlas-legend-off", off);
    toggle.addEventListener("click", () => {
      if (off) this.hidden.delete(sign);
      else this.hidden.add(sign);
      this.counties.repaint();
      /** @type {NodeListOf<HTMLElement>} */
      const buttons = this.box.querySelectorAll("[data-sign]");
      [...buttons].find(({ dataset }) => dataset.sign === sign)?.focus();
    });
    return toggle;
  }

  /**
   * @param {LegendEntry} entry
   * @param {Texts} texts
   * @param {Tally} own
   */
  line(entry, texts, own) {
    const line = element("li");
    const toggle = this.toggle(entry, texts);
    const text = element("span");
    text.append(element("span", "atlas-legend-name", entry.name));
    if (entry.note) text.append(element("span", "atlas-legend-note", entry.note));
    toggle.append(swatch([[entry.colour, entry.texture]]), text, ...numbers(own));
    line.append(toggle);
    return line;
  }

  /**
   * What the sign means that stands for no entry. Of hatches and dots the entries say
   * what they mean: one that follows from a rule by its note, one that is only
   * reported by its name.
   *
   * @param {MapState} state
   * @param {Texts} texts
   * @returns {[Fill[], string][]}
   */
  keys(state, texts) {
    if (!state.classes.some((places) => places.length > 1)) return [];
    const ofProgrammes = state.legend.some(({ programme }) => programme);
    return [[this.counties.overview.several,
      ofProgrammes ? texts.several : texts.several_values]];
  }

  /** @param {MapState} state @param {Texts} texts */
  lineKeys({ lines }, texts) {
    const drawn = new Set(lines.map(([, , level]) => level));
    return ["district", "city", "reported"].filter((level) => drawn.has(level)).map((level) => {
      const line = element("li", "atlas-legend-key");
      line.append(svg("svg", { width: 22, height: 14, "aria-hidden": "true" },
        svg("path", { d: "M1 11C8 3 14 3 21 6", class: `atlas-pair atlas-pair-${level}`, fill: "none" })),
      element("span", "", texts[`pair_${level}`]));
      return line;
    });
  }

  /** @param {Texts} texts */
  placeKeys(texts) {
    const { places } = this.counties.overview;
    const names = SYMBOL_NAMES.filter((name) => places.some((place) => place.symbol === name));
    const key = (/** @type {string} */ name, /** @type {boolean} */ exact) => {
      const line = element("li", "atlas-legend-key");
      const own = places.filter((place) => (exact ? place.symbol === name : !place.point));
      const text = texts.place_count.replace("{n}", String(own.length))
        .replace("{name}", texts[exact ? `symbol_${name}` : "place_inexact"]);
      line.append(symbol(name, exact), element("span", "", text));
      return line;
    };
    return [...names.map((name) => key(name, true)), ...names.slice(-1).map((name) => key(name, false))];
  }

  /**
   * Dates up to a year; the button plays the years one after another. The slider stays
   * while it moves: made anew it would lose the focus, and the pointer that drags it.
   *
   * @param {Texts} texts
   * @param {number[]} years
   */
  slider(texts, years) {
    const last = /** @type {number} */ (years.at(-1));
    const box = element("div", "atlas-years");
    const play = element("button", "atlas-play");
    play.type = "button";
    play.setAttribute("aria-label", texts.play);
    play.addEventListener("click", () => this.play(years));
    const range = element("input");
    Object.assign(range, { type: "range", min: years[0], max: last });
    range.setAttribute("aria-label", texts.until);
    range.addEventListener("input", () => {
      const year = Number(range.value);
      this.halt();
      this.set(year);
    });
    const output = element("output");
    box.append(play, range, output);
    this.showYear = () => {
      const until = this.until ?? last;
      range.value = String(until);
      output.textContent = `≤ ${until}`;
      play.textContent = this.timer ? "❚❚" : "▶";
    };
    this.showYear();
    return box;
  }

  /** @param {number} year */
  set(year) {
    this.until = year;
    this.counties.emit("year", String(year));
    const { state } = this;
    if (state) {
      this.counties.paint(state);
      const { list } = this;
      list.replaceWith(this.drawList(state, this.counties.texts[state.language]));
    }
    this.showYear();
  }

  /** @param {number[]} years */
  play(years) {
    if (this.timer) {
      this.halt();
      return;
    }
    let at = 0;
    const step = () => {
      this.set(years[at]);
      at += 1;
      if (at === years.length) this.halt();
    };
    this.timer = setInterval(step, STEP_MS);
    step();
  }

  halt() {
    clearInterval(this.timer);
    this.timer = undefined;
    if (!this.state || this.state.kind === "date") this.showYear();
    else if (this.until !== undefined) {
      this.until = undefined;
      this.counties.emit("year", "");
    }
  }
}

/** @param {Tally} own */
const numbers = ({ n, square_km: squareKm }) => [
  element("span", "atlas-legend-count", n),
  element("span", "atlas-legend-size", Math.round(squareKm).toLocaleString("en-US")),
];

/** The years of the classes, in order. @param {Pick<MapState, "kind" | "legend">} state */
export function yearsOf({ kind, legend }) {
  if (kind !== "date") return [];
  return legend.flatMap(({ value }) => (value ? [Number(value)] : [])).sort((a, b) => a - b);
}
