/* The selected counties by prefecture: numbers, shares, areas. */
import "./atlas.js";
import { subscribe } from "./page-state.js";
import { afterPaint, catalogue, records } from "./shared.js";
import { styled } from "./styled.js";

const { element } = AtlasMap;

function tally(counties, codes) {
  const sums = new Map();
  for (const code of codes) {
    const { prefecture_adcode: prefecture, area_km2: area } = counties[code];
    const sum = sums.get(prefecture) || { n: 0, area: 0 };
    sums.set(prefecture, { n: sum.n + 1, area: sum.area + area });
  }
  return sums;
}

const whole = (number) => Math.round(number).toLocaleString("en-US");

function cell(tag, text, className, scope) {
  const node = element(tag, className, text);
  if (scope) node.scope = scope;
  return node;
}

function row(name, own, total, most) {
  const tr = element("tr");
  const bar = element("span", "atlas-bar");
  bar.style.setProperty("--share", String(own.n / most));
  const td = element("td");
  td.append(bar);
  tr.append(cell("th", name, "", "row"), td,
    cell("td", `${own.n}/${total}`, "atlas-number"),
    cell("td", whole(own.area), "atlas-number"));
  return tr;
}

function draw(bundle, all, state) {
  const texts = all.texts[state.language];
  const chosen = tally(bundle.counties, state.selected);
  const totals = tally(bundle.counties, Object.keys(bundle.counties));
  const most = Math.max(1, ...[...chosen.values()].map(({ n }) => n));
  const area = [...chosen.values()].reduce((sum, own) => sum + own.area, 0);
  const box = element("div", "atlas-panel atlas-counts");
  box.lang = state.language;
  const table = element("table");
  const head = element("tr");
  head.append(cell("th", texts.column_prefecture, "", "col"), element("td"),
    cell("th", texts.counties, "atlas-number", "col"),
    cell("th", texts.column_area_km2, "atlas-number", "col"));
  const thead = element("thead");
  thead.append(head);
  const tbody = element("tbody");
  for (const prefecture of all.prefectures) {
    const own = chosen.get(prefecture.id) || { n: 0, area: 0 };
    tbody.append(row(prefecture[`short_${state.language}`], own,
      totals.get(prefecture.id).n, most));
  }
  table.append(thead, tbody);
  box.append(element("h3", "", texts.by_prefecture), element("p", "",
    texts.total.replace("{n}", state.selected.length)
      .replace("{total}", Object.keys(bundle.counties).length)
      .replace("{area}", whole(area))), table);
  const hint = element("p");
  hint.append(element("small", "", texts.click_hint));
  box.append(hint);
  return box;
}

export default async function (component) {
  const { parentElement } = component;
  await styled("page.css");
  const [bundle, all] = await Promise.all([records(), catalogue()]);
  parentElement.atlasStop?.();
  parentElement.atlasStop = subscribe((state) => afterPaint(() => {
    const box = draw(bundle, all, state);
    const before = parentElement.querySelector(".atlas-counts");
    if (before) before.replaceWith(box);
    else parentElement.append(box);
  }));
  return () => {
    parentElement.atlasStop?.();
    parentElement.querySelector(".atlas-counts")?.remove();
  };
}
