/* Over the map: the selection in words, its parts to remove, ways out, themes. */
import { element, pushButton } from "../map/atlas.js";
import { styleSheets } from "./appearance.js";
import { beginRun } from "./component-run.js";
import { filled } from "./filled.js";
import { press, subscribe } from "./page-state.js";
import { afterPaint, catalogue } from "./shared-data.js";

/** @typedef {import("../messages.js").Catalogue} Catalogue */
/** @typedef {import("../messages.js").PageState} PageState */
/** @typedef {import("../messages.js").Texts} Texts */

/**
 * @param {string} className
 * @param {string} text
 * @param {() => void} act
 * @param {Record<string, string>} attributes
 */
function button(className, text, act, attributes = {}) {
  const node = pushButton(text, act, className);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

/** @type {(field: string, value: string) => () => void} */
const drop = (field, value) => () => press({ press: `${field}:${value}` });

/** @param {PageState["head"]} head @param {Texts} texts */
function sentence(head, texts) {
  const box = element("div", "atlas-sentence");
  box.setAttribute("aria-live", "polite");
  const count = element("p");
  count.append(element("strong", "atlas-selected-count",
    filled(texts.selected_of, { n: head.selected, total: head.total })), " ");
  for (const [field, value, name] of head.parts) {
    const label = filled(texts.remove, { name });
    count.append(button("atlas-chip", `${name} ✕`, drop(field, value),
      { title: label, "aria-label": label }));
  }
  box.append(element("h2", "", head.sentence), count);
  if (!head.selected) box.append(waysOut(head.wider, texts));
  return box;
}

/* For a selection that no county meets: how many would be left without each part. */
/** @param {PageState["head"]["wider"]} wider @param {Texts} texts */
function waysOut(wider, texts) {
  const notice = element("section", "atlas-notice", texts.no_match);
  notice.setAttribute("role", "status");
  const list = element("ul");
  for (const [field, value, name, left] of wider) {
    const item = element("li");
    item.append(button("atlas-link", filled(texts.without, { name, n: left }), drop(field, value)));
    list.append(item);
  }
  notice.append(list);
  return notice;
}

/* Numbers are too many for buttons: one list, under the headings of their groups. */
/**
 * @param {Catalogue["themes"]} themes Of numbers.
 * @param {string} shown
 * @param {import("../messages.js").LanguageCode} language
 * @param {Texts} texts
 */
function figureList(themes, shown, language, texts) {
  const label = element("label", "atlas-figures", texts.figures);
  const list = element("select");
  const none = element("option", "", texts.figures_choose);
  none.value = "";
  none.disabled = true;
  list.append(none);
  /** @type {Map<string, HTMLElement>} */
  const headings = new Map();
  for (const theme of themes) {
    const heading = theme[`heading_${language}`] ?? "";
    let group = headings.get(heading);
    if (!group) {
      group = element("optgroup");
      group.setAttribute("label", heading);
      headings.set(heading, group);
      list.append(group);
    }
    const option = element("option", "", theme[`name_${language}`]);
    option.value = theme.id;
    group.append(option);
  }
  list.value = themes.some(({ id }) => id === shown) ? shown : "";
  label.classList.toggle("atlas-figures-on", list.value !== "");
  list.addEventListener("change", () => press({ see: list.value }));
  label.append(list);
  return label;
}

/**
 * @param {Catalogue["themes"]} themes
 * @param {string} shown
 * @param {import("../messages.js").LanguageCode} language
 * @param {Texts} texts
 */
function bar(themes, shown, language, texts) {
  const group = element("div", "atlas-themes");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", texts.themes);
  const figures = themes.filter(({ kind }) => kind === "number");
  for (const theme of themes.filter(({ kind }) => kind !== "number")) {
    group.append(button("atlas-theme", theme[`name_${language}`],
      () => press({ see: theme.id }), { "aria-pressed": String(theme.id === shown) }));
  }
  const copy = button("atlas-link atlas-copy", texts.copy_link, async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      copy.textContent = texts.export_copied;
    } catch {
      window.prompt(texts.copy_link, location.href);
    }
  });
  const row = element("div", "atlas-bar-row");
  row.append(group);
  if (figures.length) row.append(figureList(figures, shown, language, texts));
  row.append(copy);
  return row;
}

/** @param {Element} box @returns {NodeListOf<HTMLElement>} */
const controls = (box) => box.querySelectorAll("button, select");

/** @param {HTMLElement} parentElement @param {Catalogue} all @param {PageState} state */
function draw(parentElement, all, { head, theme, language }) {
  const texts = all.texts[language];
  const box = element("div", "atlas-panel atlas-head");
  box.lang = language;
  box.append(sentence(head, texts), bar(all.themes, theme, language, texts));

  // The map's text alternative; the map is there, for it is painted before the head.
  const { sentence: said, selected, total } = head;
  document.querySelector(".folium-map")?.setAttribute("aria-label",
    filled(texts.map_of, { sentence: said, selected, total }));

  const before = parentElement.querySelector(".atlas-head");
  const focused = before ? [...controls(before)]
    .findIndex((node) => node === document.activeElement) : -1;
  if (before) before.replaceWith(box);
  else parentElement.append(box);
  if (focused >= 0) controls(box)[focused]?.focus({ preventScroll: true });
}

/**
 * What was asked for is late, or did not come: the page shows what it showed before.
 *
 * @param {HTMLElement} parentElement
 * @param {"late" | "here" | "failed"} answer
 * @param {Texts} texts
 */
function showAnswer(parentElement, answer, texts) {
  parentElement.querySelector(".atlas-answer")?.remove();
  if (answer === "here") return;
  const notice = element("section", "atlas-answer",
    answer === "late" ? texts.state_late : texts.state_failed);
  notice.classList.toggle("atlas-notice", answer === "failed");
  notice.setAttribute("role", answer === "late" ? "status" : "alert");
  (parentElement.querySelector(".atlas-head") || parentElement).append(notice);
}

/** @param {import("../messages.js").Component} component */
export default async function showHead({ parentElement }) {
  const ending = beginRun(parentElement);
  await styleSheets("page.css");
  const all = await catalogue();
  parentElement.atlasStop?.();
  const stop = subscribe((state) => afterPaint(() => draw(parentElement, all, state)));
  const listening = new AbortController();
  window.addEventListener("atlas:answer", ({ detail: { answer, language } }) => (
    showAnswer(parentElement, answer, all.texts[language])), listening);
  parentElement.atlasStop = () => {
    stop();
    listening.abort();
  };
  return ending(() => {
    parentElement.atlasStop?.();
    parentElement.querySelector(".atlas-head")?.remove();
  });
}
