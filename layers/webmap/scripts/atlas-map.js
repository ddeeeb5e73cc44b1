/* The county map on Leaflet: geometry once, then styles only.
 *
 * AtlasMap.attach(map, options) adds the layers to a map that Folium has built and
 * returns a promise of a controller; controller.update(state) restyles what is there.
 */
(function (global) {
  "use strict";

  const { element, pattern, svg, swatch } = global.AtlasMap;
  const LAND = "var(--atlas-land)";
  const LATER = "var(--atlas-later)";
  const NOTHING_SHOWN = "var(--atlas-muted)";
  const FULL_FROM_ZOOM = 9;
  const NARROW = 480; // px
  const LOOK = { fillOpacity: 1, smoothFactor: 0, noClip: true };
  const AREAS = { municipalities: "municipalities", counties: "county" };
  const BORDERS = ["prefecture", "province"];

  class Counties {
    constructor(map, bundle, options) {
      this.map = map;
      this.options = options;
      this.overview = bundle;
      this.texts = bundle.texts;
      this.records = bundle.counties;
      this.order = bundle.county.features.map(({ id }) => id);
      this.layers = new Map();
      this.listeners = {};
      this.marked = new Set();
      this.state = null;

      // One drawing for all that always shows: each is a layer that a zoom scales. Not
      // clipped: that takes longer than to draw the little that is out of sight.
      const renderer = L.svg({ pane: "atlas-counties" });
      const still = (features, className, where) => L.geoJSON(features, {
        ...where, interactive: false, style: { className, ...LOOK },
      }).addTo(map);
      this.municipalities = still(bundle.municipalities, "atlas-neighbour", { renderer });
      this.counties = L.geoJSON(bundle.county, {
        renderer,
        style: { className: "atlas-county", ...LOOK },
        onEachFeature: (feature, layer) => this.add(feature.id, layer),
      }).addTo(map);
      this.prefecture = still(bundle.prefecture, "atlas-prefecture", { renderer });
      this.province = still(bundle.province, "atlas-province", { renderer });
      this.outline = still(null, "atlas-focus", { pane: "atlas-focus" });
      this.marks = still(null, "atlas-mark", { pane: "atlas-focus" });
      this.counties.bindTooltip((layer) => this.describe(layer.feature.id), {
        sticky: true, className: "atlas-tooltip",
      });
      this.patterns = new Map();
      this.signs = new Map();
      this.defs = svg("defs", { class: "atlas-patterns" });
      map.getPane("atlas-counties").querySelector("svg").prepend(this.defs);
      this.fills = new Map();
      this.painting = new AtlasMap.Painting(this).addTo(map);
      L.control.scale({ imperial: false }).addTo(map);
      this.relations = new AtlasMap.Relations(map, bundle, this);
      this.labels = new AtlasMap.Labels(map, bundle, this.relations);
      this.tools = new AtlasMap.Tools(map, bundle, this);
      this.legend = new AtlasMap.Legend(map, this);
      this.keyboard();
      global.addEventListener("atlas:marks", ({ detail }) => {
        if (detail.from !== "map") this.mark(new Set(detail.codes));
      });
      map.on("moveend", () => this.remember());
      map.on("zoomend", () => this.refine());
      map.on("resize", () => this.arrange());
      this.arrange();
      this.home();
      this.remember();
    }

    add(adcode, layer) {
      this.layers.set(adcode, layer);
      layer.on("click", ({ originalEvent }) => {
        if (originalEvent.ctrlKey || originalEvent.metaKey) this.toggleMark(adcode);
        else this.select(adcode);
      });
      layer.on("mouseover", () => this.relations.highlight(adcode));
      layer.on("mouseout", () => this.relations.highlight(null));
    }

    on(event, listener) { this.listeners[event] = listener; }

    tell(event, value) { this.listeners[event]?.(value); }

    select(adcode) { this.tell("select", adcode); }

    /* Where the map is, for links and for whoever looks at the page from outside. */
    remember() {
      const { lat, lng } = this.map.getCenter();
      this.map.getContainer().dataset.view =
        [this.map.getZoom(), lat.toFixed(4), lng.toFixed(4)].join("/");
    }

    home() {
      // The legend stands over the sea, at the lower right: leave it some room. On a narrow
      // map the tools lie in a row along the top, for beside the province is none.
      const width = this.map.getSize().x;
      const room = Math.max(8, Math.min(130, 0.5 * (width - 420)));
      const [above, below] = width < NARROW ? [48, 60] : [8, 24];
      this.map.fitBounds(this.counties.getBounds(), {
        paddingTopLeft: [8, above], paddingBottomRight: [room, below], animate: false,
      });
    }

    arrange() {
      this.map.getContainer().classList.toggle("atlas-narrow", this.map.getSize().x < NARROW);
    }

    zoomToSelection() {
      const bounds = L.latLngBounds([]);
      for (const adcode of this.selected.keys()) bounds.extend(this.layers.get(adcode).getBounds());
      if (bounds.isValid()) this.map.fitBounds(bounds, { padding: [24, 24], maxZoom: 10 });
    }

    /* Close up, the lines come in full; all of them at once, so that no seam shows. */
    refine() {
      const full = this.map.getZoom() >= FULL_FROM_ZOOM;
      if (!this.options.full || full === this.isFull) return;
      this.isFull = full;
      const bundle = full ? fetchOnce(this.options.full) : Promise.resolve(this.overview);
      bundle.then((geometry) => {
        if (this.isFull !== full) return;
        for (const [name, part] of Object.entries(AREAS)) {
          const layers = new Map(this[name].getLayers().map((it) => [it.feature.id, it]));
          for (const { id, geometry: { type, coordinates } } of geometry[part].features) {
            const depth = type === "Polygon" ? 1 : 2;
            layers.get(id).setLatLngs(L.GeoJSON.coordsToLatLngs(coordinates, depth));
          }
        }
        for (const name of BORDERS) {
          this[name].clearLayers();
          this[name].addData(geometry[name]);
        }
        this.painting.draw();
        this.map.getContainer().dataset.detail = full ? "full" : "overview";
      }).catch(() => { this.isFull = !full; });
    }

    describe(adcode) {
      const record = this.records[adcode];
      const box = element("div");
      box.append(element("strong", "", this.name(record)), element("span",
        "atlas-tooltip-prefecture",
        this.state.language === "en" ? record.prefecture_en : record.prefecture));
      for (const entry of this.state.legend) {
        if (!entry.programme || !record.programmes.includes(entry.programme)) continue;
        const mark = element("div", "atlas-tooltip-programme");
        mark.append(swatch([[entry.colour, entry.texture]]), element("span", "", entry.name));
        box.append(mark);
      }
      return box;
    }

    name(record) {
      return this.state.language === "en" ? `${record.name_en} ${record.name}` : record.name;
    }

    update(state) {
      const before = this.state;
      this.state = state;
      const texts = this.texts[state.language];
      const container = this.map.getContainer();
      if (container.dataset.theme !== state.theme) this.painting.sheet = null;
      container.dataset.theme = state.theme;
      container.dataset.way = state.way;
      container.setAttribute("role", "region");
      container.setAttribute("aria-label", state.summary || AtlasMap.summary || "");
      this.paint(state);
      this.focus(state.focus);
      if (!before || before.language !== state.language) {
        this.tools.update(texts);
        this.credit(texts.credit);
        for (const [adcode, layer] of this.layers) {
          layer.getElement().setAttribute("aria-label", this.name(this.records[adcode]));
        }
      }
      // The counties are what one waits for; the rest comes after the frame that shows
      // them. An animation frame alone would run before that frame is painted.
      if (before) requestAnimationFrame(() => setTimeout(() => this.follow()));
      else this.follow();
    }

    follow() {
      this.legend.update(this.state, this.texts[this.state.language]);
      this.relations.update(this.state);
      this.labels.update(this.state, this.selected);
      this.map.getContainer().dataset.painted = this.state.version;
    }

    repaint() {
      this.paint(this.state);
      this.legend.update(this.state, this.texts[this.state.language]);
    }

    credit(text) {
      const control = this.map.attributionControl;
      control.setPrefix("");
      if (this.creditHtml) control.removeAttribution(this.creditHtml);
      // Leaflet's attribution takes HTML: the text goes through a text node first.
      this.creditHtml = element("span", "", text).innerHTML;
      control.addAttribution(this.creditHtml);
    }

    paint(state) {
      const fills = state.classes.map((look) => {
        const signs = this.legend.shown(look, state.legend)
          .map((at) => [state.legend[at].colour, state.legend[at].texture]);
        if (!signs.length) return NOTHING_SHOWN;
        if (signs.length === 1 && signs[0][1] === "solid") return signs[0][0];
        return `url(#${this.patternOf(signs)})`;
      });
      this.selected = this.spread(state.counties, fills);
      const hinted = this.spread(state.hints, fills);
      const { until } = this.legend;
      for (const [adcode, layer] of this.layers) {
        const path = layer.getElement();
        const year = this.records[adcode].exit_year;
        const later = state.way === "exit" && until && year > until;
        const fill = later ? LATER
          : this.selected.get(adcode) || hinted.get(adcode) || LAND;
        if (this.fills.get(adcode) !== fill) path.style.fill = fill;
        path.classList.toggle("atlas-selected", this.selected.has(adcode));
        this.fills.set(adcode, fill);
      }
      this.painting.draw();
    }

    /* The id of the pattern that shows these signs. Kept: a pattern made anew makes the
     * browser draw again every county that has it, changed or not. */
    patternOf(signs) {
      const key = JSON.stringify(signs);
      if (!this.patterns.has(key)) {
        const id = `atlas-${L.stamp(this.map)}-${this.patterns.size}`;
        this.defs.append(pattern(id, signs));
        this.patterns.set(key, id);
        this.signs.set(id, signs);
      }
      return this.patterns.get(key);
    }

    signsOf(id) { return this.signs.get(id); }

    /* Counties of each look come as bits, in the order of the geometry. */
    spread(bitsByClass, fills) {
      const lookOf = new Map();
      bitsByClass.forEach((bits, look) => {
        const bytes = atob(bits);
        for (let i = 0; i < this.order.length && bits; i += 1) {
          const on = bytes.charCodeAt(i >> 3) & (0x80 >> (i & 7));
          if (on) lookOf.set(this.order[i], look);
        }
      });
      const inOrder = this.order.filter((adcode) => lookOf.has(adcode));
      return new Map(inOrder.map((adcode) => [adcode, fills[lookOf.get(adcode)]]));
    }

    focus(adcode) {
      this.outline.clearLayers();
      const layer = adcode && this.layers.get(adcode);
      if (layer) this.outline.addData(layer.toGeoJSON());
    }

    toggleMark(adcode) {
      const marked = new Set(this.marked);
      if (!marked.delete(adcode)) marked.add(adcode);
      this.mark(marked);
      global.dispatchEvent(new CustomEvent("atlas:marks",
        { detail: { from: "map", codes: [...marked] } }));
    }

    mark(marked) {
      this.marked = marked;
      this.marks.clearLayers();
      for (const adcode of marked) this.marks.addData(this.layers.get(adcode).toGeoJSON());
    }

    /* One county is in the tab order; the arrows go to the next one in that direction,
     * Enter opens it, the space bar marks it. */
    keyboard() {
      this.layers.forEach((layer, adcode) => {
        const path = layer.getElement();
        path.setAttribute("role", "button");
        path.setAttribute("tabindex", "-1");
        path.dataset.adcode = adcode;
      });
      this.layers.values().next().value.getElement().setAttribute("tabindex", "0");
      this.map.getPane("atlas-counties").addEventListener("keydown", (event) => {
        const { adcode } = event.target.dataset || {};
        if (!adcode) return;
        if (event.key === "Enter") this.select(adcode);
        else if (event.key === " ") this.toggleMark(adcode);
        else if (!this.step(event.target, adcode, event.key)) return;
        event.preventDefault();
        event.stopPropagation();
      });
    }

    step(from, adcode, key) {
      const next = this.next(adcode, key);
      if (!next) return false;
      const layer = this.layers.get(next);
      from.setAttribute("tabindex", "-1");
      layer.getElement().setAttribute("tabindex", "0");
      layer.getElement().focus({ preventScroll: true });
      this.map.panInside(layer.getBounds().getCenter(), { padding: [40, 40] });
      layer.openTooltip(layer.getBounds().getCenter());
      return true;
    }

    next(adcode, key) {
      const way = {
        ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1],
      }[key];
      if (!way) return null;
      const here = this.records[adcode].point;
      let best = null;
      let least = Infinity;
      for (const [other, { point }] of Object.entries(this.records)) {
        const dx = point[0] - here[0];
        const dy = point[1] - here[1];
        const ahead = dx * way[0] + dy * way[1];
        const aside = Math.abs(dx * way[1] + dy * way[0]);
        if (other === adcode || ahead <= 0 || aside > 2 * ahead) continue;
        const cost = ahead + 2 * aside;
        if (cost < least) { least = cost; best = other; }
      }
      return best;
    }
  }

  const fetched = new Map();

  function fetchOnce(url) {
    if (!fetched.has(url)) {
      fetched.set(url, fetch(new URL(url, global.location.href)).then((answer) => {
        if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
        return answer.json();
      }));
    }
    return fetched.get(url);
  }

  const PANES = [
    ["atlas-painting", 395], ["atlas-counties", 400], ["atlas-lines", 450],
    ["atlas-focus", 460], ["atlas-relations", 465], ["atlas-labels", 470],
    ["atlas-places", 480],
  ];
  const SILENT = new Set(["atlas-painting", "atlas-lines", "atlas-focus", "atlas-labels",
    "atlas-relations"]);

  /* options.url: where to fetch the geometry, options.full: the same close up; without
   * them the page carries it in <script type="application/json" id="atlas-data">. */
  function attach(map, options) {
    // Leaflet focuses the map at every press. Where the page scrolls in an element of its
    // own, as Streamlit's does, that would move a half hidden map away under the finger.
    const container = map.getContainer();
    container.focus = () => HTMLElement.prototype.focus.call(container, { preventScroll: true });
    for (const [name, zIndex] of PANES) {
      const pane = map.createPane(name);
      pane.style.zIndex = zIndex;
      if (SILENT.has(name)) pane.style.pointerEvents = "none";
    }
    const carried = options.url ? null
      : JSON.parse(document.getElementById("atlas-data").textContent);
    const bundle = carried ? Promise.resolve(carried.bundle) : fetchOnce(options.url);
    map.atlas = bundle.then((geometry) => {
      const counties = new Counties(map, geometry, options);
      if (carried) counties.update(carried.state);
      return counties;
    });
    return map.atlas;
  }

  Object.assign(global.AtlasMap, { attach, fetchOnce });
})(globalThis);
