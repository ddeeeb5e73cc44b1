/* A layer of the reader's own over the counties; its columns are text beside the pointer. */
import { mapControl } from "./control.js";
import { element } from "./elements.js";

/** @typedef {import("../messages.js").OwnLayerData} OwnLayerData */

const RADIUS = 4.5; // px

export class OwnLayer {
  /**
   * @param {L.Map} map
   * @param {import("./county-map.js").CountyMap} counties
   * @param {OwnLayerData} data
   */
  constructor(map, counties, data) {
    this.map = map;
    this.counties = counties;
    this.data = data;
    const renderer = L.svg({ pane: "atlas-own" });
    this.shapes = L.layerGroup().addTo(map);
    for (const [shape, cells] of data.features) {
      const drawn = L.geoJSON(shape, {
        pane: "atlas-own",
        style: { renderer, ...this.style(shape.type) },
        pointToLayer: (_, at) => L.circleMarker(at, { pane: "atlas-own", radius: RADIUS }),
      });
      drawn.bindTooltip(() => this.describe(cells), {
        sticky: true, className: "atlas-tooltip",
      });
      drawn.on("click", ({ originalEvent }) => this.press(originalEvent));
      this.shapes.addLayer(drawn);
    }
    this.control();
  }

  /** Lines have nothing to be filled. @param {string} kind */
  style(kind) {
    return kind.endsWith("Point") ? { className: "atlas-own-point" }
      : { className: "atlas-own-shape", fill: !kind.endsWith("LineString") };
  }

  /** @param {string[]} cells */
  describe(cells) {
    const box = element("div");
    box.append(element("strong", "", this.data.name));
    cells.forEach((text, at) => {
      if (text) box.append(element("div", "", `${this.data.columns[at]}: ${text}`));
    });
    return box;
  }

  /** A press is meant for the county below. @param {MouseEvent} event */
  press({ clientX, clientY }) {
    const below = new Set(document.elementsFromPoint(clientX, clientY));
    for (const [adcode, layer] of this.counties.layers) {
      const path = /** @type {L.Path} */ (/** @type {unknown} */ (layer)).getElement();
      if (path && below.has(path)) this.counties.select(adcode);
    }
  }

  /** A box that says what is drawn, and puts it away. */
  control() {
    const box = element("label", "atlas-own-key leaflet-bar");
    const shown = element("input");
    shown.type = "checkbox";
    shown.checked = true;
    shown.addEventListener("change", () => {
      if (shown.checked) this.shapes.addTo(this.map);
      else this.shapes.remove();
    });
    box.append(shown, element("span", "atlas-own-swatch"),
      element("span", "", [this.data.name, this.data.told[0], this.data.note].join(" · ")));
    box.title = this.data.told.join("\n");
    L.DomEvent.disableClickPropagation(box);
    mapControl(this.map, "bottomleft", box);
  }
}
