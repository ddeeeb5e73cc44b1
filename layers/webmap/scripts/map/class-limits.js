/* A number in classes whose limits are moved: which county is then in which, and how a
 * limit may move. Without a browser, to be tested; the rules are those of
 * layers/select/breaks.py. */
import { classByCounty } from "./classes.js";

/** @typedef {import("../messages.js").ClassLimits} ClassLimits */
/** @typedef {import("../messages.js").LegendEntry} LegendEntry */
/** @typedef {import("../messages.js").MapState} MapState */

const PARTS = 100; // of the axis: a limit moves by a round number near one of them
const SKEWED = 0.75; // so many values in so small a part of the axis want another one
const PART = 1 / 8;

/**
 * The least and greatest value of each class; one without a value is none.
 *
 * @param {number[]} values Ascending.
 * @param {number[]} breaks Upper bounds of all classes but the last, ascending.
 * @returns {[low: number, high: number][]}
 */
export function classesOf(values, breaks) {
  /** @type {[number, number][]} */
  const found = [];
  let start = 0;
  for (const bound of [...breaks, Infinity]) {
    let end = start;
    while (end < values.length && values[end] <= bound) end += 1;
    if (end > start) found.push([values[start], values[end - 1]]);
    start = end;
  }
  return found;
}

/** The values that are known, ascending. @param {ClassLimits} limits */
export const knownOf = ({ values }) => values
  .filter((value) => value !== null).sort((a, b) => a - b);

/**
 * A number as the server writes it: 7,366 or 12.6, with its unit.
 *
 * @param {number} value
 * @param {Pick<ClassLimits, "factor" | "written">} limits
 * @param {boolean} [bare] Without the unit.
 */
export function writtenNumber(value, { factor, written }, bare) {
  const size = value * factor;
  const number = size >= 1e6 ? Math.round(size).toLocaleString("en-US")
    : Number(size.toPrecision(10)).toLocaleString("en-US", { maximumFractionDigits: 10 });
  if (bare) return number;
  const [many, one, nought] = written;
  const pattern = size === 0 ? nought : Math.abs(size) === 1 ? one || many : many;
  return pattern.replace("{n}", number);
}

/**
 * The same map with the number in other classes.
 *
 * @param {MapState} state With `limits`.
 * @param {number[]} breaks
 * @param {{ order: string[], looks: import("../messages.js").Fill[][], range: string }} map
 *   Adcodes in the order of the geometry, how classes look, how a range reads with {low}
 *   and {high}.
 * @param {string} said How the classes are made.
 * @returns {MapState}
 */
export function reclassed(state, breaks, { order, looks: known, range }, said) {
  const { limits } = state;
  if (!limits) return state;
  const classes = classesOf(knownOf(limits), breaks);
  const looks = known[Math.max(classes.length, 1) - 1];
  const notes = state.legend.map(({ value, note }) => (value ? note : "")).filter(Boolean);
  /** @type {LegendEntry[]} */
  const legend = classes.map(([low, high], at) => ({
    programme: null,
    value: `${low}..${high}`,
    colour: looks[at][0],
    texture: looks[at][1],
    name: low < high ? range.replace("{low}", writtenNumber(low, limits, true))
      .replace("{high}", writtenNumber(high, limits)) : writtenNumber(low, limits),
    count: "",
    note: at === classes.length - 1 ? notes[0] ?? "" : "",
  }));
  const others = state.legend.filter(({ value }) => !value);
  const before = classByCounty(state.counties, order);
  const members = [...legend, ...others].map(() => /** @type {boolean[]} */ ([]));
  order.forEach((adcode, i) => {
    const was = before.get(adcode);
    if (was === undefined) return;
    const value = limits.values[i];
    const at = value === null || value === undefined
      ? legend.length + others.indexOf(state.legend[state.classes[was][0]])
      : classes.findIndex(([, high]) => value <= high);
    members[at][i] = true;
  });
  return {
    ...state,
    legend: [...legend, ...others],
    classes: members.map((_, at) => [at]),
    counties: members.map((own) => packed(own, order.length)),
    limits: { ...limits, breaks, said },
  };
}

/** Bits as the server writes them. @param {boolean[]} bits @param {number} count */
function packed(bits, count) {
  if (!bits.length) return "";
  const bytes = new Uint8Array(Math.ceil(count / 8));
  bits.forEach((bit, i) => { if (bit) bytes[i >> 3] |= 0x80 >> (i & 7); });
  return btoa(String.fromCharCode(...bytes));
}

/** Where values lie between the ends of an axis, 0 to 1. */
export class Axis {
  /** @param {number[]} values Ascending, with two different ones at least. */
  constructor(values) {
    this.least = values[0];
    this.most = values[values.length - 1];
    const edge = this.least + PART * (this.most - this.least);
    const crowded = values.filter((value) => value <= edge).length / values.length;
    /** Whether equal ratios have equal lengths: else most values would lie in one place. */
    this.isLogarithmic = this.least > 0 && crowded > SKEWED;
    this.isWhole = values.every(Number.isInteger);
  }

  /** @param {number} value */
  at(value) {
    const [low, high, own] = [this.least, this.most, value].map((n) => this.scaled(n));
    return Math.min(1, Math.max(0, (own - low) / (high - low)));
  }

  /** @param {number} place */
  value(place) {
    const [low, high] = [this.scaled(this.least), this.scaled(this.most)];
    const own = low + place * (high - low);
    return this.isLogarithmic ? Math.exp(own) : own;
  }

  /** @param {number} value */
  scaled(value) { return this.isLogarithmic ? Math.log(value) : value; }

  /** A round number near the hundredth part of the axis, there. @param {number} value */
  step(value) {
    const place = Math.min(this.at(value), 1 - 1 / PARTS);
    const part = this.value(place + 1 / PARTS) - this.value(place);
    const power = 10 ** Math.floor(Math.log10(part));
    const round = [5, 2, 1].find((n) => n * power <= part * (1 + 1e-9)) ?? 1;
    return this.isWhole ? Math.max(1, round * power) : round * power;
  }

  /** The nearest round number. @param {number} value */
  rounded(value) {
    const step = this.step(value);
    return Number((Math.round(value / step) * step).toPrecision(12));
  }
}

/**
 * Breaks with one of them moved: rounded, and between its neighbours, whatever is asked.
 *
 * @param {number[]} breaks Ascending.
 * @param {number} which
 * @param {number} value Where to.
 * @param {Axis} axis
 */
export function movedBreak(breaks, which, value, axis) {
  const low = which ? breaks[which - 1] : -Infinity;
  const high = breaks[which + 1] ?? axis.most;
  const fits = (/** @type {number} */ own) => (
    own > low && own < high && own >= axis.least);
  const asked = axis.rounded(Math.min(Math.max(value, low, axis.least), high));
  const step = axis.step(asked);
  const near = [asked, asked + step, asked - step]
    .map((own) => Number(own.toPrecision(12))).find(fits);
  return breaks.map((own, at) => (at === which ? near ?? own : own));
}
