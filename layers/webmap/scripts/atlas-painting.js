/* The face of the counties: one canvas under their SVG.
 *
 * Drawing the SVG anew after a zoom takes a browser without a GPU two to five frames, the
 * canvas less than one (benchmarks/map.py). So the SVG is what one points at, tabs through,
 * has read aloud and prints; what the screen shows is painted here, from the same points
 * and the same style sheet: a probe of each kind says how the sheet would draw it.
 */
(function (global) {
  "use strict";

  const { svg, tile } = global.AtlasMap;
  const PROBES = {
    neighbour: "atlas-neighbour",
    county: "atlas-county",
    selected: "atlas-county atlas-selected",
    prefecture: "atlas-prefecture",
    province: "atlas-province",
  };

  const Painting = L.Renderer.extend({
    initialize(counties) {
      L.Renderer.prototype.initialize.call(this, { pane: "atlas-painting" });
      this.counties = counties;
      this.tiles = new Map();
    },

    onAdd(map) {
      L.Renderer.prototype.onAdd.call(this, map);
      map.getContainer().classList.add("atlas-painted");
    },

    _initContainer() {
      this._container = document.createElement("canvas");
      this.context = this._container.getContext("2d");
    },

    _destroyContainer() {
      this._map.getContainer().classList.remove("atlas-painted");
      L.DomUtil.remove(this._container);
      delete this._container;
    },

    /* Leaflet's own list of paths is empty here: the points are those of the SVG. */
    _updatePaths() {},

    /* After each move. The SVG was on the map first, so its points are new already. */
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const { _container: canvas, _bounds: bounds } = this;
      const { x, y } = bounds.getSize();
      this.density = global.devicePixelRatio > 1 ? 2 : 1;
      L.DomUtil.setPosition(canvas, bounds.min);
      canvas.width = this.density * x;
      canvas.height = this.density * y;
      Object.assign(canvas.style, { width: `${x}px`, height: `${y}px` });
      this.draw();
    },

    /* To be called when theme or base map have changed what the style sheet says. */
    restyle() {
      this.sheet = null;
      this.draw();
    },

    draw() {
      if (!this._container) return;
      const { context, counties, _bounds: { min } } = this;
      this.sheet ||= this.read();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, this._container.width, this._container.height);
      context.setTransform(this.density, 0, 0, this.density,
        -min.x * this.density, -min.y * this.density);
      context.lineJoin = "round";
      context.lineCap = "round";
      const { neighbour, county, selected, prefecture, province } = this.sheet;
      counties.municipalities.eachLayer((layer) => this.area(layer, neighbour, neighbour.fill));
      for (const [adcode, layer] of counties.layers) {
        const look = counties.selected?.has(adcode) ? selected : county;
        this.area(layer, look, this.fill(counties.fills.get(adcode)) || look.fill);
      }
      counties.prefecture.eachLayer((layer) => this.line(layer, prefecture));
      counties.province.eachLayer((layer) => this.line(layer, province));
    },

    /* How the style sheet draws each kind now. The probes are there for this only. */
    read() {
      const probes = Object.entries(PROBES).map(([kind, className]) => (
        [kind, svg("path", { class: `${className} atlas-probe` })]));
      this.counties.defs.append(...probes.map(([, probe]) => probe));
      const sheet = Object.fromEntries(probes.map(([kind, probe]) => {
        const style = getComputedStyle(probe);
        return [kind, {
          fill: style.fill,
          fillAlpha: Number(style.fillOpacity),
          stroke: style.stroke,
          width: parseFloat(style.strokeWidth),
        }];
      }));
      probes.forEach(([, probe]) => probe.remove());
      return sheet;
    },

    /* What a canvas can fill with, for a colour, a variable or a pattern of the SVG. */
    fill(said) {
      const pattern = /^url\(#(.+)\)$/.exec(said);
      if (pattern) return this.tile(pattern[1]);
      const variable = /^var\((.+)\)$/.exec(said);
      if (!variable) return said;
      this.sheet[said] ||= getComputedStyle(this._container).getPropertyValue(variable[1]);
      return this.sheet[said];
    },

    tile(id) {
      const key = `${id} ${this.density}`;
      if (!this.tiles.has(key)) {
        const made = this.context.createPattern(
          tile(this.counties.signsOf(id), this.density), "repeat");
        made.setTransform(new DOMMatrix().rotate(45).scale(1 / this.density));
        this.tiles.set(key, made);
      }
      return this.tiles.get(key);
    },

    area(layer, look, fill) {
      if (!this.trace(layer, true)) return;
      const { context } = this;
      context.globalAlpha = look.fillAlpha;
      context.fillStyle = fill;
      context.fill("evenodd");
      this.stroke(look);
    },

    line(layer, look) {
      if (this.trace(layer, false)) this.stroke(look);
    },

    stroke({ stroke, width }) {
      const { context } = this;
      context.globalAlpha = 1;
      context.strokeStyle = stroke;
      context.lineWidth = width;
      context.stroke();
    },

    /* Follows the points that Leaflet has clipped to the view; false if there are none. */
    trace({ _parts: parts }, closed) {
      const { context } = this;
      context.beginPath();
      for (const points of parts) {
        points.forEach(({ x, y }, i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
        if (closed) context.closePath();
      }
      return parts.length > 0;
    },
  });

  global.AtlasMap.Painting = Painting;
})(globalThis);
