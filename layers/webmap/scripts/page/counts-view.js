/* The selected counties by prefecture: numbers, shares, areas. */
import { element } from "../map/atlas.js";
import { styleSheets } from "./appearance.js";
import { beginRun } from "./component-run.js";
import { countByPrefecture } from "./county-rows.js";
import { filled } from "./filled.js";
import { subscribe } from "./page-state.js";
import { afterPaint, bundle, catalogue } from "./shared-data.js";

/** @typedef {import("./county-rows.js").Tally} Tally */

/** @param {number} number */
const whole = (number) => Math.round(number).toLocaleString("en-US");

/** @param {"col" | "row"} scope @param {string} text @param {string} [className] */
function heading(scope, text, className) {
  const node = element("th", className, text);
  node.scope = scope;
  return node;
}

/** @param {string} name @param {Tally} own @param {number} total @param {number} most */
function row(name, own, total, most) {
  const tr = element("tr");
  const bar = element("span", "atlas-bar");
  bar.style.setProperty("--share", String(own.n / most));
  const td = element("td");
  td.append(bar);
  tr.append(heading("row", name), td,
    element("td", "atlas-number", `${own.n}/${total}`),
    element("td", "atlas-number", whole(own.area)));
  return tr;
}

/**
 * @param {import("../messages.js").Bundle["counties"]} counties
 * @param {import("../messages.js").Catalogue} all
 * @param {import("../messages.js").PageState} state
 */
function draw(counties, all, state) {
  const texts = all.texts[state.language];
  const chosen = countByPrefecture(counties, state.selected);
  const totals = countByPrefecture(counties, Object.keys(counties));
  const most = Math.max(1, ...[...chosen.values()].map(({ n }) => n));
  const area = [...chosen.values()].reduce((sum, own) => sum + own.area, 0);
  const box = element("div", "atlas-panel atlas-counts");
  box.lang = state.language;
  const table = element("table");
  const head = element("tr");
  head.append(heading("col", texts.prefecture), element("td"),
    heading("col", texts.counties, "atlas-number"),
    heading("col", texts.area, "atlas-number"));
  const thead = element("thead");
  thead.append(head);
  const tbody = element("tbody");
  const { values: prefectures } = all.choices[0];
  for (const prefecture of prefectures) {
    const own = chosen.get(prefecture.id) || { n: 0, area: 0 };
    tbody.append(row(prefecture[`short_${state.language}`] ?? prefecture.id, own,
      totals.get(prefecture.id)?.n ?? 0, most));
  }
  table.append(thead, tbody);
  box.append(element("h3", "", texts.by_prefecture), element("p", "",
    filled(texts.total, {
    n: state.selected.length, total: Object.keys(counties).length, area: whole(area),
  })), table);
  const hint = element("p");
  hint.append(element("small", "", texts.click_hint));
  box.append(hint);
  return box;
}

/** @param {import("../messages.js").Component} component */
export default async function showCounts({ parentElement }) {
  const ending = beginRun(parentElement);
  await styleSheets("page.css");
  const [{ counties }, all] = await Promise.all([bundle(), catalogue()]);
  parentElement.atlasStop?.();
  parentElement.atlasStop = subscribe((state) => afterPaint(() => {
    const box = draw(counties, all, state);
    const before = parentElement.querySelector(".atlas-counts");
    if (before) before.replaceWith(box);
    else parentElement.append(box);
  }));
  return ending(() => {
    parentElement.atlasStop?.();
    parentElement.querySelector(".atlas-counts")?.remove();
  });
}
