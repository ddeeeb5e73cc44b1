/* Finds what a text means in the index that Python ships, see layers/select/search.py.
 *
 * It does what geo/names.py, geo/ranking.py and geo/gazetteer.py do, rank by rank; a
 * test compares the two.
 */

/** @typedef {import("../messages.js").SearchEntry} SearchEntry */
/** @typedef {import("../messages.js").SearchHit} SearchHit */
/** @typedef {import("../messages.js").SearchIndex} SearchIndex */
/** @typedef {import("../messages.js").SearchKey} SearchKey */

const HITS = 12;

/** @param {string} text @param {SearchIndex} index */
export function normalise(text, index) {
  // Twice as many units hold as many characters as count.
  const short = Array.from(text.slice(0, 2 * index.longest)).slice(0, index.longest).join("");
  const plain = short.normalize("NFKD")
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replaceAll("u\u0308", "v")
    .replace(new RegExp(index.foreign, "gu"), "");
  return Array.from(plain, (sign) => index.simplified[sign] ?? sign).join("");
}

/** @param {string} text */
const ascii = (text) => !/\P{ASCII}/u.test(text);

/** @param {SearchKey} key @param {string} wanted @param {SearchIndex} index */
export function rank([kind, key], wanted, index) {
  const [whole, beginning, inside] = index.ranks[kind];
  const place = key.indexOf(wanted);
  if (place < 0) return index.suggested;
  if (key.length === wanted.length) return whole;
  if (place === 0 && beginning !== null) return beginning;
  if (inside === null || (wanted.length < 3 && ascii(wanted))) return index.suggested;
  return inside;
}

/**
 * Edits that lead from one text to the other, with two neighbours swapped as one edit;
 * null if more than `allowed`. Signs, not UTF-16 units, where the texts come as arrays.
 *
 * @param {ArrayLike<string>} one
 * @param {ArrayLike<string>} other
 * @param {number} allowed
 */
export function distance(one, other, allowed) {
  if (Math.abs(one.length - other.length) > allowed) return null;
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      let cost = Math.min(last[j] + 1, row[j - 1] + 1,
        last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        cost = Math.min(cost, before[j - 2] + 1);
      }
      row.push(cost);
    }
    [before, last] = [last, row];
  }
  return last[other.length] <= allowed ? last[other.length] : null;
}

/**
 * How far a key is from what is wanted, null if too far.
 *
 * @param {SearchKey} key
 * @param {string[]} wanted
 * @param {string[] | null} aloud
 * @param {SearchIndex} index
 */
function unlike([kind, key], wanted, aloud, index) {
  const letters = Array.from(key);
  /** @type {number[]} */
  const scores = [];
  /** @type {(signs: string[], allowed: number, more: number) => void} */
  const compare = (signs, allowed, more) => {
    const slips = distance(signs, letters, allowed);
    if (slips !== null) scores.push(2 * slips + more);
  };
  const { length } = wanted;
  if (ascii(wanted.join(""))) {
    if (index.latin.includes(kind)) compare(wanted, length < 4 ? 0 : length < 8 ? 1 : 2, 0);
  } else if (index.written.includes(kind)) {
    compare(wanted, length < 3 ? 0 : length < 6 ? 1 : 2, 0);
  }
  if (aloud && index.spoken.includes(kind)) compare(aloud, length < 3 ? 0 : 1, 1);
  return scores.length ? Math.min(...scores) : null;
}

/** @param {string} text @param {SearchIndex} index @returns {SearchEntry[]} */
function alike(text, index) {
  const wanted = Array.from(text);
  if (wanted.length < 2 || /^[0-9]+$/.test(text)) return [];
  const spoken = wanted.map((sign) => index.readings[sign] ?? sign).join("");
  const aloud = !ascii(text) && ascii(spoken) ? Array.from(spoken) : null;
  /** @type {[score: number, entry: SearchEntry][]} */
  const near = [];
  for (const entry of index.entries) {
    const scores = entry.keys.map((key) => unlike(key, wanted, aloud, index))
      .filter((score) => score !== null);
    if (scores.length) near.push([Math.min(...scores), entry]);
  }
  return near.sort((a, b) => a[0] - b[0]).map(([, entry]) => entry);
}

/**
 * Hits, the best first.
 *
 * @param {string} text
 * @param {SearchIndex} index
 * @returns {SearchHit[]}
 */
export function search(text, index, limit = HITS) {
  // 130721.0 and 130721000000 are what tables make of a code.
  const wanted = normalise(text, index).replace(/^([0-9]{6})(?:0|0{3}|0{6})$/, "$1");
  if (!wanted || limit < 1) return [];
  const before = index.province.find((name) => wanted.startsWith(name)) ?? "";
  let found = fitting(wanted, index);
  if (!found.length) found = fitting(wanted.slice(before.length), index);
  if (found.length) return found.slice(0, limit);
  return alike(wanted, index).slice(0, limit)
    .map((entry) => ({ entry, rank: index.suggested, past: false, suggestion: true }));
}

/** @param {string} wanted @param {SearchIndex} index @returns {SearchHit[]} */
function fitting(wanted, index) {
  /** @type {SearchHit[]} */
  const found = [];
  if (!wanted) return found;
  for (const entry of index.entries) {
    let best = [index.suggested, Infinity];
    for (const key of entry.keys) {
      const fit = [rank(key, wanted, index), key[0]];
      if (fit[0] < best[0] || (fit[0] === best[0] && fit[1] < best[1])) best = fit;
    }
    if (best[0] < index.suggested) {
      found.push({ entry, rank: best[0], past: index.past.includes(best[1]), suggestion: false });
    }
  }
  return found.sort((a, b) => a.rank - b.rank);
}

/**
 * A single hit that was typed in full may be taken; all else is for the person to pick.
 *
 * @param {SearchHit[]} hits
 * @param {SearchIndex} index
 */
export function isSure(hits, index) {
  const [first, second] = hits;
  return Boolean(first) && !first.suggestion
    && index.ranks.some(([whole]) => whole === first.rank)
    && second?.rank !== first.rank;
}
