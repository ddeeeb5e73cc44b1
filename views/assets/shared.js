/* What the scripts of the map page share: catalogue, records, and the present state.
 *
 * The map gets the selection from Python and publishes it; table and counts listen, so
 * that it travels once.
 */
import "./atlas.js";

const { fetchOnce } = AtlasMap;

export const catalogue = () => fetchOnce(new URL("catalogue.json", import.meta.url).href);

export const records = async () => fetchOnce((await catalogue()).bundle);

let present = null;
const listeners = new Set();

export function publish(state) {
  present = state;
  listeners.forEach((listener) => listener(state));
}

/* Calls the listener now, if there is a state, and at every change; returns how to stop. */
export function subscribe(listener) {
  listeners.add(listener);
  if (present) listener(present);
  return () => listeners.delete(listener);
}

/* The page does what follows from a filter after the map has been painted. */
export function afterPaint(work) {
  requestAnimationFrame(() => setTimeout(work, 0));
}
