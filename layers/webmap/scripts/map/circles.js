/* Circles as large as a number, each at a point inside its county, and their key. */
import { element, svg } from "./elements.js";

/** @typedef {import("../messages.js").MapState} MapState */
/** @typedef {import("../messages.js").CircleSizes} CircleSizes */

const SHARE = 0.026; // of the shorter side of the map, for the largest radius
const [LEAST, MOST] = [7, 20]; // px
const LINE = 15; // px
const EDGE = 2; // px

/** The radius of a circle whose area is as large as its number.
 * @param {number} value @param {number} most The number of the largest circle.
 * @param {number} radius Of the largest circle. */
export const radiusOf = (value, most, radius) => radius * Math.sqrt(value / most);

/**
 * What is to be drawn, the largest first, so that no small circle is hidden.
 *
 * @param {CircleSizes} told
 * @param {string[]} order Adcodes, in the order of the values.
 * @param {{ has(adcode: string): boolean }} shown
 * @param {number} radius Of the largest circle.
 * @returns {[adcode: string, radius: number][]}
 */
export function circlesOf({ values, most }, order, shown, radius) {
  return order.flatMap((adcode, at) => {
    const value = values[at];
    return value && shown.has(adcode)
      ? [/** @type {[string, number]} */ ([adcode, radiusOf(value, most, radius)])] : [];
  }).sort(([, one], [, other]) => other - one);
}

export class Circles {
  /** @param {L.Map} map @param {import("./county-map.js").CountyMap} counties */
  constructor(map, counties) {
    this.map = map;
    this.counties = counties;
    this.group = L.layerGroup().addTo(map);
    this.drawn = "";
  }

  /** Of the largest circle, in pixels. */
  get radius() {
    const { x, y } = this.map.getSize();
    return Math.min(MOST, Math.max(LEAST, SHARE * Math.min(x, y)));
  }

  /** @param {MapState} state @param {boolean} hidden Whether the legend has them off. */
  update(state, hidden) {
    const told = state.circles;
    const { order, records, selected } = this.counties;
    const circles = told && !hidden ? circlesOf(told, order, selected, this.radius) : [];
    const now = JSON.stringify(circles);
    if (now === this.drawn) return;
    this.drawn = now;
    this.group.clearLayers();
    for (const [adcode, radius] of circles) {
      const [lon, lat] = records[adcode].point;
      this.group.addLayer(L.circleMarker([lat, lon], {
        pane: "atlas-circles", className: "atlas-circle", radius, interactive: false,
      }));
    }
  }

  /**
   * Nested circles that stand on one point, with the number of each beside it.
   *
   * @param {CircleSizes} told
   * @param {string} title For who cannot see it.
   */
  key({ keys, most }, title) {
    const { radius } = this;
    const middle = radius + EDGE;
    const end = 2 * radius + 14;
    let above = -Infinity;
    const rising = [...keys].reverse().map(([value, text]) => {
      const own = radiusOf(value, most, radius);
      above = Math.max(2 * own, above + LINE, LINE / 2);
      return { own, text, above };
    });
    const height = above + LINE / 2 + EDGE;
    const base = height - EDGE;
    const drawing = svg("svg", { width: end + 150, height, role: "img" },
      svg("title", {}), ...rising.flatMap(({ own, text, above: at }) => {
        const label = svg("text", { x: end + 4, y: base - at + 4, class: "atlas-circle-text" });
        label.textContent = text;
        return [
          svg("circle", { cx: middle, cy: base - own, r: own, class: "atlas-circle-key" }),
          svg("path", {
            d: `M${middle} ${base - 2 * own}L${end - 6} ${base - at}H${end}`,
            class: "atlas-circle-leader",
          }),
          label,
        ];
      }));
    const name = drawing.querySelector("title");
    if (name) name.textContent = `${title}: ${keys.map(([, text]) => text).join(", ")}`;
    const line = element("li", "atlas-legend-figure");
    line.append(drawing);
    return line;
  }
}
