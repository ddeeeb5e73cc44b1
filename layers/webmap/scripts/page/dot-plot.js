/* Marks on a line: one county beside others. Drawn as SVG, so that it prints; every mark
 * has a shape of its own, so that no colour is needed to tell them apart. */
import { svg } from "../map/atlas.js";

/** @typedef {"county" | "before" | "peers" | "prefecture" | "province"} Who */
/** A mark and where it lies, 0 to 1. @typedef {[who: Who, at: number]} DotMark */
/**
 * @typedef {object} DotPlot
 * @property {DotMark[]} marks
 * @property {number[]} peers Places of the counties that one of the marks stands for.
 * @property {boolean} joined Whether the county's two marks are of the same ground.
 * @property {string} label What a screen reader says.
 */

const HEIGHT = 28;
const [OWN, OTHERS] = [9, 20]; // two lanes: the county's marks lie over no other

/** Later ones lie over earlier ones. @type {Who[]} */
const ORDER = ["province", "peers", "prefecture", "before", "county"];

/** @param {number} at */
const percent = (at) => `${Math.round(at * 1e4) / 100}%`;

/** One mark around the point 0 0. @param {Who} who */
function shape(who) {
  const look = { class: `atlas-dot atlas-dot-${who}` };
  if (who === "county" || who === "before") return svg("circle", { ...look, r: 5 });
  if (who === "peers") return svg("path", { ...look, d: "M0-6L6 0L0 6L-6 0Z" });
  if (who === "prefecture") return svg("path", { ...look, d: "M0-5.5L5.5 5H-5.5Z" });
  return svg("path", { ...look, d: "M-1.5-6H1.5V6H-1.5Z" });
}

/** The mark by itself, before its name or number. @param {Who} who */
export function dot(who) {
  const made = svg("svg", { class: "atlas-dot-sign", viewBox: "-8 -8 16 16", "aria-hidden": "true" });
  made.append(shape(who));
  return made;
}

/** @param {DotPlot} plot */
export function dotPlot({ marks, peers, joined, label }) {
  const made = svg("svg", { class: "atlas-dots", role: "img", "aria-label": label, height: HEIGHT });
  made.append(svg("line", { class: "atlas-dots-line", x1: "0%", x2: "100%", y1: OTHERS, y2: OTHERS }));
  // The box is stretched, the strokes are not.
  const strip = svg("svg", {
    viewBox: "0 0 1000 10", preserveAspectRatio: "none", y: OTHERS - 5, width: "100%", height: 10,
    overflow: "visible",
  });
  const ticks = peers.map((at) => `M${Math.round(at * 1e4) / 10} 0V10`).join("");
  strip.append(svg("path", { class: "atlas-dots-peers", d: ticks, "vector-effect": "non-scaling-stroke" }));
  made.append(strip);
  const placed = new Map(marks);
  const [from, to] = [placed.get("before"), placed.get("county")];
  if (joined && from !== undefined && to !== undefined) {
    made.append(svg("line", {
      class: "atlas-dots-way", x1: percent(from), x2: percent(to), y1: OWN, y2: OWN,
    }));
  }
  for (const who of ORDER) {
    const at = placed.get(who);
    if (at !== undefined) {
      const lane = who === "county" || who === "before" ? OWN : OTHERS;
      const place = svg("svg", { x: percent(at), y: lane, overflow: "visible", "data-who": who });
      place.append(shape(who));
      made.append(place);
    }
  }
  return made;
}
