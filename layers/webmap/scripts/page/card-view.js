/* The card beside the map: by what it is coloured, its legend with counts and areas, the
 * prefectures on demand. On a narrow page it is a sheet at the foot of the map. */
import { element, pushButton } from "../map/atlas.js";
import { styleSheets } from "./appearance.js";
import { ClassHistogram } from "./class-histogram.js";
import { whenGone } from "./component-run.js";
import { countByPrefecture, shareText } from "./county-rows.js";
import { filled } from "./filled.js";
import { placeLegend, showClasses } from "./map-host.js";
import { asking, presentQuery, press, subscribe } from "./page-state.js";
import { afterPaint, bundle, catalogue } from "./shared-data.js";

/** @typedef {import("../messages.js").Catalogue} Catalogue */
/** @typedef {import("../messages.js").PageState} PageState */
/** @typedef {import("../messages.js").Texts} Texts */
/** @typedef {import("./county-rows.js").Tally} Tally */

/** Where the prefectures stand there without being asked for. */
const ROOMY = "(min-width: 761px) and (min-height: 700px)";

/** How far the sheet is up. */
const HEIGHTS = /** @type {const} */ (["low", "half", "full"]);

/** Ways to part a number into classes, the usual one first; the last takes what is there. */
const METHODS = ["quantiles", "natural", "equal", "deviation", "own"];

/** What a theme shows, without the classes that stand behind a colon. @param {string} theme */
const seenAs = (theme) => theme.split(":")[0];

/** @param {number} number */
const whole = (number) => Math.round(number).toLocaleString("en-US");

/** @param {"col" | "row"} scope @param {string} text @param {string} [className] */
function heading(scope, text, className) {
  const node = element("th", className, text);
  node.scope = scope;
  return node;
}

class Card {
  /** @param {import("../messages.js").Bundle} bundled @param {Catalogue} all */
  constructor({ counties, class_looks: looks }, all) {
    this.looks = looks;
    this.counties = counties;
    this.all = all;
    this.totals = countByPrefecture(counties, Object.keys(counties));
    this.box = element("section", "atlas-panel atlas-card-part");
    this.handle = pushButton("", () => this.raise(), "atlas-handle");
    this.body = element("div", "atlas-card-body");
    this.top = element("div", "atlas-card-top");
    this.ways = element("div", "atlas-ways-box");
    this.shares = element("div", "atlas-shares");
    this.classes = element("div", "atlas-classes");
    this.histogram = new ClassHistogram(looks, showClasses, (breaks) => this.takeBreaks(breaks));
    this.legend = element("div", "atlas-card-legend");
    this.fold = element("details", "atlas-by-prefecture");
    this.fold.open = matchMedia(ROOMY).matches;
    this.hint = element("p", "atlas-card-hint");
    this.body.append(this.top, this.ways, this.shares, this.classes, this.legend, this.fold, this.hint);
    this.box.append(this.handle, this.body);
    this.fold.addEventListener("toggle", () => this.prefectures());
    this.fold.addEventListener("keydown", (event) => this.walk(event));
    /** @type {(typeof HEIGHTS)[number]} */
    this.height = "low";
    this.language = "";
    /** @type {string | null} */
    this.focus = null;
    /** @type {PageState | null} */
    this.state = null;
    placeLegend(this.legend);
  }

  /** The sheet goes up a step, and from the last one down again. */
  raise() {
    const at = HEIGHTS.indexOf(this.height);
    this.setHeight(HEIGHTS[(at + 1) % HEIGHTS.length]);
  }

  /** @param {(typeof HEIGHTS)[number]} height */
  setHeight(height) {
    this.height = height;
    document.documentElement.dataset.atlasSheet = height;
    const texts = this.state && this.all.texts[this.state.language];
    const text = texts?.[height === "full" ? "sheet_down" : "sheet_up"] ?? "";
    this.handle.setAttribute("aria-label", text);
    this.handle.title = text;
    this.handle.setAttribute("aria-expanded", String(height !== "low"));
  }

  /** @param {PageState} state */
  update(state) {
    this.state = state;
    const texts = this.all.texts[state.language];
    this.box.lang = state.language;
    this.box.setAttribute("aria-label", texts.card);
    this.body.hidden = Boolean(state.focus);
    // A county comes into sight with what is said of it; without one the map has the room.
    if (state.focus !== this.focus) this.setHeight(state.focus ? "half" : "low");
    else if (state.language !== this.language) this.setHeight(this.height);
    this.focus = state.focus;
    if (state.language !== this.language) {
      this.top.replaceChildren(this.themes(texts, state.language));
      const title = element("summary", "", texts.by_prefecture);
      this.fold.replaceChildren(title);
      this.hint.textContent = texts.click_hint;
    }
    this.language = state.language;
    const list = this.top.querySelector("select");
    if (list) list.value = state.variables?.[0] ?? state.theme;
    this.showWays(state, texts);
    this.showShares(state, texts);
    this.showClasses(state, texts);
    this.prefectures();
  }

  /**
   * By what the map is coloured: one list of all that it can be.
   *
   * @param {Texts} texts
   * @param {import("../messages.js").LanguageCode} language
   */
  themes(texts, language) {
    const label = element("label", "atlas-theme-choice", texts.themes);
    const list = element("select", "atlas-theme");
    /** @type {Map<string, HTMLElement>} */
    const groups = new Map();
    for (const theme of this.all.themes) {
      const option = element("option", "", theme[`name_${language}`]);
      option.value = theme.id;
      const title = theme[`heading_${language}`];
      if (!title) list.append(option);
      else {
        let group = groups.get(title);
        if (!group) {
          group = element("optgroup");
          group.setAttribute("label", title);
          groups.set(title, group);
        }
        group.append(option);
      }
    }
    list.append(...groups.values());
    list.addEventListener("change", () => press({ see: list.value }));
    label.append(list);
    return label;
  }

  /**
   * How a number is seen: in which way, and with which other one.
   *
   * @param {PageState} state
   * @param {Texts} texts
   */
  showWays(state, texts) {
    const at = document.activeElement;
    const held = at instanceof HTMLElement && this.ways.contains(at) ? at.dataset.way : null;
    this.ways.replaceChildren();
    const { variables, ways } = state;
    if (!variables) return;
    if (ways?.length) {
      const group = element("div", "atlas-ways");
      group.setAttribute("role", "group");
      for (const [see, name] of ways) {
        const button = element("button", "", name);
        button.type = "button";
        button.dataset.way = see;
        button.setAttribute("aria-pressed", String(see === seenAs(state.theme)));
        button.addEventListener("click", () => press({ see }));
        group.append(button);
      }
      this.ways.append(group);
    }
    const [first, second] = variables;
    const label = element("label", "atlas-theme-choice", texts.and_by);
    const list = element("select", "atlas-theme");
    list.dataset.way = "second";
    const none = element("option", "", texts.and_none);
    none.value = first;
    list.append(none);
    for (const theme of this.all.themes) {
      if (theme.kind !== "number" || theme.id === first) continue;
      const option = element("option", "", theme[`name_${state.language}`]);
      option.value = `${first}.${theme.id}`;
      list.append(option);
    }
    list.value = second ? state.theme : first;
    list.addEventListener("change", () => press({ see: list.value }));
    label.append(list);
    this.ways.append(label);
    const same = [...this.ways.querySelectorAll("[data-way]")];
    const again = same.find((it) => it instanceof HTMLElement && it.dataset.way === held);
    if (again instanceof HTMLElement) again.focus();
  }

  /**
   * Into which classes a number is parted: by which method, how many, and where.
   *
   * @param {PageState} state
   * @param {Texts} texts
   */
  showClasses({ limits }, texts) {
    this.classes.hidden = !limits;
    this.histogram.update(limits, texts);
    if (!limits) return;
    const label = element("label", "atlas-theme-choice", texts.classes_by);
    const [methods, counts] = [element("select", "atlas-theme"), element("select", "atlas-theme atlas-count-of")];
    for (const method of METHODS) {
      const option = element("option", "", texts[method]);
      option.value = method;
      methods.append(option);
    }
    for (const { length } of this.looks.slice(1)) {
      counts.append(element("option", "", length));
    }
    methods.value = limits.method;
    methods.dataset.part = "method";
    counts.value = String(limits.method === "own" ? limits.breaks.length + 1 : limits.classes);
    counts.dataset.part = "classes";
    counts.setAttribute("aria-label", texts.classes_most);
    counts.title = texts.classes_most;
    methods.addEventListener("change", () => {
      if (methods.value === "own") this.takeBreaks(limits.breaks);
      else this.takeMethod(methods.value, limits.classes);
    });
    counts.addEventListener("change", () => this.takeMethod(
      limits.method === "own" ? METHODS[0] : limits.method, Number(counts.value)));
    const at = document.activeElement;
    const held = at instanceof HTMLElement && this.classes.contains(at) ? at.dataset.part : "";
    label.append(methods);
    const choice = element("div", "atlas-classes-choice");
    choice.append(label, counts);
    if (this.histogram.box.parentElement !== this.classes) this.classes.append(this.histogram.box);
    this.classes.querySelector(".atlas-classes-choice")?.remove();
    this.classes.prepend(choice);
    if (held === "method") methods.focus();
    if (held === "classes") counts.focus();
  }

  /** @param {string} method @param {number} classes */
  takeMethod(method, classes) {
    press({ see: this.seen(), method, classes: String(classes) });
  }

  /** @param {number[]} breaks */
  async takeBreaks(breaks) {
    if (!breaks.length) return;
    const before = presentQuery();
    await press({ see: this.seen(), breaks: breaks.join(",") });
    // Without an answer what is shown is what was shown before.
    const { state } = this;
    if (!state?.limits || presentQuery() !== before) return;
    showClasses(state.limits.breaks);
    this.histogram.update(state.limits, this.all.texts[state.language]);
  }

  seen() { return seenAs(this.state?.theme ?? ""); }

  /** Counties and area of the selection, as parts of the province. */
  /** @param {PageState} state @param {Texts} texts */
  showShares({ selected }, texts) {
    const codes = Object.keys(this.counties);
    const area = (/** @type {string[]} */ of) => of.reduce(
      (sum, code) => sum + this.counties[code].area_km2, 0);
    const [own, all] = [area(selected), area(codes)];
    /** @type {[string, number, string][]} */
    const lines = [
      [texts.counties, selected.length / codes.length, `${selected.length}／${codes.length}`],
      [texts.area_share, own / all, shareText(own / all)],
    ];
    this.shares.replaceChildren(...lines.map(([name, share, text]) => {
      const line = element("div", "atlas-share");
      const bar = element("span", "atlas-share-bar");
      bar.style.setProperty("--share", String(share));
      line.append(element("span", "", name), bar, element("strong", "", text));
      return line;
    }));
  }

  /** Made when they are asked for. */
  prefectures() {
    const { state, fold } = this;
    const at = document.activeElement;
    const held = at instanceof HTMLElement && fold.contains(at) ? at.dataset.prefecture : "";
    fold.querySelector("table")?.remove();
    if (!fold.open || !state) return;
    const texts = this.all.texts[state.language];
    const chosen = countByPrefecture(this.counties, state.selected);
    const table = element("table");
    const head = element("tr");
    head.append(heading("col", texts.prefecture), heading("col", texts.share_of_counties),
      heading("col", texts.counties, "atlas-number"),
      heading("col", texts.area, "atlas-number"));
    const thead = element("thead");
    thead.append(head);
    const tbody = element("tbody");
    const [{ id: field, values }] = this.all.choices;
    for (const prefecture of values) {
      const own = chosen.get(prefecture.id) || { n: 0, area: 0 };
      const total = this.totals.get(prefecture.id)?.n ?? 0;
      const change = { press: `${field}:${prefecture.id}` };
      const button = asking(pushButton(prefecture[`short_${state.language}`] ?? prefecture.id,
        () => press(change), "atlas-take-prefecture"), change);
      button.dataset.prefecture = prefecture.id;
      button.setAttribute("aria-pressed",
        String(Boolean(state.selection[field]?.includes(prefecture.id))));
      tbody.append(row(button, own, total));
    }
    table.append(thead, tbody);
    fold.append(table);
    // One of them is in the order of the keyboard; arrows lead to the others.
    const buttons = this.buttons();
    const again = buttons.find(({ dataset }) => dataset.prefecture === held);
    buttons.forEach((button) => { button.tabIndex = button === (again ?? buttons[0]) ? 0 : -1; });
    again?.focus({ preventScroll: true });
  }

  /** @returns {HTMLElement[]} */
  buttons() {
    return [.../** @type {NodeListOf<HTMLElement>} */ (
      this.fold.querySelectorAll("[data-prefecture]"))];
  }

  /** @param {KeyboardEvent} event */
  walk(event) {
    const buttons = this.buttons();
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next = buttons[at + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? NaN)];
    if (at < 0 || !next) return;
    event.preventDefault();
    buttons[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

/** The bar is the part of the prefecture's counties that the numbers say.
 * @param {HTMLElement} name @param {Tally} own @param {number} total */
function row(name, own, total) {
  const tr = element("tr");
  const bar = element("span", "atlas-bar");
  bar.style.setProperty("--share", String(total ? own.n / total : 0));
  const td = element("td");
  td.append(bar);
  const of = heading("row", "");
  of.append(name);
  tr.append(of, td,
    element("td", "atlas-number", filled("{n}／{total}", { n: own.n, total })),
    element("td", "atlas-number", whole(own.area)));
  return tr;
}

/** @param {import("../messages.js").Component} component */
export async function showCard({ parentElement }) {
  await styleSheets("styles.css");
  const [bundled, all] = await Promise.all([bundle(), catalogue()]);
  parentElement.atlasStop?.();
  parentElement.querySelector(".atlas-card-part")?.remove();
  const card = new Card(bundled, all);
  parentElement.append(card.box);
  window.dispatchEvent(new CustomEvent("atlas:card")); // the map makes room for it
  parentElement.atlasStop = subscribe((state) => afterPaint(() => card.update(state)));
  return whenGone(parentElement, () => parentElement.atlasStop?.());
}
