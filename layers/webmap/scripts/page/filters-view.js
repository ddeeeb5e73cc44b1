/* The filters: programmes as all of / any of / none of, then the choices of the catalogue.
 *
 * Names and colours come once with the catalogue; the rows are made once a language. The
 * state of the page says which values are on and, in the catalogue's order, how many
 * counties each would leave.
 */
import { element, pushButton, swatch } from "../map/atlas.js";
import { setPageLanguage, styleSheets } from "./appearance.js";
import { beginRun } from "./component-run.js";
import { press, subscribe } from "./page-state.js";
import { afterPaint, catalogue } from "./shared-data.js";

/** @typedef {import("../messages.js").Catalogue} Catalogue */
/** @typedef {import("../messages.js").LanguageCode} LanguageCode */
/** @typedef {import("../messages.js").Named} Named */
/** @typedef {import("../messages.js").ProgrammeEntry} ProgrammeEntry */

/** A row of the filters: a value, with what shows and changes it.
 * @typedef {object} Row
 * @property {string} id
 * @property {HTMLElement} count
 * @property {HTMLButtonElement[]} [buttons] One a mode.
 * @property {HTMLInputElement} [box]
 */

const MODES = ["all_of", "any_of", "none_of"];

class Filters {
  /** @param {Catalogue} all @param {LanguageCode} language */
  constructor(all, language) {
    this.language = language;
    this.texts = all.texts[language];
    /** @type {Record<string, Row[]>} Rows by field, in the catalogue's order. */
    this.rows = { programmes: [] };
    this.clear = pushButton(this.texts.clear, () => press({ press: "clear" }), "atlas-clear");
    /** @type {HTMLElement[]} The folds of the numbers that are seen or asked for. */
    this.figures = [];
    this.figuresShown = "[]";
    this.box = element("div", "atlas-filters");
    this.box.lang = language;
    this.box.append(this.head(), element("p", "atlas-hint", this.texts.modes_hint));
    for (const entry of all.groups) {
      const fold = this.fold(entry[`name_${language}`], true);
      for (const programme of entry.programmes) fold.append(this.programme(programme));
    }
    all.choices.forEach(({ id: field, values, ...names }, at) => {
      const fold = this.fold(names[`name_${language}`], at === 0);
      this.rows[field] = [];
      for (const choice of values) fold.append(this.choice(field, choice));
    });
  }

  head() {
    const head = element("div", "atlas-filter-head");
    head.append(element("h2", "", this.texts.filters), this.clear);
    return head;
  }

  /** @param {string} title @param {boolean} open */
  fold(title, open) {
    const box = element("details", "atlas-filter-group");
    box.open = open;
    box.append(element("summary", "", title));
    this.box.append(box);
    return box;
  }

  /** @param {ProgrammeEntry} programme */
  programme(programme) {
    const row = element("div", "atlas-filter-row");
    const full = programme[`name_${this.language}`];
    const name = element("span", "atlas-filter-name", programme[`short_${this.language}`]);
    name.title = full;
    const count = element("span", "atlas-count");
    const modes = element("span", "atlas-modes");
    modes.setAttribute("role", "group");
    modes.setAttribute("aria-label", full);
    const buttons = MODES.map((mode) => {
      const node = pushButton(this.texts[mode],
        () => press({ press: `${mode}:${programme.id}` }), `atlas-mode atlas-${mode}`);
      node.title = `${full}: ${this.texts[`${mode}_title`]}`;
      node.setAttribute("aria-label", node.title);
      return node;
    });
    modes.append(...buttons);
    row.append(swatch([[programme.colour, programme.texture]]), name, count, modes);
    this.rows.programmes.push({ id: programme.id, count, buttons });
    return row;
  }

  /** @param {string} field @param {Named} choice */
  choice(field, choice) {
    const label = element("label", "atlas-filter-row");
    const box = element("input");
    box.type = "checkbox";
    box.addEventListener("change", () => press({ press: `${field}:${choice.id}` }));
    const count = element("span", "atlas-count");
    label.append(box, element("span", "atlas-filter-name", choice[`name_${this.language}`]),
      count);
    this.rows[field].push({ id: choice.id, count, box });
    return label;
  }

  /* A census has dozens of numbers: their ranges come with the state that shows them. */
  /** @param {import("../messages.js").PageState["ranges"]} ranges */
  ranges(ranges) {
    const shown = JSON.stringify(ranges);
    if (shown === this.figuresShown) return;
    this.figuresShown = shown;
    for (const fold of this.figures) fold.remove();
    this.figures = ranges.map(({ id: field, name, values }) => {
      const fold = this.fold(name, true);
      this.rows[field] = [];
      for (const [id, title] of values) {
        fold.append(this.choice(field, { id, name_zh: title, name_en: title }));
      }
      return fold;
    });
  }

  /** @param {import("../messages.js").PageState} state */
  update({ selection, facets, ranges }) {
    for (const { id } of JSON.parse(this.figuresShown)) {
      if (!ranges.some((range) => range.id === id)) delete this.rows[id];
    }
    this.ranges(ranges);
    /** @type {(field: string, id: string) => boolean} */
    const on = (field, id) => (selection[field] || []).includes(id);
    this.clear.disabled = !Object.keys(selection).length;
    for (const [field, rows] of Object.entries(this.rows)) {
      rows.forEach(({ id, count, buttons, box }, i) => {
        const left = facets[field][i];
        count.textContent = String(left);
        count.classList.toggle("atlas-none", !left);
        buttons?.forEach((button, at) => button.setAttribute("aria-pressed",
          String(on(MODES[at], id))));
        if (box) box.checked = on(field, id);
      });
    }
  }
}

/** @param {import("../messages.js").Component} component */
export default async function showFilters({ parentElement }) {
  const ending = beginRun(parentElement);
  await styleSheets("page.css");
  const all = await catalogue();
  /** @type {Filters | null} */
  let filters = null;
  /** @param {import("../messages.js").PageState} state */
  const update = (state) => {
    if (!filters || filters.language !== state.language) {
      filters?.box.remove();
      filters = new Filters(all, state.language);
      const { upload, upload_limit: limit } = filters.texts;
      setPageLanguage(state.language, { upload, limit });
      parentElement.append(filters.box);
    }
    filters.update(state);
  };
  parentElement.atlasStop?.();
  parentElement.querySelector(".atlas-filters")?.remove();
  parentElement.atlasStop = subscribe((state) => afterPaint(() => update(state)));
  return ending(() => {
    parentElement.atlasStop?.();
    filters?.box.remove();
  });
}
