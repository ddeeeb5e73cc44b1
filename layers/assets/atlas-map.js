/* The county map on Leaflet: geometry once, then styles only.
 *
 * AtlasMap.attach(map, options) adds the layers to a map that Folium has built and
 * returns a controller; controller.update(state) restyles what is there. Every text
 * of the data is set by textContent: nothing of it is ever parsed as HTML.
 */
(function (global) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";
  const NOT_SELECTED = "var(--atlas-land)";
  const BAND = 7; // px of a stripe: two bands fit the smallest district at zoom 7

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined && text !== null) node.textContent = text;
    return node;
  }

  function svg(tag, attributes) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) {
      node.setAttribute(name, value);
    }
    return node;
  }

  /* One <pattern> a look: stripes where programmes meet, hatches for derived members,
   * dots for evidence only. */
  function pattern(id, fills) {
    const width = BAND * fills.length;
    const node = svg("pattern", {
      id, width, height: width, patternUnits: "userSpaceOnUse",
      patternTransform: "rotate(45)",
    });
    fills.forEach(([colour, texture], i) => {
      const x = i * BAND;
      if (texture === "solid") {
        node.append(svg("rect", { x, y: 0, width: BAND, height: width, fill: colour }));
        return;
      }
      node.append(svg("rect", { x, y: 0, width: BAND, height: width, fill: "#fff" }));
      if (texture === "hatch") {
        for (let y = 0; y < width; y += BAND) {
          node.append(svg("rect", { x, y, width: BAND, height: 3, fill: colour }));
        }
      } else {
        for (let y = 0; y < width; y += BAND) {
          node.append(svg("circle", {
            cx: x + BAND / 2, cy: y + BAND / 2, r: 2, fill: colour,
          }));
        }
      }
    });
    return node;
  }

  function swatch(fills) {
    const box = svg("svg", { width: 22, height: 14, "aria-hidden": "true" });
    const id = "swatch-" + Math.random().toString(36).slice(2);
    const defs = svg("defs", {});
    defs.append(pattern(id, fills));
    box.append(defs, svg("rect", {
      width: 22, height: 14, rx: 2, fill: `url(#${id})`, stroke: "#0006",
    }));
    return box;
  }

  class Counties {
    constructor(map, bundle, options) {
      this.map = map;
      this.options = options;
      this.records = bundle.counties;
      this.layers = new Map();
      this.listeners = { select: [] };
      this.state = null;

      const line = (features, pane, className) => L.geoJSON(features, {
        pane, interactive: false, style: { className, fill: false },
      }).addTo(map);

      L.geoJSON(bundle.municipalities, {
        pane: "atlas-neighbours", interactive: false,
        style: { className: "atlas-neighbour", fillOpacity: 1 },
      }).addTo(map);
      this.counties = L.geoJSON(bundle.county, {
        pane: "atlas-counties",
        style: { className: "atlas-county", fillOpacity: 1 },
        onEachFeature: (feature, layer) => {
          this.layers.set(feature.id, layer);
          layer.on("click", () => this.select(feature.id));
        },
      }).addTo(map);
      line(bundle.prefecture, "atlas-lines", "atlas-prefecture");
      line(bundle.province, "atlas-lines", "atlas-province");
      this.label(bundle.labels);
      this.outline = L.geoJSON(null, {
        pane: "atlas-focus", interactive: false,
        style: { className: "atlas-focus", fill: false },
      }).addTo(map);

      this.tooltip = L.tooltip({ sticky: true, className: "atlas-tooltip" });
      this.counties.bindTooltip((layer) => this.describe(layer.feature.id), {
        sticky: true, className: "atlas-tooltip",
      });
      this.legend = new (L.Control.extend({
        options: { position: "bottomright" },
        onAdd: () => element("div", "atlas-legend leaflet-bar"),
      }))();
      this.legend.addTo(map);
      L.control.scale({ imperial: false }).addTo(map);
      L.DomEvent.disableClickPropagation(this.legend.getContainer());
      L.DomEvent.disableScrollPropagation(this.legend.getContainer());
      this.keyboard();
      map.on("moveend", () => this.remember());
      this.home();
      this.remember();
    }

    /* Where the map is, for links and for whoever looks at the page from outside. */
    remember() {
      const { lat, lng } = this.map.getCenter();
      this.map.getContainer().dataset.view =
        [this.map.getZoom(), lat.toFixed(4), lng.toFixed(4)].join("/");
    }

    on(event, listener) { this.listeners[event] = [listener]; }

    select(adcode) { this.listeners.select.forEach((listener) => listener(adcode)); }

    home() {
      // The legend stands over the sea, at the lower right: leave it some room.
      const room = Math.max(8, Math.min(130, 0.5 * (this.map.getSize().x - 420)));
      this.map.fitBounds(this.counties.getBounds(), {
        paddingTopLeft: [8, 8], paddingBottomRight: [room, 24], animate: false,
      });
    }

    label(labels) {
      this.labels = labels.map((entry) => {
        const text = element("span", "atlas-label");
        const marker = L.marker([entry.lat, entry.lon], {
          pane: "atlas-labels", interactive: false, keyboard: false,
          icon: L.divIcon({ className: "atlas-label-box", html: text, iconSize: null }),
        }).addTo(this.map);
        return { entry, text, marker };
      });
    }

    describe(adcode) {
      const record = this.records[adcode];
      const box = element("div");
      box.append(element("strong", "", this.name(record)));
      box.append(element("span", "atlas-tooltip-prefecture",
        this.state && this.state.language === "en" ? record.prefecture_en : record.prefecture));
      const legend = this.state ? this.state.legend : [];
      for (const entry of legend) {
        if (!entry.programme || !record.programmes.includes(entry.programme)) continue;
        const mark = element("div", "atlas-tooltip-programme");
        mark.append(swatch([[entry.colour, entry.texture]]),
          element("span", "", entry.name));
        box.append(mark);
      }
      return box;
    }

    name(record) {
      return this.state && this.state.language === "en"
        ? `${record.name_en} ${record.name}` : record.name;
    }

    update(state) {
      const before = this.state;
      this.state = state;
      const container = this.map.getContainer();
      container.dataset.theme = state.theme;
      container.setAttribute("role", "region");
      container.setAttribute("aria-label", state.summary);
      this.paint(state);
      this.drawLegend(state);
      this.focus(state.focus);
      for (const { entry, text } of this.labels) {
        text.textContent = state.language === "en" ? entry.name_en : entry.name;
      }
      if (!before || before.credit !== state.credit) {
        this.map.attributionControl.setPrefix("");
        if (before) this.map.attributionControl.removeAttribution(this.creditHtml);
        // Leaflet's attribution takes HTML: the text goes through a text node first.
        this.creditHtml = element("span", "", state.credit).innerHTML;
        this.map.attributionControl.addAttribution(this.creditHtml);
      }
      container.dataset.painted = state.version;
    }

    paint(state) {
      const root = container_svg(this.map, "atlas-counties");
      root.querySelectorAll("defs.atlas-patterns").forEach((node) => node.remove());
      const defs = svg("defs", { class: "atlas-patterns" });
      const fills = state.classes.map((look, i) => {
        if (look.length === 1 && look[0][1] === "solid") return look[0][0];
        const id = `atlas-${L.stamp(this.map)}-${i}`;
        defs.append(pattern(id, look));
        return `url(#${id})`;
      });
      root.prepend(defs);
      const spread = (byClass) => {
        const fillOf = new Map();
        byClass.forEach((codes, i) => {
          for (let at = 0; at < codes.length; at += 6) {
            fillOf.set(codes.slice(at, at + 6), fills[i]);
          }
        });
        return fillOf;
      };
      const selected = spread(state.counties);
      const hinted = spread(state.hints);
      for (const [adcode, layer] of this.layers) {
        const path = layer.getElement();
        if (!path) continue;
        path.style.fill = selected.get(adcode) || hinted.get(adcode) || NOT_SELECTED;
        path.classList.toggle("atlas-selected", selected.has(adcode));
        path.setAttribute("aria-label", this.name(this.records[adcode]));
      }
    }

    drawLegend(state) {
      const box = this.legend.getContainer();
      box.replaceChildren();
      const details = element("details");
      details.open = this.legendOpen ?? this.map.getSize().x > 480;
      details.addEventListener("toggle", () => { this.legendOpen = details.open; });
      details.append(element("summary", "", state.texts.legend));
      const list = element("ul");
      for (const entry of state.legend) {
        const line = element("li");
        line.append(swatch([[entry.colour, entry.texture]]));
        const text = element("span");
        text.append(element("span", "atlas-legend-name", entry.name),
          element("span", "atlas-legend-count", entry.count));
        if (entry.note) text.append(element("span", "atlas-legend-note", entry.note));
        line.append(text);
        list.append(line);
      }
      for (const [fills, text] of state.key) {
        const line = element("li", "atlas-legend-key");
        line.append(swatch(fills), element("span", "", text));
        list.append(line);
      }
      details.append(list);
      box.append(details);
    }

    focus(adcode) {
      this.outline.clearLayers();
      const layer = adcode && this.layers.get(adcode);
      if (layer) this.outline.addData(layer.feature);
    }

    /* One county is in the tab order; the arrows go to the next one in that direction,
     * Enter opens it. */
    keyboard() {
      const pane = this.map.getPane("atlas-counties");
      this.layers.forEach((layer, adcode) => {
        const path = layer.getElement();
        path.setAttribute("role", "button");
        path.setAttribute("tabindex", "-1");
        path.dataset.adcode = adcode;
        path.setAttribute("aria-label", this.records[adcode].name);
      });
      const first = this.layers.values().next().value.getElement();
      first.setAttribute("tabindex", "0");
      pane.addEventListener("keydown", (event) => {
        const adcode = event.target.dataset && event.target.dataset.adcode;
        if (!adcode) return;
        if (event.key === "Enter" || event.key === " ") {
          this.select(adcode);
        } else {
          const next = this.next(adcode, event.key);
          if (!next) return;
          event.target.setAttribute("tabindex", "-1");
          const path = this.layers.get(next).getElement();
          path.setAttribute("tabindex", "0");
          path.focus({ preventScroll: true });
          this.layers.get(next).openTooltip(this.layers.get(next).getBounds().getCenter());
        }
        event.preventDefault();
        event.stopPropagation();
      });
    }

    next(adcode, key) {
      const way = {
        ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1],
      }[key];
      if (!way) return null;
      const here = this.records[adcode].point;
      let best = null;
      let least = Infinity;
      for (const [other, record] of Object.entries(this.records)) {
        const dx = record.point[0] - here[0];
        const dy = record.point[1] - here[1];
        const ahead = dx * way[0] + dy * way[1];
        const aside = Math.abs(dx * way[1] + dy * way[0]);
        if (other === adcode || ahead <= 0 || aside > 2 * ahead) continue;
        const cost = ahead + 2 * aside;
        if (cost < least) { least = cost; best = other; }
      }
      return best;
    }
  }

  function container_svg(map, pane) {
    return map.getPane(pane).querySelector("svg");
  }

  const PANES = [
    ["atlas-neighbours", 390], ["atlas-counties", 400], ["atlas-lines", 450],
    ["atlas-focus", 460], ["atlas-labels", 470],
  ];

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

  /* options.url: where to fetch the geometry; without it the page carries it in
   * <script type="application/json" id="atlas-data">. */
  function attach(map, options) {
    for (const [name, zIndex] of PANES) {
      const pane = map.createPane(name);
      pane.style.zIndex = zIndex;
      if (name !== "atlas-counties") pane.style.pointerEvents = "none";
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

  global.AtlasMap = { attach, element, fetchOnce, swatch };
})(globalThis);
