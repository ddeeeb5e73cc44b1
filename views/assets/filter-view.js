/* The filters: programmes as all of / any of / none of, prefectures, areas, partners.
 *
 * Names and colours come once with the catalogue; Python sends which values are on and
 * how many counties each would leave, and gets back what was clicked.
 */
import "./atlas.js";
import { styled } from "./styled.js";

const { element, fetchOnce, swatch } = AtlasMap;
const MODES = ["all_of", "any_of", "none_of"];

function button(text, { pressed, title, onClick, className }) {
  const node = element("button", className, text);
  node.type = "button";
  node.title = title;
  node.setAttribute("aria-label", title);
  node.setAttribute("aria-pressed", String(pressed));
  node.addEventListener("click", onClick);
  return node;
}

function count(n) {
  return element("span", n ? "atlas-count" : "atlas-count atlas-none", String(n));
}

function group(title, open, key) {
  const box = element("details", "atlas-filter-group");
  box.dataset.key = key;
  box.open = open;
  box.append(element("summary", "", title));
  return box;
}

function programmeRow(programme, context) {
  const { selection, facets, texts, language, send } = context;
  const row = element("div", "atlas-filter-row");
  const name = element("span", "atlas-filter-name", programme[`short_${language}`]);
  name.title = programme[`name_${language}`];
  row.append(swatch([[programme.colour, programme.texture]]), name,
    count(facets.programmes[programme.id]));
  const modes = element("span", "atlas-modes");
  modes.setAttribute("role", "group");
  modes.setAttribute("aria-label", programme[`name_${language}`]);
  for (const mode of MODES) {
    const pressed = selection[mode].includes(programme.id);
    modes.append(button(texts[mode], {
      pressed,
      className: `atlas-mode atlas-${mode}`,
      title: `${programme[`name_${language}`]}: ${texts[`${mode}_title`]}`,
      onClick: () => send([mode, programme.id]),
    }));
  }
  row.append(modes);
  return row;
}

function choiceRow(field, choice, context) {
  const { selection, facets, language, send } = context;
  const label = element("label", "atlas-filter-row");
  const box = element("input");
  box.type = "checkbox";
  box.checked = selection[field].includes(choice.id);
  box.addEventListener("change", () => send([field, choice.id]));
  label.append(box, element("span", "atlas-filter-name", choice[`name_${language}`]),
    count(facets[field][choice.id]));
  return label;
}

function render(catalogue, data, send, before) {
  const { language } = data;
  const texts = catalogue.texts[language];
  const context = { ...data, texts, send };
  const wasOpen = new Map([...before.querySelectorAll("details")].map(
    (node) => [node.dataset.key, node.open]));
  const box = element("div", "atlas-filters");
  box.lang = language;
  const head = element("div", "atlas-filter-head");
  const clear = element("button", "atlas-clear", texts.clear);
  clear.type = "button";
  clear.disabled = !data.active;
  clear.addEventListener("click", () => send(["clear", ""]));
  head.append(element("h2", "", texts.filters), clear);
  box.append(head, element("p", "atlas-hint", texts.modes_hint));
  for (const entry of catalogue.groups) {
    const key = `group-${entry.id}`;
    const fold = group(entry[`name_${language}`], wasOpen.get(key) ?? true, key);
    for (const programme of entry.programmes) {
      fold.append(programmeRow(programme, context));
    }
    box.append(fold);
  }
  for (const field of ["prefectures", "areas", "partners"]) {
    const fold = group(texts[field], wasOpen.get(field) ?? field === "prefectures", field);
    for (const choice of catalogue[field]) fold.append(choiceRow(field, choice, context));
    box.append(fold);
  }
  return box;
}

/* What had the focus keeps it although the rows are made anew. */
function path(box, node) {
  const all = [...box.querySelectorAll("button, input, summary")];
  return all.indexOf(node);
}

export default async function (component) {
  const { data, parentElement, setTriggerValue } = component;
  await styled("page.css");
  const catalogue = await fetchOnce(data.catalogue);
  const before = parentElement.querySelector(".atlas-filters") || document.createElement("div");
  const focused = path(before, document.activeElement);
  const box = render(catalogue, data, (value) => setTriggerValue("change", value), before);
  if (before.parentElement) before.replaceWith(box);
  else parentElement.append(box);
  if (focused >= 0) {
    box.querySelectorAll("button, input, summary")[focused]?.focus({ preventScroll: true });
  }
  return () => box.remove();
}
