/* Names on the map: prefectures always, counties where they fit.
 *
 * A county's label stands in the middle of its largest inscribed circle and is shown if
 * it fits there and touches no label that matters more: prefectures first, then the
 * county in focus, then the selected ones, then the rest. All stand in one element, which
 * follows a zoom as a whole: a Leaflet marker each would be a composited layer each, and
 * halves the frames of a zoom (benchmarks/map.py).
 */
(function (global) {
  "use strict";

  const { element } = global.AtlasMap;
  const HEIGHT = 15;
  const ROOM = 1.35; // a label may be a little wider than the circle is
  const ALL_FROM_ZOOM = 8.25;
  const COUNTIES_FROM_ZOOM = 6.75;

  class Labels {
    constructor(map, bundle) {
      this.map = map;
      this.root = element("div", "atlas-labels leaflet-zoom-animated");
      map.getPane("atlas-labels").append(this.root);
      this.entries = [
        ...bundle.labels.map((label) => ({
          ...label, short: label.name, point: [label.lon, label.lat], prefecture: true,
        })),
        ...Object.entries(bundle.counties).map(([adcode, record]) => ({
          adcode, point: record.point, radius: record.radius, short: record.short,
          name_en: record.name_en.replace(/ (Manchu|Mongol|Hui|County|District|City|Mining).*$/, ""),
        })),
      ].map((entry) => this.make(entry));
      map.on("zoomanim", ({ zoom, center }) => {
        this.follow(zoom, map._getNewPixelOrigin(center, zoom));
      });
      map.on("zoom", () => this.follow(map.getZoom(), map.getPixelOrigin()));
      map.on("zoomend viewreset", () => this.layout());
    }

    /* Moves the labels, as laid out for one zoom, to where another shows them. */
    follow(zoom, origin) {
      if (!this.laid) return;
      const scale = this.map.getZoomScale(zoom, this.laid.zoom);
      L.DomUtil.setTransform(this.root, this.laid.origin.multiplyBy(scale).subtract(origin), scale);
    }

    make(entry) {
      const text = element("span", entry.prefecture
        ? "atlas-label atlas-label-prefecture" : "atlas-label");
      text.style.display = "none";
      this.root.append(text);
      return { ...entry, text, width: 0 };
    }

    update(state, selected) {
      const language = state.language !== this.language;
      this.language = state.language;
      this.selected = selected;
      this.focused = state.focus;
      if (language) {
        for (const entry of this.entries) {
          entry.text.textContent = state.language === "en" ? entry.name_en : entry.short;
          entry.width = 0;
        }
      }
      this.layout();
    }

    weight(entry) {
      if (entry.prefecture) return 0;
      if (entry.adcode === this.focused) return 1;
      return this.selected.has(entry.adcode) ? 2 : 3;
    }

    layout() {
      if (!this.selected) return;
      const zoom = this.map.getZoom();
      const origin = this.map.getPixelOrigin();
      this.laid = { zoom, origin };
      L.DomUtil.setTransform(this.root, L.point(0, 0), 1);
      const perDegree = (256 * 2 ** zoom) / 360;
      const few = this.selected.size <= 30;
      const taken = [];
      const order = [...this.entries].sort((a, b) => this.weight(a) - this.weight(b));
      for (const entry of order) {
        const [lon, lat] = entry.point;
        const { x, y } = this.map.project([lat, lon], zoom);
        entry.text.style.left = `${x - origin.x}px`;
        entry.text.style.top = `${y - origin.y}px`;
        const weight = this.weight(entry);
        const wanted = weight < 2
          || (weight === 2 && (few || zoom >= COUNTIES_FROM_ZOOM))
          || zoom >= ALL_FROM_ZOOM;
        entry.text.style.display = wanted ? "" : "none";
        if (!wanted) continue;
        if (!entry.width) entry.width = entry.text.offsetWidth;
        const box = [x - entry.width / 2 - 2, y - HEIGHT / 2,
          x + entry.width / 2 + 2, y + HEIGHT / 2];
        const fits = weight < 2 || entry.width / 2 <= ROOM * entry.radius * perDegree;
        const free = taken.every((other) => box[2] < other[0] || other[2] < box[0]
          || box[3] < other[1] || other[3] < box[1]);
        if ((fits && free) || weight === 0) taken.push(box);
        else entry.text.style.display = "none";
      }
    }
  }

  global.AtlasMap.Labels = Labels;
})(globalThis);
