/* Which counties a text means, by the rules of the search box. */
import { search } from "../search/rank.js";

/** @typedef {import("../messages.js").SearchIndex} SearchIndex */
/** @typedef {{ id: string, name: string, other: string, note: string, href: string }} County */
/** @typedef {{ id: string, name: string, counties: County[] }} Prefecture */

/**
 * Codes of the counties that a text means; of a prefecture all of them, if it fits the
 * text better than any county.
 *
 * @param {string} text
 * @param {SearchIndex} index
 * @param {Prefecture[]} prefectures
 */
export function meant(text, index, prefectures) {
  const hits = search(text, index, index.entries.length);
  const ranks = new Map(hits.map(({ entry, rank }) => [entry.id, rank]));
  const counties = prefectures.flatMap((prefecture) => prefecture.counties);
  const best = Math.min(...counties.map(({ id }) => ranks.get(id) ?? Infinity));
  return new Set(prefectures.flatMap(({ id, counties: own }) => {
    const whole = (ranks.get(id) ?? Infinity) < best;
    return own.filter((county) => whole || ranks.has(county.id)).map((county) => county.id);
  }));
}
