/* The legend: what is shown, how many, how surely; each line can be switched off. */
(function (global) {
  "use strict";

  const { element, svg, swatch, symbol, SYMBOLS } = global.AtlasMap;
  const OPEN_FROM_WIDTH = 480;
  const STEP_MS = 1200;

  class Legend {
    constructor(map, counties) {
      this.map = map;
      this.counties = counties;
      this.hidden = new Set();
      this.open = map.getSize().x > OPEN_FROM_WIDTH;
      this.box = new (L.Control.extend({
        options: { position: "bottomright" },
        onAdd: () => element("div", "atlas-legend leaflet-bar"),
      }))().addTo(map).getContainer();
      L.DomEvent.disableClickPropagation(this.box);
      L.DomEvent.disableScrollPropagation(this.box);
    }

    key(entry) { return `${entry.colour} ${entry.texture}`; }

    /* Places of the legend that are not switched off. */
    shown(look, legend) { return look.filter((i) => !this.hidden.has(this.key(legend[i]))); }

    update(state, texts) {
      this.state = state;
      if (state.way !== "exit") this.halt();
      const details = element("details");
      details.open = this.open;
      details.addEventListener("toggle", () => { this.open = details.open; });
      details.append(element("summary", "", texts.legend));
      const list = element("ul");
      for (const entry of state.legend) list.append(this.line(entry, texts));
      for (const [fills, text] of this.keys(state, texts)) {
        const line = element("li", "atlas-legend-key");
        line.append(swatch(fills), element("span", "", text));
        list.append(line);
      }
      if (state.way === "partner") list.append(...this.lineKeys(texts));
      if (state.way === "places") list.append(...this.placeKeys(texts));
      details.append(list);
      if (state.way === "exit") details.append(this.slider(texts));
      this.box.replaceChildren(details);
    }

    line(entry, texts) {
      const line = element("li");
      const toggle = element("button", "atlas-legend-toggle");
      toggle.type = "button";
      toggle.title = texts.toggle;
      const off = this.hidden.has(this.key(entry));
      toggle.setAttribute("aria-pressed", String(!off));
      const text = element("span");
      text.append(element("span", "atlas-legend-name", entry.name),
        element("span", "atlas-legend-count", entry.count));
      if (entry.note) text.append(element("span", "atlas-legend-note", entry.note));
      toggle.append(swatch([[entry.colour, entry.texture]]), text);
      toggle.classList.toggle("atlas-legend-off", off);
      toggle.addEventListener("click", () => {
        if (off) this.hidden.delete(this.key(entry));
        else this.hidden.add(this.key(entry));
        this.counties.repaint();
        this.box.querySelectorAll(".atlas-legend-toggle")[
          this.state.legend.indexOf(entry)].focus();
      });
      line.append(toggle);
      return line;
    }

    keys(state, texts) {
      const used = state.classes.flat().map((i) => state.legend[i].texture);
      const keys = [];
      if (state.classes.some((look) => look.length > 1)) {
        keys.push([[["#777777", "solid"], ["#cccccc", "solid"]], texts.several]);
      }
      if (used.includes("hatch") && state.way !== "exit") {
        keys.push([[["#777777", "hatch"]], texts.derived]);
      }
      if (used.includes("dots")) keys.push([[["#777777", "dots"]], texts.reported]);
      return keys;
    }

    lineKeys(texts) {
      return ["district", "city"].map((level) => {
        const line = element("li", "atlas-legend-key");
        line.append(svg("svg", { width: 22, height: 14, "aria-hidden": "true" },
          svg("path", { d: "M1 11C8 3 14 3 21 6", class: `atlas-pair atlas-pair-${level}`, fill: "none" })),
        element("span", "", texts[`pair_${level}`]));
        return line;
      });
    }

    placeKeys(texts) {
      return SYMBOLS.map((name) => {
        const line = element("li", "atlas-legend-key");
        line.append(symbol(name, true), element("span", "", texts[`symbol_${name}`]));
        return line;
      });
    }

    /* Exits up to a year; the button plays the rounds one after another. The slider stays
     * while it moves: made anew it would lose the focus, and the pointer that drags it. */
    slider(texts) {
      const years = [...new Set(Object.values(this.counties.records)
        .map((record) => record.exit_year).filter(Boolean))].sort();
      const box = element("div", "atlas-years");
      const play = element("button", "atlas-play");
      play.type = "button";
      play.setAttribute("aria-label", texts.play);
      play.addEventListener("click", () => this.play(years));
      const range = element("input");
      Object.assign(range, { type: "range", min: years[0], max: years.at(-1) });
      range.setAttribute("aria-label", texts.until);
      range.addEventListener("input", () => {
        const year = Number(range.value);
        this.halt();
        this.set(year);
      });
      const output = element("output");
      box.append(play, range, output);
      this.showYear = () => {
        const until = this.until ?? years.at(-1);
        range.value = until;
        output.textContent = `≤ ${until}`;
        play.textContent = this.timer ? "❚❚" : "▶";
      };
      this.showYear();
      return box;
    }

    set(year) {
      this.until = year;
      this.counties.paint(this.state);
      this.showYear();
    }

    play(years) {
      if (this.timer) {
        this.halt();
        return;
      }
      let at = 0;
      const step = () => {
        this.set(years[at]);
        at += 1;
        if (at === years.length) this.halt();
      };
      this.timer = global.setInterval(step, STEP_MS);
      step();
    }

    halt() {
      global.clearInterval(this.timer);
      this.timer = null;
      if (this.state && this.state.way !== "exit") this.until = undefined;
      else this.showYear?.();
    }
  }

  global.AtlasMap.Legend = Legend;
})(globalThis);
