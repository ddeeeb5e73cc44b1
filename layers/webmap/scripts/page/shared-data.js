/* What the scripts of the map page share: catalogue and records, and when to be busy. */
import { requests } from "./page-requests.js";

/** @returns {Promise<import("../messages.js").Catalogue>} */
export const catalogue = () => (
  requests.sharedJson(new URL("../catalogue.json", import.meta.url).href));

/** @param {string} address @returns {Promise<import("../messages.js").Bundle>} */
export const bundleAt = (address) => requests.sharedJson(new URL(address, location.href).href);

/** @returns {Promise<import("../messages.js").Bundle>} */
export const bundle = async () => bundleAt((await catalogue()).bundle);

/** The numbers of all counties, as columns: asked for when one of them is wanted.
 * @returns {Promise<import("../messages.js").ColumnEntry[]>} */
export const numberColumns = async () => {
  /** @type {import("../messages.js").Numbers} */
  const { counties, values, columns } = await requests.sharedJson(
    new URL("../numbers.json", import.meta.url).href);
  return columns.map((column) => ({
    ...column,
    numbers: Object.fromEntries(counties.map((adcode, at) => [adcode, values[column.id][at]])),
  }));
};

/**
 * The page does what follows from a filter after the map has been painted.
 *
 * @param {() => void} work
 */
export function afterPaint(work) {
  requestAnimationFrame(() => setTimeout(work, 0));
}
