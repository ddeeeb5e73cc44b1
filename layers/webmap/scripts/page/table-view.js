/* The table of the selected counties, linked with the map.
 *
 * The records come once, with the geometry; the selection is the map's.
 */
import "./atlas.js";
import { subscribe, tell } from "./page-state.js";
import { exportBox } from "./export.js";
import { afterPaint, catalogue, records } from "./shared.js";
import { styled } from "./styled.js";

const { element } = AtlasMap;
let marked = new Set();
let redraw = () => {};
const DETAILS = ["adcode", "name", "published_name", "prefecture", "area_km2", "category",
  "partner", "exit_year"];
const FROZEN = "name"; // stays in sight when the table is scrolled sideways

let hidden = new Set();
let wanted = "";
let order = { column: "adcode", down: false };

function mark(codes) {
  marked = new Set(codes);
  window.dispatchEvent(new CustomEvent("atlas:marks",
    { detail: { from: "table", codes: [...marked] } }));
  redraw();
}

window.addEventListener("atlas:marks", ({ detail }) => {
  if (detail.from === "table") return;
  marked = new Set(detail.codes);
  redraw();
});

/* What stands over the table while rows are marked. */
function marksBar(texts) {
  const bar = element("div", "atlas-marks");
  bar.setAttribute("role", "status");
  bar.append(element("span", "", texts.marked.replace("{n}", marked.size)));
  const choose = element("button", "", texts.marked_choose);
  choose.type = "button";
  choose.addEventListener("click", () => {
    const codes = [...marked].join("");
    mark([]);
    tell("region", codes);
  });
  const clear = element("button", "", texts.marked_clear);
  clear.type = "button";
  clear.addEventListener("click", () => mark([]));
  bar.append(choose, clear);
  return bar;
}

function cell(record, adcode, column, shown, language, texts) {
  const en = language === "en";
  switch (column) {
    case "adcode": return adcode;
    case "name": return en ? `${record.name_en} ${record.name}` : record.name;
    case "published_name":
      return record.published_name === record.name ? "" : record.published_name;
    case "prefecture": return en ? record.prefecture_en : record.prefecture;
    case "area_km2": return record.area_km2;
    case "category": return record.category ? texts[`category_${record.category}`] : "";
    case "partner": return (en ? record.partner_en : record.partner) || "";
    case "exit_year": return record.exit_year ?? "";
    default: return record.programmes.includes(column) ? "●" : "";
  }
}

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "zh-Hans-CN");
}

class CountyTable {
  constructor(bundle, all) {
    this.records = bundle.counties;
    this.all = all;
    this.programmes = new Map(all.groups.flatMap((g) => g.programmes).map((p) => [p.id, p]));
    this.box = element("section", "atlas-table-part");
  }

  update(state) {
    const another = !this.state || this.state.language !== state.language;
    this.state = state;
    this.texts = this.all.texts[state.language];
    if (another) {
      this.tools = this.makeTools();
      this.scroller = element("div", "atlas-table-box");
      this.scroller.tabIndex = 0;
      this.scroller.setAttribute("role", "region");
      this.scroller.setAttribute("aria-label", this.texts.table);
      this.box.replaceChildren(exportBox(this.all, state.language), this.tools, this.scroller);
    }
    this.chooser.replaceChildren(...this.choices());
    this.draw();
  }

  columns() { return [...DETAILS, ...this.state.shown]; }

  title(column) {
    const programme = this.programmes.get(column);
    return programme ? programme[`short_${this.state.language}`] : this.texts[`column_${column}`];
  }

  /* What a column means, for who rests on its heading. */
  meaning(column) {
    const programme = this.programmes.get(column);
    return programme ? programme[`definition_${this.state.language}`]
      : this.texts[`about_${column}`];
  }

  makeTools() {
    const { texts } = this;
    const bar = element("div", "atlas-table-tools");
    const label = element("label", "atlas-choice", texts.table_filter);
    const input = element("input");
    input.type = "search";
    input.maxLength = 100;
    input.value = wanted;
    input.addEventListener("input", () => {
      wanted = input.value.trim().toLocaleLowerCase();
      this.draw();
    });
    label.append(input);
    const fold = element("details", "atlas-columns");
    this.chooser = element("div", "atlas-columns-list");
    fold.append(element("summary", "", texts.table_columns), this.chooser);
    this.count = element("output", "atlas-said");
    this.count.setAttribute("aria-live", "polite");
    bar.append(label, fold, this.count);
    return bar;
  }

  choices() {
    return this.columns().filter((column) => column !== FROZEN).map((column) => {
      const label = element("label");
      const box = element("input");
      box.type = "checkbox";
      box.checked = !hidden.has(column);
      box.addEventListener("change", () => {
        if (!hidden.delete(column)) hidden.add(column);
        this.draw();
      });
      label.append(box, ` ${this.title(column)}`);
      return label;
    });
  }

  rows(columns) {
    const { language } = this.state;
    const by = columns.includes(order.column) ? order.column : "adcode";
    const all = this.state.selected.map((adcode) => {
      const record = this.records[adcode];
      const values = Object.fromEntries([...columns, "adcode"].map(
        (c) => [c, cell(record, adcode, c, this.state.shown, language, this.texts)]));
      const text = [adcode, record.name, record.name_en, record.published_name,
        record.prefecture, record.prefecture_en].join(" ").toLocaleLowerCase();
      return { adcode, values, text };
    });
    const found = all.filter(({ text }) => text.includes(wanted));
    found.sort((a, b) => compare(a.values[by], b.values[by]) || compare(a.adcode, b.adcode));
    if (order.down) found.reverse();
    return { by, found, total: all.length };
  }

  draw() {
    const columns = this.columns().filter((column) => !hidden.has(column));
    const { by, found, total } = this.rows(columns);
    this.count.textContent = wanted
      ? this.texts.table_found.replace("{n}", found.length).replace("{total}", total) : "";
    const table = element("table", "atlas-table");
    table.lang = this.state.language;
    const tbody = element("tbody");
    tbody.append(...found.map((row) => this.row(row, columns)));
    table.append(element("caption", "", this.texts.table_caption), this.head(columns, by), tbody);
    const parts = [table];
    if (marked.size) parts.unshift(marksBar(this.texts));
    if (!found.length) parts.push(element("p", "atlas-empty", this.texts.table_empty));
    const { scrollTop, scrollLeft } = this.scroller;
    this.scroller.replaceChildren(...parts);
    Object.assign(this.scroller, { scrollTop, scrollLeft });
  }

  head(columns, by) {
    const row = element("tr");
    const corner = element("th", "atlas-check");
    corner.setAttribute("aria-label", this.texts.mark);
    row.append(corner);
    for (const column of columns) {
      const th = element("th", column === FROZEN ? "atlas-frozen" : "");
      th.scope = "col";
      th.title = this.meaning(column);
      th.setAttribute("aria-sort", column !== by ? "none"
        : order.down ? "descending" : "ascending");
      const sort = element("button", "", this.title(column));
      sort.type = "button";
      sort.addEventListener("click", () => {
        order = { column, down: order.column === column && !order.down };
        this.draw();
      });
      th.append(sort);
      row.append(th);
    }
    const thead = element("thead");
    thead.append(row);
    return thead;
  }

  row({ adcode, values }, columns) {
    const tr = element("tr", adcode === this.state.focus ? "atlas-focus-row" : "");
    tr.classList.toggle("atlas-marked-row", marked.has(adcode));
    tr.dataset.adcode = adcode;
    tr.append(this.check(adcode, values.name));
    for (const column of columns) {
      const value = values[column];
      if (column === FROZEN) {
        const th = element("th", "atlas-frozen");
        th.scope = "row";
        const open = element("button", "atlas-link", value);
        open.type = "button";
        open.addEventListener("click", () => tell("select", adcode));
        th.append(open);
        tr.append(th);
      } else {
        const td = element("td", typeof value === "number" ? "atlas-number" : "",
          column === "area_km2" ? value.toLocaleString("en-US") : value);
        if (value === "●") td.setAttribute("aria-label", this.texts.yes);
        tr.append(td);
      }
    }
    return tr;
  }

  check(adcode, name) {
    const box = element("input");
    box.type = "checkbox";
    box.checked = marked.has(adcode);
    box.setAttribute("aria-label", `${this.texts.mark}: ${name}`);
    box.addEventListener("change", () => {
      const codes = new Set(marked);
      if (!codes.delete(adcode)) codes.add(adcode);
      mark(codes);
      this.scroller.querySelector(`tr[data-adcode="${adcode}"] input`)?.focus();
    });
    const td = element("td", "atlas-check");
    td.append(box);
    return td;
  }
}

export default async function (component) {
  const { parentElement } = component;
  await styled("page.css");
  const [bundle, all] = await Promise.all([records(), catalogue()]);
  const table = new CountyTable(bundle, all);
  parentElement.atlasStop?.();
  parentElement.querySelector(".atlas-table-part")?.remove();
  parentElement.append(table.box);
  redraw = () => table.draw();
  parentElement.atlasStop = subscribe((state) => afterPaint(() => table.update(state)));
  return () => {
    parentElement.atlasStop?.();
    table.box.remove();
  };
}
