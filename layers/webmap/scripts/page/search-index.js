/* What the search box searches: fetched when it is first wanted. */
import { requests } from "./page-requests.js";

/** @typedef {import("../messages.js").SearchIndex} SearchIndex */

/** @type {Map<string, Promise<SearchIndex>>} */
const indexes = new Map();

/* Fetched once an address. A failure is not kept: the box says it, and the next key tries
 * again. */
/** @param {string} address @returns {Promise<SearchIndex>} */
export function searchIndex(address) {
  let index = indexes.get(address);
  if (!index) {
    index = requests.json(address);
    index.catch(() => indexes.delete(address));
    indexes.set(address, index);
  }
  return index;
}
