/* Colours and textures: how a fill is drawn, as a pattern, a canvas or a swatch. */
import { svg } from "./elements.js";

/** @typedef {import("../messages.js").Fill} Fill */
/** @typedef {import("../messages.js").Texture} Texture */
/** @typedef {[x: number, y: number, width: number, height: number, fill: string]
 *   | [x: number, y: number, radius: number, fill: string]} Shape */

const BAND = 8; // px of a stripe: two bands fit the smallest district at zoom 7

/* What lies over a band of colour: [x, y, width, height, fill] is a rectangle,
 * [x, y, radius, fill] a disc. "hatch" and "dots" are colour on white: members that
 * follow from a rule, counties with outside evidence only. The others are white on
 * colour: they tell programmes apart without their colours. */
/** @type {Record<Texture, (x: number, y: number, colour: string) => Shape[]>} */
const OVERLAYS = {
  solid: () => [],
  hatch: (x, y, colour) => [[x, y, BAND, BAND, "#fff"], [x, y, BAND, 3.5, colour]],
  dots: (x, y, colour) => [
    [x, y, BAND, BAND, "#fff"], [x + BAND / 2, y + BAND / 2, 2.2, colour],
  ],
  lines: (x, y) => [[x + BAND / 2 - 0.6, y, 1.2, BAND, "#fff"]],
  bars: (x, y) => [[x, y + BAND / 2 - 0.6, BAND, 1.2, "#fff"]],
  grid: (x, y) => [
    [x + BAND / 2 - 0.5, y, 1, BAND, "#fff"], [x, y + BAND / 2 - 0.5, BAND, 1, "#fff"],
  ],
  spots: (x, y) => [[x + BAND / 2, y + BAND / 2, 1.5, "#fff"]],
};

/**
 * One square that repeats: bands side by side where programmes meet.
 *
 * @param {Fill[]} fills
 * @returns {{ size: number, shapes: Shape[] }}
 */
export function bands(fills) {
  const size = BAND * fills.length;
  const shapes = fills.flatMap(([colour, texture], i) => {
    /** @type {Shape[]} */
    const own = [[i * BAND, 0, BAND + 0.3, size, colour]];
    for (let y = 0; y < size; y += BAND) {
      own.push(...OVERLAYS[texture](i * BAND, y, colour));
    }
    return own;
  });
  return { size, shapes };
}

/**
 * The square as a <pattern>, at a slant.
 *
 * @param {string} id
 * @param {Fill[]} fills
 */
export function pattern(id, fills) {
  const { size, shapes } = bands(fills);
  return svg("pattern", {
    id, width: size, height: size, patternUnits: "userSpaceOnUse",
    patternTransform: "rotate(45)",
  }, ...shapes.map((shape) => {
    if (shape.length === 4) {
      const [cx, cy, r, fill] = shape;
      return svg("circle", { cx, cy, r, fill });
    }
    const [x, y, width, height, fill] = shape;
    return svg("rect", { x, y, width, height, fill });
  }));
}

/**
 * The square as a canvas of so many pixels a unit.
 *
 * @param {Fill[]} fills
 * @param {number} density
 */
export function tile(fills, density) {
  const { size, shapes } = bands(fills);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size * density;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.scale(density, density);
  for (const shape of shapes) {
    context.beginPath();
    if (shape.length === 4) {
      const [x, y, radius, fill] = shape;
      context.fillStyle = fill;
      context.arc(x, y, radius, 0, 2 * Math.PI);
    } else {
      const [x, y, width, height, fill] = shape;
      context.fillStyle = fill;
      context.rect(x, y, width, height);
    }
    context.fill();
  }
  return canvas;
}

let swatches = 0;

/**
 * A sample of fills, for a legend.
 *
 * @param {Fill[]} fills
 */
export function swatch(fills) {
  swatches += 1;
  const id = `atlas-swatch-${swatches}`;
  return svg("svg", { width: 22, height: 14, "aria-hidden": "true" },
    svg("defs", {}, pattern(id, fills)),
    svg("rect", { width: 22, height: 14, rx: 2, fill: `url(#${id})`, stroke: "#0006" }));
}
