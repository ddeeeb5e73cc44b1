/* Which county is filled how, and which lies where: without a browser, to be tested. */

/** @typedef {import("../messages.js").Fill} Fill */
/** @typedef {import("../messages.js").LegendEntry} LegendEntry */
/** @typedef {import("../messages.js").LonLat} LonLat */

/**
 * Counties of each class come as bits, in the order of the geometry.
 *
 * @param {string[]} bitsByClass Base64; empty for a class without counties.
 * @param {string[]} order Adcodes.
 * @returns {Map<string, number>} Class by adcode, in that order.
 */
export function classByCounty(bitsByClass, order) {
  const found = new Map();
  const bytesByClass = bitsByClass.map((bits) => atob(bits));
  order.forEach((adcode, i) => {
    bytesByClass.forEach((bytes, at) => {
      if (bytes && bytes.charCodeAt(i >> 3) & (0x80 >> (i & 7))) found.set(adcode, at);
    });
  });
  return found;
}

/** What tells an entry of the legend from all others: its sign.
 * @param {Pick<LegendEntry, "colour" | "texture">} entry */
export const signOf = ({ colour, texture }) => `${colour} ${texture}`;

/**
 * The signs of a class that are not switched off.
 *
 * @param {number[]} places In the legend.
 * @param {Pick<LegendEntry, "colour" | "texture">[]} legend
 * @param {{ has(sign: string): boolean }} hidden
 * @returns {Fill[]}
 */
export function visibleSigns(places, legend, hidden) {
  return places.map((at) => legend[at]).filter((entry) => !hidden.has(signOf(entry)))
    .map(({ colour, texture }) => [colour, texture]);
}

/**
 * How a class is filled: plain if one colour will do, as a pattern if not.
 *
 * @param {Fill[]} signs
 * @returns {{ kind: "nothing" } | { kind: "plain", colour: string } | { kind: "pattern" }}
 */
export function fillOfSigns(signs) {
  if (!signs.length) return { kind: "nothing" };
  const [[colour, texture]] = signs;
  return signs.length === 1 && texture === "solid" ? { kind: "plain", colour } : { kind: "pattern" };
}

/** @type {Record<string, [number, number]>} */
const DIRECTIONS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1],
};

/**
 * The county to which an arrow key leads: the nearest within 60 degrees of its direction.
 *
 * @param {Record<string, { point: LonLat }>} records
 * @param {string} from
 * @param {string} key
 * @returns {string | null}
 */
export function countyInDirection(records, from, key) {
  const direction = DIRECTIONS[key];
  if (!direction) return null;
  const here = records[from].point;
  let best = null;
  let least = Infinity;
  for (const [other, { point }] of Object.entries(records)) {
    const dx = point[0] - here[0];
    const dy = point[1] - here[1];
    const ahead = dx * direction[0] + dy * direction[1];
    const aside = Math.abs(dx * direction[1] + dy * direction[0]);
    if (other === from || ahead <= 0 || aside > 2 * ahead) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) {
      least = cost;
      best = other;
    }
  }
  return best;
}

/**
 * Whether a point lies within a ring, by the parity of the borders to its right.
 *
 * @param {LonLat} point
 * @param {LonLat[]} ring
 */
export function isInside([x, y], ring) {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if ((yi > y) !== (yj > y) && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
}

/**
 * The next base map: none, then each in turn.
 *
 * @param {number} present Its place, -1 for none.
 * @param {number} count
 */
export const nextBaseMap = (present, count) => (present + 1 < count ? present + 1 : -1);
