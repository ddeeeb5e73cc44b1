/* The table of the selected counties, linked with the map.
 *
 * The records come once, with the geometry; the selection is the map's.
 */
import { element, pushButton } from "../map/atlas.js";
import { markedCounties, toggleMark } from "./county-marks.js";
import { columnsOf, countyRows, MEMBER } from "./county-rows.js";
import { filled } from "./filled.js";
import { sendToPython } from "./page-state.js";
import { numberColumns } from "./shared-data.js";

/** @typedef {import("../messages.js").Catalogue} Catalogue */
/** @typedef {import("../messages.js").PageState} PageState */
/** @typedef {import("../messages.js").Texts} Texts */
/** @typedef {import("./county-rows.js").Column} Column */
/** @typedef {import("./county-rows.js").Row} Row */
/** @typedef {import("./county-rows.js").Value} Value */

const FROZEN = "name"; // stays in sight when the table is scrolled sideways

/* What the reader has set, kept while the page is open. */
const settings = {
  /** @type {Set<string>} Columns that are not shown. */
  hidden: new Set(),
  /** @type {Set<string>} Numbers that are: there are too many to show them all. */
  numbers: new Set(),
  text: "",
  /** @type {import("./county-rows.js").Order} */
  order: { column: "adcode", down: false },
};

export class CountyTable {
  /**
   * @param {import("../messages.js").Bundle["counties"]} records
   * @param {Catalogue} all
   */
  constructor(records, all) {
    this.records = records;
    this.all = all;
    this.programmes = new Map(all.groups.flatMap((g) => g.programmes).map((p) => [p.id, p]));
    /** @type {PageState | null} */
    this.state = null;
    /** @type {Texts} */
    this.texts = {};
    /** @type {Column[]} */
    this.columns = [];
    /** @type {import("../messages.js").ColumnEntry[]} Numbers, once they have come. */
    this.figures = [];
    this.chooser = element("div", "atlas-columns-list");
    this.count = element("output", "atlas-result");
    this.scroller = element("div", "atlas-table-box");
    this.box = element("section", "atlas-table-part");
  }

  /** @param {PageState} state */
  update(state) {
    const another = this.state?.language !== state.language;
    this.state = state;
    this.texts = this.all.texts[state.language];
    this.arrange(state);
    if (another) {
      this.scroller = element("div", "atlas-table-box");
      this.scroller.tabIndex = 0;
      this.scroller.setAttribute("role", "region");
      this.scroller.setAttribute("aria-label", this.texts.table);
      this.box.replaceChildren(this.tools(), this.scroller);
    }
    this.chooser.replaceChildren(...this.choices());
    this.draw();
  }

  /* What the columns are: numbers only those chosen, and the one that the map shows. */
  /** @param {PageState} state */
  arrange(state) {
    const wanted = new Set(settings.numbers);
    for (const id of state.variables ?? []) wanted.add(id);
    if (wanted.size && !this.figures.length) {
      numberColumns().then((figures) => {
        this.figures = figures;
        if (!this.state) return;
        this.arrange(this.state);
        this.draw();
      }, () => {}); // that it did not come is said by the requests themselves
    }
    const programmes = state.shown.map((id) => this.programmes.get(id)).filter((it) => !!it);
    const entries = [...this.all.columns, ...this.figures.filter(({ id }) => wanted.has(id))];
    this.columns = columnsOf(state.language, entries, programmes, this.texts);
  }

  tools() {
    const { texts } = this;
    const bar = element("div", "atlas-table-tools");
    const label = element("label", "atlas-choice", texts.table_filter);
    const input = element("input");
    input.type = "search";
    input.maxLength = 100;
    input.value = settings.text;
    input.addEventListener("input", () => {
      settings.text = input.value;
      this.draw();
    });
    label.append(input);
    const fold = element("details", "atlas-columns");
    this.chooser = element("div", "atlas-columns-list");
    fold.append(element("summary", "", texts.table_columns), this.chooser);
    this.count = element("output", "atlas-result");
    this.count.setAttribute("aria-live", "polite");
    bar.append(label, fold, this.count);
    return bar;
  }

  choices() {
    const { hidden, numbers } = settings;
    const figures = this.all.themes.filter(({ kind }) => kind === "number");
    const isFigure = new Set(figures.map(({ id }) => id));
    const others = this.columns.filter(({ id }) => id !== FROZEN && !isFigure.has(id));
    const boxes = others.map(({ id, title }) => this.choice(title, !hidden.has(id), () => {
      if (!hidden.delete(id)) hidden.add(id);
      this.draw();
    }));
    if (!figures.length || !this.state) return boxes;
    const { language } = this.state;
    const fold = element("details", "atlas-columns-figures");
    fold.open = this.chooser.querySelector("details")?.open ?? false;
    fold.append(element("summary", "", this.texts.figures), ...figures.map((theme) => (
      this.choice(theme[`name_${language}`], numbers.has(theme.id), () => {
        if (!numbers.delete(theme.id)) numbers.add(theme.id);
        if (this.state) this.arrange(this.state);
        this.draw();
      }))));
    return [...boxes, fold];
  }

  /** @param {string} title @param {boolean} checked @param {() => void} change */
  choice(title, checked, change) {
    const label = element("label");
    const box = element("input");
    box.type = "checkbox";
    box.checked = checked;
    box.addEventListener("change", change);
    label.append(box, ` ${title}`);
    return label;
  }

  draw() {
    const { state, texts } = this;
    if (!state) return;
    const columns = this.columns.filter(({ id }) => !settings.hidden.has(id));
    const rows = countyRows(this.records, state.selected, columns, settings);
    this.count.textContent = settings.text.trim()
      ? filled(texts.table_found, { n: rows.length, total: state.selected.length }) : "";
    const table = element("table", "atlas-table");
    table.lang = state.language;
    const tbody = element("tbody");
    tbody.append(...rows.map((row) => this.row(row, columns, state)));
    table.append(element("caption", "", texts.table_caption), this.head(columns), tbody);
    /** @type {HTMLElement[]} */
    const parts = [table];
    if (!rows.length) parts.push(element("p", "atlas-empty", texts.table_empty));
    const { scrollTop, scrollLeft } = this.scroller;
    this.scroller.replaceChildren(...parts);
    Object.assign(this.scroller, { scrollTop, scrollLeft });
  }

  /** @param {Column[]} columns */
  head(columns) {
    const row = element("tr");
    const corner = element("th", "atlas-check");
    corner.setAttribute("aria-label", this.texts.mark);
    row.append(corner);
    // Rows of a column that is not shown stand by their codes.
    const { column: chosen, down } = settings.order;
    const by = columns.some(({ id }) => id === chosen) ? chosen : "adcode";
    for (const { id, title, meaning } of columns) {
      const th = element("th", id === FROZEN ? "atlas-frozen" : "");
      th.scope = "col";
      th.title = meaning;
      th.setAttribute("aria-sort", id !== by ? "none" : down ? "descending" : "ascending");
      th.append(pushButton(title, () => {
        settings.order = { column: id, down: chosen === id && !down };
        this.draw();
      }));
      row.append(th);
    }
    const thead = element("thead");
    thead.append(row);
    return thead;
  }

  /** @param {Row} row @param {Column[]} columns @param {PageState} state */
  row({ adcode, values }, columns, state) {
    const tr = element("tr", adcode === state.focus ? "atlas-focus-row" : "");
    tr.classList.toggle("atlas-marked-row", markedCounties().has(adcode));
    tr.dataset.adcode = adcode;
    tr.append(this.check(adcode, String(values[FROZEN])));
    for (const column of columns) {
      tr.append(column.id === FROZEN
        ? this.rowHead(adcode, values[FROZEN]) : this.cell(column, values[column.id]));
    }
    return tr;
  }

  /** @param {string} adcode @param {Value} name */
  rowHead(adcode, name) {
    const th = element("th", "atlas-frozen");
    th.scope = "row";
    th.append(pushButton(String(name), () => sendToPython("select", adcode), "atlas-link"));
    return th;
  }

  /** @param {Column} column @param {Value} value */
  cell({ kind }, value) {
    const td = element("td", typeof value === "number" ? "atlas-number" : "",
      kind === "area" || kind === "number" ? value.toLocaleString("en-US") : value);
    if (value === MEMBER) td.setAttribute("aria-label", this.texts.yes);
    return td;
  }

  /** @param {string} adcode @param {string} name */
  check(adcode, name) {
    const box = element("input");
    box.type = "checkbox";
    box.checked = markedCounties().has(adcode);
    box.setAttribute("aria-label", `${this.texts.mark}: ${name}`);
    box.addEventListener("change", () => {
      toggleMark(adcode);
      /** @type {HTMLElement | null} */ (
        this.scroller.querySelector(`tr[data-adcode="${adcode}"] input`))?.focus();
    });
    const td = element("td", "atlas-check");
    td.append(box);
    return td;
  }
}
