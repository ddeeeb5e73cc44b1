/* The search box of the page. What was chosen goes to Python as {kind, id}. */
import { SearchBox } from "../search/box.js";
import { styleSheets } from "./appearance.js";
import { beginRun } from "./component-run.js";
import { requests } from "./page-requests.js";

/** @typedef {import("../messages.js").SearchIndex} SearchIndex */

/** @type {Map<string, Promise<SearchIndex>>} */
const indexes = new Map();

/* Fetched once an address. A failure is not kept: the box says it, and the next key tries
 * again. */
/** @param {string} address @returns {Promise<SearchIndex>} */
function searchIndex(address) {
  let index = indexes.get(address);
  if (!index) {
    index = requests.json(address);
    index.catch(() => indexes.delete(address));
    indexes.set(address, index);
  }
  return index;
}

/** @type {WeakMap<HTMLElement, SearchBox>} */
const boxes = new WeakMap();

/** @param {import("../messages.js").Component<import("../search/box.js").BoxData>} component */
export default async function showSearch({ data, parentElement, setTriggerValue }) {
  const ending = beginRun(parentElement);
  await styleSheets("../search/search.css");
  /** @param {import("../search/box.js").Choice} chosen */
  const send = (chosen) => setTriggerValue("choose", chosen);
  const before = boxes.get(parentElement);
  if (before?.box.isConnected) before.update(data, send);
  else boxes.set(parentElement, new SearchBox(parentElement, data, send, searchIndex));
  return ending(() => {
    boxes.get(parentElement)?.box.remove();
    boxes.delete(parentElement);
  });
}
