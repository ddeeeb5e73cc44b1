/* What two maps have in common, and how the line between them moves: without a browser, so
 * that it can be tested. */

/** Counties of the one map, of the other, of both.
 * @typedef {{ first: number, second: number, both: number }} Shared */

/** @typedef {"swipe" | "side"} Split */

/** Where the line stands at first, in parts of a hundred. */
export const MIDDLE = 50;

const STEP = 2; // parts in a hundred, of an arrow
const LEAP = 10; // of a page key

/** @param {Iterable<string>} first @param {Iterable<string>} second @returns {Shared} */
export function sharedBy(first, second) {
  const own = new Set(first);
  const other = new Set(second);
  const both = [...own].filter((adcode) => other.has(adcode)).length;
  return { first: own.size, second: other.size, both };
}

/**
 * Where a key of a slider leads; null if it is none.
 *
 * @param {string} key
 * @param {number} at Parts in a hundred.
 */
export function stepOf(key, at) {
  /** @type {Record<string, number>} */
  const leads = {
    ArrowLeft: at - STEP, ArrowDown: at - STEP, ArrowRight: at + STEP, ArrowUp: at + STEP,
    PageDown: at - LEAP, PageUp: at + LEAP, Home: 0, End: 100,
  };
  return key in leads ? bounded(leads[key]) : null;
}

/** @param {number} at */
export const bounded = (at) => Math.min(100, Math.max(0, at));

/**
 * The room that two maps share, in pixels of the map that leads.
 *
 * @param {Split} split
 * @param {{ width: number, right: number }} room What there is, and what of it something
 *   lies over at the right.
 * @param {number} at Parts in a hundred of what is free that the first has of a swipe.
 * @returns {{ line: number, start: number }} Where they meet, and where the second begins:
 *   under the first, or beside it.
 */
export function dividedRoom(split, { width, right }, at) {
  const free = Math.max(0, width - right);
  const line = Math.round(free * (split === "side" ? 0.5 : at / 100));
  return { line, start: split === "side" ? line : 0 };
}
