/* A small still map: where in Hebei a county lies. Drawn as SVG, so that it prints. */
import { element, svg } from "../map/atlas.js";
import { styleSheets } from "./appearance.js";
import { bundleAt } from "./shared-data.js";

/** @typedef {GeoJSON.Polygon | GeoJSON.MultiPolygon | GeoJSON.LineString} Shape */
/** @typedef {{ features: { id: string, geometry: Shape }[] }} Shapes */
/** @typedef {{ bundle: string, county: string, neighbours: string[], label: string,
 *   language: import("../messages.js").LanguageCode }} LocatorData */

const WIDTH = 320;

/** @param {GeoJSON.Position} point @returns {GeoJSON.Position} */
function mercator([lon, lat]) {
  const radians = (lat * Math.PI) / 180;
  return [lon, (Math.log(Math.tan(Math.PI / 4 + radians / 2)) * 180) / Math.PI];
}

/**
 * All rings of an area, or the one line of a border.
 *
 * @param {Shape} shape
 * @returns {GeoJSON.Position[][]}
 */
function lines(shape) {
  if (shape.type === "LineString") return [shape.coordinates];
  return shape.type === "Polygon" ? shape.coordinates : shape.coordinates.flat();
}

/** @param {Shapes["features"]} features */
function frame(features) {
  const points = features.flatMap(({ geometry }) => lines(geometry).flat()).map(mercator);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [west, east] = [Math.min(...xs), Math.max(...xs)];
  const [south, north] = [Math.min(...ys), Math.max(...ys)];
  const scale = (WIDTH - 12) / (east - west);
  return {
    height: (north - south) * scale + 12,
    /** @param {GeoJSON.Position} point */
    at: (point) => {
      const [x, y] = mercator(point);
      return `${(6 + (x - west) * scale).toFixed(1)} ${(6 + (north - y) * scale).toFixed(1)}`;
    },
  };
}

/** @param {import("../messages.js").Component<LocatorData>} component */
export async function showLocator({ data, parentElement }) {
  await styleSheets("styles.css");
  const bundle = await bundleAt(data.bundle);
  const { height, at } = frame(bundle.county.features);
  /** @type {(collection: Shapes, className: string, chosen?: Set<string>) => SVGPathElement[]} */
  const draw = (collection, className, chosen) => collection.features
    .filter(({ id }) => !chosen || chosen.has(id))
    .map(({ geometry }) => svg("path", {
      class: className,
      d: lines(geometry).map((line) => `M${line.map(at).join("L")}`).join(""),
    }));
  const picture = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${height.toFixed(0)}`, class: "atlas-locator", role: "img",
    "aria-label": data.label,
  },
  ...draw(bundle.municipalities, "atlas-locator-neighbour"),
  ...draw(bundle.county, "atlas-locator-land"),
  ...draw(bundle.prefecture, "atlas-locator-prefecture"),
  ...draw(bundle.county, "atlas-locator-near", new Set(data.neighbours)),
  ...draw(bundle.county, "atlas-locator-county", new Set([data.county])),
  ...draw(bundle.province, "atlas-locator-province"));
  const box = element("figure", "atlas-panel atlas-locator-box");
  box.append(picture, element("figcaption", "", bundle.texts[data.language].credit));
  parentElement.querySelector(".atlas-locator-box")?.remove();
  parentElement.append(box);
}
