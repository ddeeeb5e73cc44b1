/* Puts the counties on a map that Folium has built. */
import { CountyMap } from "./county-map.js";

/** @typedef {import("../messages.js").Bundle} Bundle */
/** @typedef {L.Map & { atlas?: Promise<CountyMap> }} HostMap */

/** @type {[name: string, zIndex: number][]} */
const PANES = [
  ["atlas-painting", 395], ["atlas-counties", 400], ["atlas-lines", 450], ["atlas-circles", 453],
  ["atlas-own", 455], ["atlas-focus", 460], ["atlas-relations", 465], ["atlas-labels", 470],
  ["atlas-places", 480], ["atlas-notes", 485],
];
const SILENT = new Set(["atlas-painting", "atlas-lines", "atlas-focus", "atlas-labels",
  "atlas-relations", "atlas-circles"]);

/**
 * Adds the layers and promises what restyles them: `update(state)` of a CountyMap, also
 * kept as `map.atlas`.
 *
 * @param {HostMap} map
 * @param {{ url: string | null, full: string | null }} addresses Of the geometry, and of
 *   the same for a close look; without them the page carries geometry and state in
 *   <script type="application/json" id="atlas-data">.
 * @param {(address: string) => Promise<Bundle>} [load] How to get what has an address.
 * @param {import("./county-map.js").Options} [options] Of the page round the map.
 */
export function attach(map, { url, full }, load, options = {}) {
  // Leaflet focuses the map at every press. Where the page scrolls in an element of its
  // own, as Streamlit's does, that would move a half hidden map away under the finger.
  const container = map.getContainer();
  container.focus = () => HTMLElement.prototype.focus.call(container, { preventScroll: true });
  // Leaflet's own line, with a flag and a link, is not to be seen even before the credit is.
  map.attributionControl.setPrefix(false);
  for (const [name, zIndex] of PANES) {
    const pane = map.createPane(name);
    pane.style.zIndex = String(zIndex);
    if (SILENT.has(name)) pane.style.pointerEvents = "none";
  }
  map.atlas = url && load
    ? load(url).then((bundle) => new CountyMap(map, bundle,
      full ? { ...options, loadFull: () => load(full) } : options))
    : Promise.resolve(carriedMap(map));
  return map.atlas;
}

/** @param {L.Map} map */
function carriedMap(map) {
  const carried = JSON.parse(document.getElementById("atlas-data")?.textContent ?? "");
  const counties = new CountyMap(map, carried.bundle, { legendApart: Boolean(carried.second) });
  if (carried.until) counties.legend.until = carried.until;
  counties.update(carried.state);
  return counties;
}
