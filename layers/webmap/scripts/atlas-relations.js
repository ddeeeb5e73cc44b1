/* Lines of pairings and symbols of places. */
(function (global) {
  "use strict";

  const { element, svg, symbol } = global.AtlasMap;
  const STEPS = 16;
  const SYMBOL = 20; // px

  /* A gentle arc, so that lines to neighbouring counties stay apart. */
  function arc([x0, y0], [x1, y1]) {
    const bend = 0.14;
    const cx = (x0 + x1) / 2 - bend * (y1 - y0);
    const cy = (y0 + y1) / 2 + bend * (x1 - x0);
    return Array.from({ length: STEPS + 1 }, (_, i) => {
      const t = i / STEPS;
      const x = (1 - t) ** 2 * x0 + 2 * t * (1 - t) * cx + t ** 2 * x1;
      const y = (1 - t) ** 2 * y0 + 2 * t * (1 - t) * cy + t ** 2 * y1;
      return [y, x];
    });
  }

  class Relations {
    constructor(map, bundle, counties) {
      this.map = map;
      this.bundle = bundle;
      this.counties = counties;
      this.lines = L.layerGroup().addTo(map);
      this.places = L.layerGroup().addTo(map);
      this.drawn = "";
      this.symbolsAt = [];
    }

    update(state) {
      const now = JSON.stringify([state.lines, state.language, state.way === "places"]);
      if (now === this.drawn) return;
      this.drawn = now;
      this.lines.clearLayers();
      this.places.clearLayers();
      this.symbolsAt = [];
      for (const [partner, county, level] of state.lines) {
        this.line(partner, county, level, state.language);
      }
      if (state.lines.length) this.arrowhead();
      if (state.way === "places") this.symbols(state.language);
    }

    line(partner, county, level, language) {
      const from = this.bundle.partners[partner];
      const to = this.bundle.counties[county];
      const path = L.polyline(arc(from.point, to.point), {
        pane: "atlas-relations", className: `atlas-pair atlas-pair-${level}`, fill: false,
      });
      path.adcode = county;
      path.bindTooltip(element("span", "", language === "en"
        ? `${from.name_en} → ${to.name_en}` : `${from.name} → ${to.name}`),
      { sticky: true, className: "atlas-tooltip" });
      path.on("mouseover", () => this.highlight(county));
      path.on("mouseout", () => this.highlight(null));
      path.on("click", () => this.counties.select(county));
      this.lines.addLayer(path);
      path.getElement().setAttribute("marker-end", "url(#atlas-arrow)");
    }

    arrowhead() {
      const root = this.map.getPane("atlas-relations").querySelector("svg");
      if (root.querySelector("#atlas-arrow")) return;
      root.prepend(svg("defs", {}, svg("marker", {
        id: "atlas-arrow", viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 5,
        markerHeight: 5, orient: "auto-start-reverse",
      }, svg("path", { d: "M0 0L8 4L0 8z", class: "atlas-arrowhead" }))));
    }

    highlight(county) {
      this.lines.eachLayer((line) => {
        line.getElement().classList.toggle("atlas-pair-strong", line.adcode === county);
      });
    }

    /* Places with a point of their own stand there; the others side by side under the
     * middle of their county, with a broken ring. */
    symbols(language) {
      const beside = new Map();
      for (const place of this.bundle.places) {
        if (!place.point) {
          beside.set(place.county, [...(beside.get(place.county) || []), place]);
        }
      }
      for (const place of this.bundle.places) {
        const own = beside.get(place.county) || [];
        const at = own.indexOf(place);
        const [lon, lat] = place.point || this.bundle.counties[place.county].point;
        const shift = place.point ? [10, 10]
          : [10 - 20 * (at - (own.length - 1) / 2), -6];
        const name = language === "en" ? place.name_en : place.name_zh;
        const marker = L.marker([lat, lon], {
          pane: "atlas-places", keyboard: false,
          icon: L.divIcon({
            className: "atlas-place", html: symbol(place.symbol, Boolean(place.point)),
            iconSize: [SYMBOL, SYMBOL], iconAnchor: shift,
          }),
        });
        marker.bindTooltip(element("span", "", name), { className: "atlas-tooltip" });
        if (place.county) marker.on("click", () => this.counties.select(place.county));
        this.places.addLayer(marker);
        this.symbolsAt.push([marker.getLatLng(), shift]);
      }
    }

    /* What labels must keep clear of: left, top, right, bottom in pixels of a zoom. */
    symbolBoxes(zoom) {
      return this.symbolsAt.map(([at, [left, up]]) => {
        const { x, y } = this.map.project(at, zoom).subtract([left, up]);
        return [x, y, x + SYMBOL, y + SYMBOL];
      });
    }
  }

  global.AtlasMap.Relations = Relations;
})(globalThis);
