/* Small things that are drawn: elements, fill patterns, swatches, symbols.
 *
 * Text is set by textContent and never parsed as HTML.
 */
(function (global) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const BAND = 8; // px of a stripe: two bands fit the smallest district at zoom 7

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined && text !== null) node.textContent = text;
    return node;
  }

  function svg(tag, attributes, ...children) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) {
      node.setAttribute(name, value);
    }
    node.append(...children);
    return node;
  }

  /* What lies over a band of colour: [x, y, width, height, fill] is a rectangle,
   * [x, y, radius, fill] a disc. "hatch" and "dots" are colour on white: members that
   * follow from a rule, counties with outside evidence only. The others are white on
   * colour: they tell programmes apart without their colours. */
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

  /* One square that repeats: bands side by side where programmes meet. */
  function bands(fills) {
    const size = BAND * fills.length;
    const shapes = fills.flatMap(([colour, texture], i) => {
      const own = [[i * BAND, 0, BAND + 0.3, size, colour]];
      for (let y = 0; y < size; y += BAND) {
        own.push(...OVERLAYS[texture](i * BAND, y, colour));
      }
      return own;
    });
    return { size, shapes };
  }

  /* The square as a <pattern>, at a slant. */
  function pattern(id, fills) {
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

  /* The square as a canvas of so many pixels a unit. */
  function tile(fills, density) {
    const { size, shapes } = bands(fills);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = size * density;
    const context = canvas.getContext("2d");
    context.scale(density, density);
    for (const shape of shapes) {
      context.fillStyle = shape.at(-1);
      context.beginPath();
      if (shape.length === 4) context.arc(...shape.slice(0, 3), 0, 2 * Math.PI);
      else context.rect(...shape.slice(0, 4));
      context.fill();
    }
    return canvas;
  }

  let swatches = 0;

  function swatch(fills) {
    swatches += 1;
    const id = `atlas-swatch-${swatches}`;
    return svg("svg", { width: 22, height: 14, "aria-hidden": "true" },
      svg("defs", {}, pattern(id, fills)),
      svg("rect", { width: 22, height: 14, rx: 2, fill: `url(#${id})`, stroke: "#0006" }));
  }

  /* Symbols of places, 16 by 16, dark on a white disc. */
  const SYMBOLS = {
    tourism: "M8 3l4.5 9h-9z M3 12h10",
    ecology: "M8 13V7 M8 9C4 9 4 5 8 3c4 2 4 6 0 6z",
    water: "M8 3c3 4 4 5 4 7a4 4 0 0 1-8 0c0-2 1-3 4-7z",
    energy: "M9 2L4 9h3l-1 5 6-7H8z",
    transport: "M4 13L7 3 M12 13L9 3 M8 4v1.5 M8 8v1.5 M8 12v1",
    people: "M8 3a2 2 0 1 0 .01 0z M4 13c0-4 8-4 8 0z",
  };

  function symbol(name, exact) {
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

  global.AtlasMap = Object.assign(global.AtlasMap || {}, {
    element, pattern, svg, swatch, symbol, tile, SYMBOLS: Object.keys(SYMBOLS),
  });
})(globalThis);
