/* Tools at the edge of the map: views, graticule, choosing by box or lasso, position. */
import { isInside, nextBaseMap } from "./classes.js";
import { mapControl } from "./control.js";
import { element, svg } from "./elements.js";

/** @typedef {import("../messages.js").LonLat} LonLat */
/** @typedef {"box" | "lasso"} Shape */

/** A line that is being drawn round counties.
 * @typedef {object} Drawing
 * @property {Shape} shape
 * @property {L.Polygon} outline
 * @property {L.LatLng[]} ring
 * @property {AbortController} listening
 */

/** @type {Record<string, string>} */
const ICONS = {
  home: "M3 9l6-6 6 6 M5 8v7h8V8",
  selection: "M3 6V3h3 M12 3h3v3 M15 12v3h-3 M6 15H3v-3 M7 7h4v4H7z",
  graticule: "M3 6h12 M3 12h12 M6 3v12 M12 3v12",
  box: "M3 4h12v10H3z",
  base: "M3 5l4-2 4 2 4-2v10l-4 2-4-2-4 2z M7 3v10 M11 5v10",
  picture: "M2 4h14v11H2z M2 13l4-4 3 3 3-4 4 5 M6 7h1",
  beside: "M2 3h14v12H2z M9 1v16 M4 9h3 M11 9h3",
  measure: "M2 12L12 2l4 4L6 16z M5 9l2 2 M8 6l2 2 M11 3l2 2",
  note: "M3 3h12v9H9l-3 3v-3H3z M6 6h6 M6 9h4",
  lasso: "M9 4C5 4 3 6 3 8s3 4 6 4 6-2 6-4-3-4-6-4z M5 11c-1 2 0 4 2 4",
};

/** @param {string} name */
function icon(name) {
  return svg("svg", { width: 18, height: 18, "aria-hidden": "true" }, svg("path", {
    d: ICONS[name], fill: "none", stroke: "currentColor", "stroke-width": 1.6,
    "stroke-dasharray": name === "box" || name === "lasso" ? "2.5 1.5" : "none",
  }));
}

export class Tools {
  /**
   * @param {L.Map} map
   * @param {import("../messages.js").Bundle} bundle
   * @param {import("./county-map.js").CountyMap} counties
   */
  constructor(map, bundle, counties) {
    this.map = map;
    this.counties = counties;
    /** @type {Record<string, HTMLButtonElement>} */
    this.buttons = {};
    /** @type {Drawing | null} */
    this.drawing = null;
    /** @type {L.TileLayer | null} */
    this.tiles = null;
    this.bar = mapControl(map, "topleft", element("div", "leaflet-bar atlas-tools"));
    L.DomEvent.disableClickPropagation(this.bar);
    this.button("home", () => counties.home());
    this.button("selection", () => counties.zoomToSelection());
    this.button("graticule", () => this.toggleGraticule());
    this.button("box", () => this.start("box"));
    this.button("lasso", () => this.start("lasso"));
    this.baseMaps = bundle.base_maps;
    this.base = -1;
    if (this.baseMaps.length) this.button("base", () => this.nextBase());
    this.grid = L.layerGroup();
    this.position();
    this.north();
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.stop();
    });
  }

  /** @param {string} name @param {() => void} act */
  button(name, act) {
    const node = element("button", "atlas-tool");
    node.type = "button";
    node.append(icon(name));
    node.addEventListener("click", act);
    this.bar.append(node);
    this.buttons[name] = node;
  }

  /** @param {import("../messages.js").Texts} texts */
  update(texts) {
    for (const way of ["in", "out"]) {
      const link = /** @type {HTMLElement | null} */ (
        this.map.getContainer().querySelector(`.leaflet-control-zoom-${way}`));
      link?.setAttribute("aria-label", texts[`zoom_${way}`]);
      if (link) link.title = texts[`zoom_${way}`];
    }
    for (const [name, node] of Object.entries(this.buttons)) {
      node.title = texts[`tool_${name}`];
      node.setAttribute("aria-label", texts[`tool_${name}`]);
    }
  }

  /* None, then each base map in turn. One whose tiles do not come goes away by itself:
   * the map is whole without it. */
  nextBase() {
    this.showBase(nextBaseMap(this.base, this.baseMaps.length));
    this.map.fire("atlas:base");
  }

  /** @param {number} base Its place among them; beyond them is none. */
  showBase(base) {
    this.tiles?.remove();
    this.tiles = null;
    this.base = base;
    const chosen = this.baseMaps[this.base];
    this.press("base", Boolean(chosen));
    this.map.getContainer().classList.toggle("atlas-with-tiles", Boolean(chosen));
    this.counties.painting.restyle();
    if (!chosen) return;
    const { language } = this.counties;
    this.tiles = L.tileLayer(chosen.url, {
      subdomains: chosen.subdomains, maxZoom: 18,
      attribution: element("span", "", chosen.credit[language]).innerHTML,
    });
    this.tiles.once("tileerror", () => {
      this.base = this.baseMaps.length - 1; // after the last one comes none
      this.nextBase();
    });
    this.tiles.addTo(this.map);
  }

  /** @param {string} name @param {boolean} on */
  press(name, on) {
    this.buttons[name].setAttribute("aria-pressed", String(on));
    this.buttons[name].classList.toggle("atlas-tool-on", on);
  }

  north() {
    const box = element("div", "atlas-north");
    box.append(svg("svg", { width: 22, height: 30, viewBox: "0 0 22 30", "aria-hidden": "true" },
      svg("path", { d: "M11 1l6 19-6-4-6 4z", fill: "currentColor" })), element("span", "", "N"));
    mapControl(this.map, "topright", box);
  }

  position() {
    const box = mapControl(this.map, "bottomleft", element("div", "atlas-position"));
    this.map.on("mousemove", ({ latlng: { lat, lng } }) => {
      box.textContent = `${lat.toFixed(3)}°N ${lng.toFixed(3)}°E`;
    });
    this.map.on("mouseout", () => { box.textContent = ""; });
  }

  toggleGraticule() {
    if (this.map.hasLayer(this.grid)) {
      this.grid.remove();
      this.press("graticule", false);
      return;
    }
    if (!this.grid.getLayers().length) this.drawGraticule();
    this.grid.addTo(this.map);
    this.press("graticule", true);
  }

  drawGraticule() {
    /** @type {(from: L.LatLngTuple, to: L.LatLngTuple, text: string, at: L.LatLngTuple) => void} */
    const line = (from, to, text, at) => {
      this.grid.addLayer(L.polyline([from, to], {
        pane: "atlas-lines", interactive: false, className: "atlas-graticule",
      }));
      this.grid.addLayer(L.marker(at, {
        pane: "atlas-labels", interactive: false, keyboard: false,
        icon: L.divIcon({
          className: "atlas-label-box", iconSize: undefined,
          html: element("span", "atlas-label atlas-degree", text),
        }),
      }));
    };
    for (let lon = 111; lon <= 122; lon += 1) line([34, lon], [45, lon], `${lon}°E`, [43.1, lon]);
    for (let lat = 34; lat <= 45; lat += 1) line([lat, 111], [lat, 122], `${lat}°N`, [lat, 112.6]);
  }

  /**
   * Draw a box or a line round counties; those whose middle lies within are chosen.
   *
   * @param {Shape} shape
   */
  start(shape) {
    const again = this.drawing?.shape === shape;
    this.stop();
    if (again) return;
    this.press(shape, true);
    const container = this.map.getContainer();
    container.classList.add("atlas-choosing");
    this.map.dragging.disable();
    const drawing = {
      shape,
      outline: L.polygon([], {
        className: "atlas-lasso", interactive: false, pane: "atlas-focus",
      }).addTo(this.map),
      ring: /** @type {L.LatLng[]} */ ([]),
      listening: new AbortController(),
    };
    this.drawing = drawing;
    const { signal } = drawing.listening;
    container.addEventListener("pointerdown", (event) => this.begin(drawing, event), { signal });
    container.addEventListener("pointermove", (event) => this.extend(drawing, event), { signal });
    container.addEventListener("pointerup", () => this.choose(drawing), { signal });
  }

  /** @param {Drawing} drawing @param {PointerEvent} event */
  begin(drawing, event) {
    if (/** @type {Element} */ (event.target).closest(".leaflet-control")) return;
    event.preventDefault();
    drawing.ring = [this.map.mouseEventToLatLng(event)];
    this.map.getContainer().setPointerCapture?.(event.pointerId);
  }

  /** @param {Drawing} drawing @param {PointerEvent} event */
  extend(drawing, event) {
    if (!drawing.ring.length) return;
    const here = this.map.mouseEventToLatLng(event);
    if (drawing.shape === "lasso") drawing.ring.push(here);
    else {
      const [first] = drawing.ring;
      drawing.ring = [
        first, L.latLng(first.lat, here.lng), here, L.latLng(here.lat, first.lng),
      ];
    }
    drawing.outline.setLatLngs(drawing.ring);
  }

  /** @param {Drawing} drawing */
  choose(drawing) {
    if (!drawing.ring.length) return;
    const ring = drawing.ring.map(({ lat, lng }) => /** @type {LonLat} */ ([lng, lat]));
    this.stop();
    const found = Object.entries(this.counties.records)
      .filter(([, record]) => isInside(record.point, ring)).map(([adcode]) => adcode);
    if (found.length) this.counties.emit("region", found.join(""));
  }

  stop() {
    if (!this.drawing) return;
    const { shape, outline, listening } = this.drawing;
    this.drawing = null;
    this.press(shape, false);
    listening.abort();
    this.map.getContainer().classList.remove("atlas-choosing");
    this.map.dragging.enable();
    outline.remove();
  }
}
