/* Two maps at once: what a page shows, and what was put beside it, one over the other up
 * to a line that moves, or each in a half; each with its sentence, counts and legend. */
import { element, pushButton, svg } from "../map/atlas.js";
import { filled } from "../page/filled.js";
import { SecondMap } from "./second-map.js";
import { dividedRoom, MIDDLE, sharedBy } from "./share.js";
import { SwipeHandle } from "./swipe-handle.js";

/** @typedef {import("../map/county-map.js").CountyMap} CountyMap */
/** @typedef {import("../messages.js").MapState} MapState */
/** @typedef {import("../messages.js").Texts} Texts */
/** @typedef {import("../map/county-map.js").Insets} Insets */
/** @typedef {import("./share.js").Split} Split */

/** What a map shows, with its sentence.
 * @typedef {MapState & { head: { tokens: import("../messages.js").SentenceToken[] } }} Shown */

/** What the first map shows, and how it shares the room; null without a second.
 * @typedef {Shown & { beside: { query: string, split: Split } | null }} Both */

/** What can be done with two maps, by the name of its sign.
 * @typedef {Partial<Record<"swipe" | "side" | "swap" | "alone", () => void>>} Acts */

/** @typedef {object} Page
 * @property {() => Insets} insets What lies over the map.
 * @property {{ url: string | null, full: string | null }} addresses Of the geometry.
 * @property {(address: string) => Promise<import("../messages.js").Bundle>} load
 * @property {{ on: (map: L.Map) => void, show: () => void }} notes
 * @property {{ besideYear: number | null, line: number | null }} reader What of two maps
 *   stands in the address.
 * @property {() => void} write Writes it there.
 * @property {() => boolean} refit Shows the province, unless the reader has chosen a place;
 *   says whether.
 * @property {(state: Both) => Promise<Shown>} stateOf What the second map shows.
 * @property {() => Promise<{ id: string, name_zh: string, name_en: string, slider?: boolean }[]>} themes
 * @property {(box: HTMLElement | null, texts: Texts) => void} offerLegend Puts the second
 *   one's legend up.
 * @property {Acts} acts
 */

const NARROW_TWO = 480; // px, as of the map

/** @type {Record<string, string>} */
const TWO_SIGNS = {
  swipe: "M2 3h14v12H2z M9 1v16",
  side: "M1 3h7v12H1z M10 3h7v12h-7z",
  swap: "M2 6h13l-3-3 M16 12H3l3 3",
  alone: "M4 4l10 10 M14 4L4 14",
};

/** @param {string} text @param {string} sign @param {() => void} act */
function signButton(text, sign, act) {
  const button = pushButton("", act, "atlas-two-button");
  button.title = text;
  button.setAttribute("aria-label", text);
  button.append(svg("svg", { width: 18, height: 18, "aria-hidden": "true" }, svg("path", {
    d: TWO_SIGNS[sign], fill: "none", stroke: "currentColor", "stroke-width": 1.6,
  })));
  button.dataset.act = sign;
  return button;
}

export class TwoMaps {
  /**
   * @param {import("../map/attach.js").HostMap} map
   * @param {CountyMap} first
   * @param {() => Texts} texts
   * @param {Page} page
   */
  constructor(map, first, texts, page) {
    this.map = map;
    this.first = first;
    this.texts = texts;
    this.page = page;
    const container = map.getContainer();
    this.second = new SecondMap(map, first);
    this.opened = this.second.open(page.addresses, page.load).then((counties) => {
      page.notes.on(counties.map);
      counties.on("year", (year) => {
        page.reader.besideYear = Number(year) || null;
        page.write();
        this.label();
      });
      return counties;
    });
    this.handle = new SwipeHandle(container, () => this.free(), () => this.arrange(), (at) => {
      page.reader.line = at === MIDDLE ? null : at;
      page.write();
    });
    this.rule = element("div", "atlas-two-rule");
    this.labels = [element("section", "atlas-two-label atlas-two-first"),
      element("section", "atlas-two-label atlas-two-second")];
    container.append(this.rule, ...this.labels);
    this.labels.forEach((label) => {
      L.DomEvent.disableClickPropagation(label);
      L.DomEvent.disableScrollPropagation(label);
    });
    /** @type {Both | null} */
    this.state = null;
    /** @type {Shown | null} */
    this.other = null;
    /** @type {Split} How they are drawn on the screen, while they are on paper. */
    this.drawn = "swipe";
    /** @type {Awaited<ReturnType<Page["themes"]>>} */
    this.themes = [];
    map.on("resize", () => this.arrange());
  }

  free() { return this.map.getSize().x - this.page.insets().right; }

  /** What is free of the map for the first, side by side with the second.
   * @param {Insets} insets What lies over both. @returns {Insets} */
  leave(insets) {
    if (!this.other) return insets;
    const isSide = this.state?.beside?.split === "side";
    const { x: width } = this.map.getSize();
    const highest = Math.max(...this.labels.map(({ offsetTop, offsetHeight }) => (
      offsetTop + offsetHeight)));
    // With a line between them, they stand at the corners where there is room for that.
    const top = isSide || width < NARROW_TWO ? Math.max(insets.top, highest) : insets.top;
    return { ...insets, top, right: isSide ? width - this.second.line : insets.right };
  }

  /** @returns {L.Point | null} */
  eye() { return this.second.eye(); }

  /**
   * What is in the middle stays there when the room is divided otherwise.
   *
   * @param {L.Point} before The middle until now.
   */
  refit(before) {
    if (this.page.refit()) return;
    const now = this.eye() ?? L.point(this.free() / 2, before.y);
    this.map.panBy(before.subtract(now), { animate: false });
  }

  /** @param {Both} state */
  async show(state) {
    const before = this.state?.beside ?? null;
    this.state = state;
    if (!state.beside) {
      const eye = this.eye();
      this.hide();
      if (eye) this.refit(eye);
      else this.page.refit();
      return;
    }
    const [other, themes] = await Promise.all(
      [this.page.stateOf(state), this.page.themes(), this.opened]);
    this.themes = themes;
    if (this.state === state) this.put(state, other, before?.split); // else another was asked for
  }

  /**
   * Shows both at once; the second map has been opened.
   *
   * @param {Both} state
   * @param {Shown} other Of the second.
   * @param {Split} [before] How they shared the room, if there were two.
   */
  put(state, other, before) {
    const { second: { counties }, page: { reader } } = this;
    if (!state.beside || !counties) return;
    const { split } = state.beside;
    Object.assign(this, { state, other });
    if (!before) counties.legend.until = reader.besideYear ?? undefined;
    this.handle.put(reader.line ?? MIDDLE);
    this.map.getContainer().classList.add("atlas-two");
    this.map.getContainer().dataset.split = split;
    const { appearance, focus } = state;
    counties.update({ ...other, appearance, focus,
      version: [other.version, appearance, focus ?? ""].join(" ") });
    counties.map.getContainer().setAttribute("aria-label", sentenceOf(other));
    // A link says the middle of what it was copied from; a press leaves it where it is.
    const eye = this.eye() ?? (before ? L.point(this.free() / 2, 0) : this.map.getSize().divideBy(2));
    this.label();
    this.arrange();
    if (!before && !this.eye()) this.page.refit();
    else if (before !== split) this.refit(L.point(eye.x, this.map.getSize().y / 2));
    this.page.notes.show();
    this.page.offerLegend(counties.legend.box, this.texts());
    // Whoever looks from outside learns when both are there.
    this.map.getContainer().dataset.beside = [other.version, state.version].join(" ");
  }

  /** On paper nothing is drawn aside: each has its half. @param {boolean} paper */
  print(paper) {
    const { state, other, first, second: { counties } } = this;
    if (!state?.beside || !other || !counties) return;
    const { split } = state.beside;
    this.drawn = paper ? split : this.drawn;
    this.put({ ...state, beside: { ...state.beside, split: paper ? "side" : this.drawn } },
      other, split);
    for (const { map, state: shown } of [first, counties]) {
      map.getContainer().dataset.appearance = paper && shown?.appearance === "dark"
        ? "light" : shown?.appearance;
    }
  }

  hide() {
    this.other = null;
    this.second.hide();
    this.map.getContainer().classList.remove("atlas-two");
    delete this.map.getContainer().dataset.split;
    delete this.map.getContainer().dataset.beside;
    this.page.offerLegend(null, this.texts());
  }

  /* After the line has moved, or the window. */
  arrange() {
    const beside = this.state?.beside;
    const { x: width } = this.map.getSize();
    if (!beside || !this.other || !width) return;
    const { right } = this.page.insets();
    const room = dividedRoom(beside.split, { width, right }, this.handle.at);
    this.second.place(beside.split, room);
    const { style } = this.map.getContainer();
    style.setProperty("--atlas-line", `${room.line}px`);
    style.setProperty("--atlas-covered", `${right}px`);
  }

  /** Line and year where an address says that they are. */
  follow() {
    const { second: { counties }, page: { reader } } = this;
    if (!this.other || !counties) return;
    counties.legend.until = reader.besideYear ?? undefined;
    counties.repaint();
    this.handle.put(reader.line ?? MIDDLE);
    this.arrange();
    this.label();
  }

  label() {
    const { state, other, first, page: { acts } } = this;
    const second = this.second.counties;
    if (!state?.beside || !other || !second) return;
    const texts = this.texts();
    const shared = sharedBy(first.selected.keys(), second.selected.keys());
    const turned = state.beside.split === "side" ? "swipe" : "side";
    this.handle.name(texts.two_line, texts.two_line_at);
    const seen = state.theme !== other.theme || state.theme !== "programmes";
    this.fill(0, state, first, texts, { n: shared.first, both: shared.both }, seen);
    this.fill(1, other, second, texts, { n: shared.second, both: shared.both }, seen);
    const focused = this.labels[1].contains(document.activeElement)
      ? /** @type {HTMLElement} */ (document.activeElement).dataset.act : undefined;
    const buttons = element("div", "atlas-two-buttons");
    /** @type {[keyof Acts, string][]} */
    const offered = [[turned, texts[`two_${turned}`]], ["swap", texts.two_swap],
      ["alone", texts.two_end]];
    for (const [name, text] of offered) {
      const act = acts[name];
      if (act) buttons.append(signButton(text, name, act));
    }
    this.labels[1].append(buttons);
    if (focused) {
      const again = ["swipe", "side"].includes(focused) ? turned : focused;
      /** @type {HTMLElement | null} */ (
        buttons.querySelector(`[data-act="${again}"]`))?.focus({ preventScroll: true });
    }
  }

  /* The years of the sliders go with what they are of. */
  swapYears() {
    const { first, second: { counties } } = this;
    if (!counties) return;
    const [own, other] = [first.legend.until, counties.legend.until];
    first.legend.until = other;
    counties.legend.until = own;
    this.page.reader.besideYear = own ?? null;
  }

  /**
   * @param {0 | 1} at
   * @param {Shown} state
   * @param {CountyMap} counties
   * @param {Texts} texts
   * @param {{ n: number, both: number }} shared
   * @param {boolean} seen Whether to say by what it is coloured.
   */
  fill(at, state, counties, texts, { n, both }, seen) {
    const label = this.labels[at];
    label.lang = state.language;
    label.setAttribute("aria-label", texts[at ? "two_second" : "two_first"]);
    const sentence = element("p", "atlas-two-sentence", sentenceOf(state));
    sentence.title = sentenceOf(state);
    const theme = this.themes.find(({ id }) => id === state.theme);
    const { until } = counties.legend;
    const way = element("p", "atlas-two-way", [seen && theme ? theme[`name_${state.language}`] : "",
      until && theme?.slider ? `≤ ${until}` : ""].filter(Boolean).join(" · "));
    label.replaceChildren(sentence, way,
      element("p", "atlas-two-count", filled(texts.two_count, { only: n - both, both })));
  }
}

/** @param {Pick<Shown, "head">} state */
const sentenceOf = ({ head }) => head.tokens.map((token) => (
  Array.isArray(token) ? token[token.length - 1] : String(token))).join("");
