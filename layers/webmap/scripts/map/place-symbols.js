/* Symbols of places, 16 by 16, dark on a white disc. */
import { svg } from "./elements.js";

/** @type {Record<string, string>} */
const SYMBOLS = {
  tourism: "M8 3l4.5 9h-9z M3 12h10",
  ecology: "M8 13V7 M8 9C4 9 4 5 8 3c4 2 4 6 0 6z",
  water: "M8 3c3 4 4 5 4 7a4 4 0 0 1-8 0c0-2 1-3 4-7z",
  energy: "M9 2L4 9h3l-1 5 6-7H8z",
  transport: "M4 13L7 3 M12 13L9 3 M8 4v1.5 M8 8v1.5 M8 12v1",
  people: "M8 3a2 2 0 1 0 .01 0z M4 13c0-4 8-4 8 0z",
  other: "M8 4l4 4-4 4-4-4z",
};

export const SYMBOL_NAMES = Object.keys(SYMBOLS);

/**
 * @param {string} name
 * @param {boolean} exact Whether the place stands at a point of its own.
 */
export function symbol(name, exact) {
  return svg("svg", { width: 20, height: 20, viewBox: "-2 -2 20 20", "aria-hidden": "true" },
    svg("circle", {
      cx: 8, cy: 8, r: 9, fill: "#fff", stroke: "#222",
      "stroke-width": exact ? 1.8 : 1, "stroke-dasharray": exact ? "none" : "2 2",
    }),
    svg("path", {
      d: SYMBOLS[name], fill: name === "energy" || name === "people" ? "#222" : "none",
      stroke: "#222", "stroke-width": 1.4, "stroke-linecap": "round",
      "stroke-linejoin": "round",
    }));
}
