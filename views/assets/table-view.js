/* The table of the selected counties, linked with the map.
 *
 * The records come once, with the geometry; the selection is the map's.
 */
import "./atlas.js";
import { exportBox } from "./export.js";
import { afterPaint, catalogue, records, subscribe } from "./shared.js";
import { styled } from "./styled.js";

const { element } = AtlasMap;
let marked = new Set();
let redraw = () => {};
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
function marksBar(texts, setTriggerValue) {
  const bar = element("div", "atlas-marks");
  bar.setAttribute("role", "status");
  bar.append(element("span", "", texts.marked.replace("{n}", marked.size)));
  const choose = element("button", "", texts.marked_choose);
  choose.type = "button";
  choose.addEventListener("click", () => {
    const codes = [...marked].join("");
    mark([]);
    setTriggerValue("region", codes);
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

export default async function (component) {
  const { parentElement, setTriggerValue } = component;
  await styled("page.css");
  const [bundle, all] = await Promise.all([records(), catalogue()]);
  const programmes = new Map(all.groups.flatMap((g) => g.programmes).map((p) => [p.id, p]));
  let data = null;
  let files = null;

  function draw() {
    const { language, shown } = data;
    const texts = all.texts[language];
    const columns = ["adcode", "name", "published_name", "prefecture", "area_km2",
      "category", "partner", "exit_year", ...shown];
    const title = (column) => programmes.has(column)
      ? programmes.get(column)[`short_${language}`] : texts[`column_${column}`];
    const rows = data.selected.map((adcode) => [adcode, Object.fromEntries(
      columns.map((c) => [c, cell(bundle.counties[adcode], adcode, c, shown, language, texts)]))]);
    const by = columns.includes(order.column) ? order.column : "adcode";
    rows.sort(([a, x], [b, y]) => compare(x[by], y[by]) || compare(a, b));
    if (order.down) rows.reverse();

    const box = element("div", "atlas-table-box");
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", texts.table);
    const table = element("table", "atlas-table");
    table.lang = language;
    table.append(element("caption", "", texts.table_caption));
    const head = element("tr");
    head.append(element("th", "atlas-check"));
    head.firstChild.setAttribute("aria-label", texts.mark);
    for (const column of columns) {
      const th = element("th");
      th.scope = "col";
      th.setAttribute("aria-sort", column !== by ? "none"
        : order.down ? "descending" : "ascending");
      const sort = element("button", "", title(column));
      sort.type = "button";
      sort.addEventListener("click", () => {
        order = { column, down: order.column === column && !order.down };
        draw();
      });
      th.append(sort);
      head.append(th);
    }
    const thead = element("thead");
    thead.append(head);
    const tbody = element("tbody");
    for (const [adcode, values] of rows) {
      const tr = element("tr", adcode === data.focus ? "atlas-focus-row" : "");
      tr.classList.toggle("atlas-marked-row", marked.has(adcode));
      tr.dataset.adcode = adcode;
      const check = element("input");
      check.type = "checkbox";
      check.checked = marked.has(adcode);
      check.setAttribute("aria-label", `${texts.mark}: ${values.name}`);
      check.addEventListener("change", () => {
        const codes = new Set(marked);
        if (!codes.delete(adcode)) codes.add(adcode);
        mark(codes);
        document.querySelector(`.atlas-table tr[data-adcode="${adcode}"] input`)?.focus();
      });
      const checkCell = element("td", "atlas-check");
      checkCell.append(check);
      tr.append(checkCell);
      for (const column of columns) {
        if (column === "name") {
          const th = element("th");
          th.scope = "row";
          const open = element("button", "atlas-link", values.name);
          open.type = "button";
          open.addEventListener("click", () => setTriggerValue("select", adcode));
          th.append(open);
          tr.append(th);
        } else {
          const value = values[column];
          const td = element("td", typeof value === "number" ? "atlas-number" : "",
            column === "area_km2" ? value.toLocaleString("en-US") : value);
          if (value === "●") td.setAttribute("aria-label", texts.yes);
          tr.append(td);
        }
      }
      tbody.append(tr);
    }
    table.append(thead, tbody);
    if (marked.size) box.append(marksBar(texts, setTriggerValue));
    box.append(table);
    if (!rows.length) box.append(element("p", "atlas-empty", texts.table_empty));
    const before = parentElement.querySelector(".atlas-table-box");
    if (before) {
      box.scrollTop = before.scrollTop;
      before.replaceWith(box);
    } else {
      parentElement.append(box);
    }
  }

  redraw = draw;
  parentElement.atlasStop?.();
  parentElement.atlasStop = subscribe((state) => {
    if (!files || state.language !== data.language) {
      files?.remove();
      files = exportBox(all, state.language);
      parentElement.prepend(files);
    }
    data = state;
    afterPaint(draw);
  });
  return () => {
    parentElement.atlasStop?.();
    parentElement.querySelector(".atlas-table-box")?.remove();
    files?.remove();
  };
}
