/* What the scripts of the map page share: catalogue and records, and when to be busy. */
import "./atlas.js";

const { fetchOnce } = AtlasMap;

export const catalogue = () => fetchOnce(new URL("catalogue.json", import.meta.url).href);

export const records = async () => fetchOnce((await catalogue()).bundle);

/* The page does what follows from a filter after the map has been painted. */
export function afterPaint(work) {
  requestAnimationFrame(() => setTimeout(work, 0));
}
