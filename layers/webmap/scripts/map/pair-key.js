/* The square that explains the colours of two numbers: nine cells that can be switched off. */
import { element } from "./elements.js";

/** @typedef {import("../messages.js").LegendEntry} LegendEntry */
/** @typedef {import("../messages.js").PairAxis} PairAxis */

const DARK = 0.45; // of the lightness; on a darker cell the count is white

/** How light a colour is to the eye, 0 to 1. @param {string} colour As #rrggbb. */
export function lightness(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * @param {LegendEntry[]} cells Entries whose value is row and column.
 * @param {PairAxis[]} axes The first goes up, the second to the right.
 * @param {string} title
 * @param {(entry: LegendEntry) => { button: HTMLButtonElement, n: number }} buttonOf Makes
 *   what switches an entry off, and says how many counties it has.
 */
export function pairKey(cells, [up, right], title, buttonOf) {
  const line = element("li", "atlas-legend-figure atlas-pair-figure");
  line.append(...headOf("↑", up));
  const grid = element("div", "atlas-pair-grid");
  grid.setAttribute("role", "group");
  grid.setAttribute("aria-label", title);
  for (const entry of cells) {
    const [row, column] = [...(entry.value ?? "00")].map(Number);
    const { button, n } = buttonOf(entry);
    button.className = "atlas-pair-cell";
    button.textContent = String(n);
    button.title = entry.name;
    button.setAttribute("aria-label", `${entry.name}: ${n}`);
    Object.assign(button.style, {
      gridRow: 3 - row, gridColumn: column + 1, background: entry.colour,
      color: lightness(entry.colour) < DARK ? "#fff" : "#222",
    });
    grid.append(button);
  }
  for (const [place, text] of up.classes) {
    const range = element("span", "atlas-pair-range", text);
    Object.assign(range.style, { gridRow: 3 - place, gridColumn: 4 });
    grid.append(range);
  }
  line.append(grid, ...headOf("→", right), element("div", "atlas-pair-range", right.classes.map(([, text]) => text).join(" | ")));
  return line;
}

/** @param {string} arrow @param {PairAxis} axis */
const headOf = (arrow, { name, note }) => [element("div", "atlas-pair-axis", `${arrow} ${name}`),
  ...(note ? [element("div", "atlas-legend-note", note)] : [])];
