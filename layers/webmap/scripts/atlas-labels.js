/* Names on the map: prefectures at any zoom, counties where they fit.
 *
 * A county's label stands in the middle of its largest inscribed circle and is shown if
 * it fits there and touches no label that matters more: the county in focus first, then
 * prefectures, which may give way a little, then the selected counties, then the rest;
 * symbols of places were there before any. All stand in one element, which follows a zoom
 * as a whole: a Leaflet marker each would be a composited layer each, and halves the
 * frames of a zoom (benchmarks/map.py).
 */
(function (global) {
  "use strict";

  const { element } = global.AtlasMap;
  const HEIGHT = 15;
  const ROOM = 1.35; // a label may be a little wider than the circle is
  const ALL_FROM_ZOOM = 8.25;
  const COUNTIES_FROM_ZOOM = 6.75;
  const FEW = 30; // selected counties, which are named at any zoom
  const WAYS_OUT = [0, -16, 16, -30, 30]; // px up or down
  const MARGIN = 0.5; // of the view, for which labels are laid out beyond its sides

  class Labels {
    constructor(map, bundle, relations) {
      this.map = map;
      this.relations = relations;
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
      map.on("moveend", () => {
        if (!this.laid?.bounds.contains(map.getPixelBounds())) this.layout();
      });
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
      const [lon, lat] = entry.point;
      return { ...entry, at: L.latLng(lat, lon), text, width: 0, shown: false };
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
      this.entries.forEach((entry) => { entry.weight = this.weight(entry); });
      this.ordered = [...this.entries].sort((a, b) => a.weight - b.weight);
      this.layout();
    }

    weight(entry) {
      if (entry.adcode === this.focused) return 0;
      if (entry.prefecture) return 1;
      return this.selected.has(entry.adcode) ? 2 : 3;
    }

    layout() {
      if (!this.selected) return;
      const zoom = this.map.getZoom();
      const origin = this.map.getPixelOrigin();
      const view = this.map.getPixelBounds();
      const margin = view.getSize().multiplyBy(MARGIN);
      const bounds = L.bounds(view.min.subtract(margin), view.max.add(margin));
      this.laid = { zoom, origin, bounds };
      L.DomUtil.setTransform(this.root, L.point(0, 0), 1);
      const least = zoom >= ALL_FROM_ZOOM ? 3
        : zoom >= COUNTIES_FROM_ZOOM || this.selected.size <= FEW ? 2 : 1;
      const room = (2 * ROOM * 256 * 2 ** zoom) / 360;
      const wanted = new Map();
      for (const entry of this.ordered) {
        const point = entry.weight <= least && this.map.project(entry.at, zoom);
        if (point && bounds.contains(point)) wanted.set(entry, point);
        else this.show(entry, false);
      }
      this.measure([...wanted.keys()].filter(({ width }) => !width));
      const taken = this.relations.symbolBoxes(zoom);
      for (const [entry, point] of wanted) {
        const place = this.place(entry, point, room, taken);
        if (place) {
          const { x, y } = place.subtract(origin);
          Object.assign(entry.text.style, { left: `${x}px`, top: `${y}px` });
        }
        this.show(entry, Boolean(place));
      }
    }

    /* All shown first, then all read: one layout of the browser instead of many. */
    measure(entries) {
      entries.forEach((entry) => this.show(entry, true));
      entries.forEach((entry) => { entry.width = entry.text.offsetWidth; });
    }

    /* Where a label has room in its county and beside what was placed before it; that of
     * a prefecture may give way a little. Null if nowhere. */
    place(entry, point, room, taken) {
      if (entry.weight > 1 && entry.width > room * entry.radius) return null;
      const half = entry.width / 2 + 2;
      for (const lower of entry.prefecture ? WAYS_OUT : [0]) {
        const { x, y } = point.add([0, lower]);
        const box = [x - half, y - HEIGHT / 2, x + half, y + HEIGHT / 2];
        if (taken.every((other) => box[2] < other[0] || other[2] < box[0]
          || box[3] < other[1] || other[3] < box[1])) {
          taken.push(box);
          return L.point(x, y);
        }
      }
      return null;
    }

    show(entry, shown) {
      if (entry.shown === shown) return;
      entry.shown = shown;
      entry.text.style.display = shown ? "" : "none";
    }
  }

  global.AtlasMap.Labels = Labels;
})(globalThis);
