/* The address of a file: without a browser, to be tested. */
import { CLASS_PARAMETERS } from "./state-client.js";

/** What can be taken away.
 * @typedef {object} Offer
 * @property {string} id
 * @property {string} title
 * @property {string} suffix
 * @property {boolean} vector Whether it has lines, in either detail.
 * @property {string[]} systems Coordinate systems it can be in.
 * @property {boolean} [sheet] Whether it is a map on paper.
 * @property {boolean} [themed] Whether it shows the theme.
 */

/** What the reader has chosen.
 * @typedef {{ detail: string, system: string, paper: string, orientation: string,
 *   language: string }} Chosen */

/** What the browser alone knows of the map: the reader's notes, years, the line between two.
 * @typedef {{ notes: string[], year: number | null, besideYear: number | null,
 *   line: number | null }} Seen */

/** How the map is seen: every file links back to it. */
const SEEN = ["see", ...CLASS_PARAMETERS];

export const DEFAULT_SYSTEM = "EPSG:4326";

/**
 * Path and parameters: those of the page that say a selection, and those of the file.
 *
 * @param {string} layers How addresses of layers begin.
 * @param {Offer} offer
 * @param {Chosen} chosen
 * @param {URLSearchParams} page
 * @param {string[]} parameters Names of those that say a selection.
 * @param {Partial<Seen>} [seen] What no address of the server's says, for a file that is a map.
 */
export function fileAddress(layers, offer, chosen, page, parameters, seen = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of page) if (parameters.includes(name)) query.append(name, value);
  if (offer.vector && chosen.detail !== "full") query.set("detail", chosen.detail);
  if (offer.systems.length > 1 && chosen.system !== DEFAULT_SYSTEM) query.set("crs", chosen.system);
  if (offer.sheet) {
    query.set("paper", chosen.paper);
    query.set("orientation", chosen.orientation);
  }
  for (const name of SEEN) {
    const value = page.get(name);
    if (value) query.set(name, value);
  }
  if (offer.themed) addTwoMaps(query, page, seen);
  if (offer.sheet || offer.themed) for (const note of seen.notes ?? []) query.append("note", note);
  if (chosen.language !== "zh") query.set("lang", chosen.language);
  const text = query.toString();
  return `${layers}${offer.suffix}${text && `?${text}`}`;
}

/** A file that opens as the page is shows its year, and both maps if there are two.
 * @param {URLSearchParams} query @param {URLSearchParams} page @param {Partial<Seen>} seen */
function addTwoMaps(query, page, { year, besideYear, line }) {
  if (year) query.set("until", String(year));
  if (!page.has("beside")) return;
  for (const name of ["beside", "split"]) {
    const value = page.get(name);
    if (value !== null) query.set(name, value);
  }
  if (besideYear) query.set("beside_until", String(besideYear));
  if (typeof line === "number") query.set("line", String(Number(line.toFixed(1))));
}

/** A picture of the map.
 * @typedef {object} Picture
 * @property {string} suffix
 * @property {string} language
 * @property {number[] | null} window West, south, east and north, or the whole selection.
 * @property {number | null} until The last year shown.
 * @property {string[]} notes The reader's.
 */

const AROUND = [105, 30, 128, 48]; // as layers/webmap/map_window.py has it

/**
 * Path and parameters of a picture of the map, as it is seen.
 *
 * @param {string} layers How addresses of layers begin.
 * @param {Picture} picture
 * @param {URLSearchParams} page
 * @param {string[]} parameters Names of those that say a selection.
 */
export function pictureAddress(layers, picture, page, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of page) {
    if (parameters.includes(name) || SEEN.includes(name)) query.append(name, value);
  }
  const window = picture.window?.map((degrees, side) => (
    side < 2 ? Math.max(degrees, AROUND[side]) : Math.min(degrees, AROUND[side])).toFixed(4));
  query.set("window", window?.join(",") ?? "selection");
  if (picture.until) query.set("until", String(picture.until));
  // Text that stays text, to be edited.
  if (picture.suffix === "svg") query.set("text", "text");
  for (const note of picture.notes) query.append("note", note);
  if (picture.language !== "zh") query.set("lang", picture.language);
  return `${layers}.${picture.suffix}?${query}`;
}

/** @type {Record<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]);

/**
 * What one writes into a web page to show a map there: that of the one-file map, which needs
 * no session.
 *
 * @param {string} address
 * @param {string} title What the map shows, for who cannot see it.
 */
export function embedCode(address, title) {
  return `<iframe src="${escaped(address)}" title="${escaped(title)}" width="100%" `
    + 'height="640" loading="lazy" style="border:0"></iframe>';
}
