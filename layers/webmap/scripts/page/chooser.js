/* What a word of the sentence opens: how programmes are combined, one list of them with
 * counts, and behind it the other conditions. Arrows move, Enter takes, Esc closes.
 *
 * Names and colours come once with the catalogue; the state of the page says which values
 * are on and, in the catalogue's order, how many counties there would be.
 */
import { element, pushButton, swatch } from "../map/atlas.js";
import { filled } from "./filled.js";
import { asking, press } from "./page-state.js";

/** @typedef {import("../messages.js").Catalogue} Catalogue */
/** @typedef {import("../messages.js").LanguageCode} LanguageCode */
/** @typedef {import("../messages.js").Named} Named */
/** @typedef {import("../messages.js").PageState} PageState */
/** @typedef {import("../messages.js").ProgrammeEntry} ProgrammeEntry */

/** A value that can be chosen, with what its row shows.
 * @typedef {object} Option
 * @property {string} id
 * @property {string} name
 * @property {string} [other] What else it is found by.
 * @property {string} [field] Of which condition, if it is not the one that is open.
 * @property {() => void} [turn] Where a press leads that takes no value.
 * @property {ProgrammeEntry} [programme]
 * @property {boolean} on
 * @property {string} [elsewhere] The other list that it is in.
 * @property {number | undefined} left Counties there would be.
 * @property {boolean} [parted] Whether another group begins.
 */

const MODES = /** @type {const} */ (["all_of", "any_of", "none_of"]);

const USUAL_MODE = "all_of"; // a condition more is one that holds as well

/** @param {string} field */
const isMode = (field) => MODES.some((mode) => mode === field);

export class Chooser {
  /** @param {Catalogue} all @param {() => void} closed Takes the focus back. */
  constructor(all, closed) {
    this.all = all;
    this.closed = closed;
    this.isOpen = false;
    /** Whose values are offered: a list of programmes, or another field. */
    this.field = "all_of";
    /** Whether a condition more is asked for; else those that are there are changed. */
    this.adding = false;
    this.text = "";
    /** @type {PageState | null} */
    this.state = null;
    this.box = element("div", "atlas-chooser");
    this.box.hidden = true;
    this.box.setAttribute("role", "dialog");
    this.shown = "";
    this.rows = element("div", "atlas-options");
    this.input = element("input");
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.outside = (/** @type {PointerEvent} */ event) => {
      const at = /** @type {Element} */ (event.target);
      if (this.isOpen && !this.box.contains(at) && !at.closest?.(".atlas-sentence")) {
        this.close(false);
      }
    };
    document.addEventListener("pointerdown", this.outside);
  }

  stop() { document.removeEventListener("pointerdown", this.outside); }

  get language() { return this.state?.language ?? "zh"; }

  get texts() { return this.all.texts[this.language]; }

  /** @param {string} field @param {string} value @param {HTMLElement} word */
  open(field, value, word) {
    this.isOpen = true;
    this.text = "";
    this.adding = !field;
    this.field = field || USUAL_MODE;
    if (this.field === "counties") this.field = "prefectures";
    this.box.hidden = false;
    this.draw();
    this.place(word);
    const rows = this.buttons();
    const at = rows.find((row) => row.dataset.value === value) ?? rows[0];
    (matchMedia("(hover: none)").matches || value ? at : this.input)?.focus();
  }

  /** @param {boolean} [giveBack] Whether the word gets the focus again. */
  close(giveBack = true) {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.box.hidden = true;
    if (giveBack) this.closed();
  }

  /** Under its word, within the window. @param {HTMLElement} word */
  place(word) {
    const head = /** @type {HTMLElement} */ (this.box.parentElement);
    const { left, bottom } = word.getBoundingClientRect();
    const frame = head.getBoundingClientRect();
    const most = Math.max(0, frame.width - this.box.offsetWidth - 16);
    this.box.style.left = `${Math.min(Math.max(left - frame.left, 16), most)}px`;
    this.box.style.top = `${bottom - frame.top + 8}px`;
    this.box.style.setProperty("--from-top", `${bottom + 8}px`);
  }

  /** @param {PageState} state */
  update(state) {
    this.state = state;
    if (!this.isOpen) return;
    const focused = this.keyOf(document.activeElement);
    this.draw();
    if (focused) this.byKey(focused)?.focus({ preventScroll: true });
  }

  /** @param {Element | null} node */
  keyOf(node) {
    return node instanceof HTMLElement && this.box.contains(node)
      ? node.dataset.key ?? "" : "";
  }

  /** @param {string} key @returns {HTMLElement | undefined} */
  byKey(key) {
    return /** @type {HTMLElement[]} */ ([...this.box.querySelectorAll("[data-key]")])
      .find((node) => node.dataset.key === key);
  }

  draw() {
    const { texts } = this;
    const programmes = isMode(this.field);
    const entry = this.all.choices.find(({ id }) => id === this.field);
    const theme = this.all.themes.find(({ id }) => id === this.field);
    const named = entry ?? theme;
    this.box.setAttribute("aria-label", named ? named[`name_${this.language}`] : texts.programmes);
    const top = element("div", "atlas-chooser-top");
    top.append(programmes ? this.modes() : element("h2", "", named?.[`name_${this.language}`]));
    const close = pushButton("×", () => this.close(), "atlas-chooser-close");
    close.setAttribute("aria-label", texts.close);
    close.title = texts.close;
    close.dataset.key = "close";
    top.append(close);
    const input = this.finder();
    this.rows = element("div", "atlas-options");
    this.rows.setAttribute("role", "group");
    /** @type {HTMLElement[]} */
    const parts = [top, input, this.rows, this.others()];
    if (theme?.kind === "number") parts.splice(1, 1, this.range());
    const { scrollTop } = this.box.querySelector(".atlas-options") ?? { scrollTop: 0 };
    this.box.replaceChildren(...parts);
    this.list();
    this.rows.scrollTop = scrollTop;
  }

  /* All of, any of, none of: with the counties that there would be if the programmes that
   * are there were combined so. */
  modes() {
    const { texts, state } = this;
    const group = element("div", "atlas-modes");
    group.setAttribute("role", "group");
    const counts = this.adding ? undefined : state?.modes[this.field];
    MODES.forEach((mode, at) => {
      const button = pushButton(texts[mode], () => {
        const from = this.field;
        this.field = mode;
        if (counts && mode !== from) press({ press: `move:${from}:${mode}` });
        else this.draw();
        this.byKey(`mode:${mode}`)?.focus();
      }, `atlas-mode atlas-${mode}`);
      button.dataset.key = `mode:${mode}`;
      button.setAttribute("aria-pressed", String(mode === this.field));
      if (counts) button.append(element("small", "", filled(texts.n_counties, { n: counts[at] })));
      group.append(button);
    });
    return group;
  }

  finder() {
    const label = element("label", "atlas-finder", this.texts.find);
    this.input = element("input");
    this.input.type = "search";
    this.input.maxLength = 60;
    this.input.value = this.text;
    this.input.dataset.key = "find";
    this.input.addEventListener("input", () => {
      this.text = this.input.value;
      this.list();
    });
    label.append(this.input);
    return label;
  }

  /** @returns {Option[]} */
  options() {
    const { state } = this;
    if (!state) return [];
    const name = /** @type {const} */ (`name_${this.language}`);
    const other = this.language === "zh" ? "name_en" : "name_zh";
    const own = state.selection[this.field] ?? [];
    const left = state.facets[this.field] ?? [];
    if (isMode(this.field)) {
      let at = -1;
      return this.all.groups.flatMap(({ programmes }) => programmes.map((programme, i) => {
        at += 1;
        return {
          id: programme.id,
          name: programme[name],
          other: `${programme[other]} ${programme.short_zh} ${programme.short_en} ${programme.spoken}`,
          programme,
          on: own.includes(programme.id),
          elsewhere: MODES.find((mode) => mode !== this.field
            && state.selection[mode]?.includes(programme.id)),
          left: left[at],
          parted: !i,
        };
      }));
    }
    const range = state.ranges.find(({ id }) => id === this.field);
    if (range) {
      return range.values.map(([id, text], at) => (
        { id, name: text, on: own.includes(id), left: left[at] }));
    }
    const entry = this.all.choices.find(({ id }) => id === this.field);
    return (entry?.values ?? []).map((value, at) => ({
      id: value.id, name: value[name], other: `${value[other]} ${value.spoken ?? ""}`,
      on: own.includes(value.id), left: left[at],
    }));
  }

  /** What else the words that are typed mean, beside the programmes. @returns {Option[]} */
  beyond() {
    const { state, language, texts } = this;
    if (!state || !isMode(this.field)) return [];
    const name = /** @type {const} */ (`name_${language}`);
    const other = language === "zh" ? "name_en" : "name_zh";
    const values = this.all.choices.filter(({ offered }) => offered).flatMap((choice) => (
      choice.values.map((value, at) => ({
        id: value.id, name: value[name], other: `${value[other]} ${value.spoken ?? ""}`,
        field: choice.id, elsewhere: choice[name],
        on: Boolean(state.selection[choice.id]?.includes(value.id)),
        left: state.facets[choice.id]?.[at],
      }))));
    const numbers = this.all.themes.filter(({ kind }) => kind === "number").map((theme) => ({
      id: theme.id, name: theme[name], other: `${theme[other]} ${theme.spoken ?? ""}`,
      elsewhere: texts.figures, on: false, left: undefined, turn: () => this.rangeOf(theme.id),
    }));
    return [...values, ...numbers];
  }

  list() {
    const sought = plainOf(this.text);
    const found = (/** @type {Option} */ { name, other }) => (
      [name, ...(other ?? "").split(" "), other ?? ""].some((text) => plainOf(text).includes(sought)));
    const options = [...this.options(), ...(sought ? this.beyond() : [])].filter(found);
    const head = element("div", "atlas-options-head");
    head.append(...(isMode(this.field) ? [element("span", "", this.texts.column_named)] : []),
      element("span", "", this.texts.column_left));
    this.rows.replaceChildren(head, ...options.map((option) => this.row(option)));
    if (!options.length && sought) {
      this.rows.append(element("p", "atlas-empty", this.texts.found_none));
    }
    this.buttons().forEach((row, i) => { row.tabIndex = i ? -1 : 0; });
  }

  /** @param {Option} option */
  row({ id, name, programme, on, elsewhere, left, parted, field = this.field, turn }) {
    const { texts } = this;
    const row = element("div", "atlas-option");
    row.classList.toggle("atlas-option-parted", Boolean(parted));
    const change = { press: `${field}:${id}` };
    const button = pushButton("", turn ?? (() => press(change)), "atlas-take");
    if (!turn) asking(button, change);
    button.dataset.value = id;
    button.dataset.key = `take:${field}:${id}`;
    if (!turn) button.setAttribute("aria-pressed", String(on));
    button.append(turn ? element("span", "atlas-turn", "›")
      : element("span", "atlas-tick", on ? "✓" : ""));
    if (programme) button.append(swatch([[programme.colour, programme.texture]]));
    const words = element("span", "atlas-option-name", name);
    if (elsewhere) words.append(element("small", "", texts[elsewhere] ?? elsewhere));
    const { named = 0, stated = null } = programme ?? {};
    if (stated !== null && stated > named) {
      words.append(element("small", "atlas-part-named", filled(texts.part_named, { stated, named })));
    }
    button.append(words);
    if (programme) button.append(element("span", "atlas-named", namedCount(programme)));
    button.append(element("span", left ? "atlas-count" : "atlas-count atlas-none",
      on ? texts.chosen : left ?? ""));
    row.append(button);
    if (programme) row.append(this.about(programme, row));
    return row;
  }

  /** What a programme is, on demand. @param {ProgrammeEntry} programme @param {Element} row */
  about(programme, row) {
    const { texts, language } = this;
    const button = pushButton("?", () => {
      const shown = row.querySelector(".atlas-definition");
      button.setAttribute("aria-expanded", String(!shown));
      if (shown) shown.remove();
      else row.append(element("p", "atlas-definition", programme[`definition_${language}`]));
    }, "atlas-about");
    button.tabIndex = -1;
    button.dataset.key = `about:${programme.id}`;
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-label",
      filled(texts.definition, { name: programme[`name_${language}`] }));
    button.title = texts.definition_short;
    return button;
  }

  /** Least and most of a number, typed. */
  range() {
    const { texts } = this;
    const form = element("form", "atlas-range");
    const boxes = [texts.least, texts.most].map((text, at) => {
      const label = element("label", "", text);
      const box = element("input");
      box.type = "number";
      box.step = "any";
      box.dataset.key = `limit:${at}`;
      label.append(box);
      form.append(label);
      return box;
    });
    const go = element("button", "atlas-act", texts.apply);
    go.type = "submit";
    form.append(go);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const [low, high] = boxes.map(({ value }) => value);
      if (low || high) press({ press: `${this.field}:${low}..${high}` });
    });
    return form;
  }

  /** Conditions of other kinds; numbers are too many for buttons. */
  others() {
    const { texts, language } = this;
    const name = /** @type {const} */ (`name_${language}`);
    const box = element("div", "atlas-others");
    box.append(element("span", "atlas-others-title", texts.other_conditions));
    const turn = (/** @type {string} */ field, /** @type {string} */ title) => {
      const button = pushButton(title, () => {
        this.adding = true;
        this.field = field;
        this.text = "";
        this.draw();
        this.input.focus();
      }, "atlas-link");
      button.dataset.key = `turn:${field}`;
      button.setAttribute("aria-pressed", String(field === this.field
        || (isMode(field) && isMode(this.field))));
      return button;
    };
    box.append(turn(USUAL_MODE, texts.programmes));
    for (const choice of this.all.choices) {
      if (choice.offered) box.append(turn(choice.id, choice[name]));
    }
    const numbers = this.all.themes.filter(({ kind }) => kind === "number");
    if (numbers.length) box.append(this.numbers(numbers));
    return box;
  }

  /** @param {Catalogue["themes"]} numbers */
  numbers(numbers) {
    const { texts, language } = this;
    const list = element("select");
    list.setAttribute("aria-label", texts.figures);
    list.dataset.key = "numbers";
    const none = element("option", "", `${texts.figures} …`);
    none.value = "";
    list.append(none);
    for (const theme of numbers) {
      const option = element("option", "", theme[`name_${language}`]);
      option.value = theme.id;
      list.append(option);
    }
    list.value = numbers.some(({ id }) => id === this.field) ? this.field : "";
    list.addEventListener("change", () => {
      if (list.value) this.rangeOf(list.value);
    });
    return list;
  }

  /** Turns to least and most of a number. @param {string} id */
  rangeOf(id) {
    this.field = id;
    this.text = "";
    this.draw();
    this.byKey("limit:0")?.focus();
  }

  /** @returns {HTMLElement[]} */
  buttons() { return [...this.rows.querySelectorAll(".atlas-take")].map((it) => /** @type {HTMLElement} */ (it)); }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      return;
    }
    const rows = this.buttons();
    const at = rows.findIndex((row) => row === document.activeElement);
    const fromInput = document.activeElement === this.input;
    if (event.key === "Enter" && fromInput) {
      event.preventDefault();
      if (rows.length === 1 || this.text.trim()) rows[0]?.click();
      return;
    }
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const row = document.activeElement?.closest(".atlas-option");
      const to = row?.querySelector(event.key === "ArrowRight" ? ".atlas-about" : ".atlas-take");
      if (!to) return;
      event.preventDefault();
      /** @type {HTMLElement} */ (to).focus();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || (at < 0 && !fromInput)) return;
    event.preventDefault();
    if (at + step < 0) this.input.focus();
    else rows[Math.min(at + step, rows.length - 1)]?.focus();
  }
}

/** What is typed or sought, without case and spaces. @param {string} text */
const plainOf = (text) => text.toLocaleLowerCase().replace(/\s/g, "");

/** How many counties a source names, and of how many; an open list says that it is one.
 * @param {ProgrammeEntry} programme */
function namedCount({ named, stated, whole }) {
  if (stated !== null && stated > named) return `${named}／${stated}`;
  return whole ? String(named) : `${named}+`;
}
