/* All counties by prefecture, filtered as one types: by name, code, pinyin, initials and
 * names of the past, as the search box finds them. */
import { element } from "../map/atlas.js";
import { styleSheets } from "./appearance.js";
import { meant } from "./county-filter.js";
import { searchIndex } from "./search-index.js";

/** @typedef {import("./county-filter.js").Prefecture} Prefecture */
/**
 * @typedef {object} ListData
 * @property {string} index Address of the search index.
 * @property {import("../messages.js").LanguageCode} language
 * @property {Prefecture[]} prefectures
 * @property {import("../messages.js").Texts} texts
 */

const ANNOUNCE_AFTER = 400; // ms; a screen reader that speaks at every key says nothing

class CountyList {
  /** @param {ListData} data @param {(county: string) => void} open */
  constructor(data, open) {
    this.data = data;
    this.open = open;
    this.box = element("div", "atlas-panel atlas-county-list");
    this.box.lang = data.language;
    const label = element("label", "atlas-county-find", data.texts.label);
    this.input = element("input");
    this.input.type = "search";
    this.input.autocomplete = "off";
    this.input.spellcheck = false;
    this.input.placeholder = data.texts.placeholder;
    label.append(this.input);
    this.count = element("p", "atlas-county-count", this.sentence(this.every()));
    this.status = element("p", "atlas-said");
    this.status.setAttribute("role", "status");
    /** @type {Map<string, HTMLElement>} */
    this.rows = new Map();
    this.sections = data.prefectures.map((prefecture) => this.section(prefecture));
    this.box.append(label, this.count, this.status, ...this.sections);
    this.input.addEventListener("focus", () => { searchIndex(data.index).catch(() => {}); });
    this.input.addEventListener("input", () => this.filter());
    this.box.addEventListener("keydown", (event) => this.key(event));
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.announcement = undefined;
  }

  every() {
    return new Set(this.data.prefectures.flatMap(({ counties }) => counties.map(({ id }) => id)));
  }

  /** @param {Prefecture} prefecture */
  section({ name, counties }) {
    const part = element("section");
    const list = element("ul", "atlas-plain");
    for (const county of counties) {
      const row = element("li");
      const link = element("a", "", county.name);
      link.href = county.href;
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
        this.open(county.id);
      });
      const other = element("span", "", county.other);
      other.lang = this.data.language === "zh" ? "en" : "zh";
      row.append(link, " ", other, " ", element("small", "", county.note));
      this.rows.set(county.id, row);
      list.append(row);
    }
    part.append(element("h2", "", name), list);
    return part;
  }

  async filter() {
    const text = this.input.value;
    let shown = this.every();
    let failed = false;
    if (text.trim()) {
      try {
        shown = meant(text, await searchIndex(this.data.index), this.data.prefectures);
      } catch {
        failed = true;
      }
      if (text !== this.input.value) return; // another key was pressed meanwhile
    }
    for (const [id, row] of this.rows) row.hidden = !shown.has(id);
    for (const part of this.sections) part.hidden = !part.querySelector("li:not([hidden])");
    const sentence = failed ? this.data.texts.failed : this.sentence(shown);
    this.count.textContent = sentence;
    clearTimeout(this.announcement);
    this.announcement = setTimeout(() => { this.status.textContent = sentence; }, ANNOUNCE_AFTER);
  }

  /** @param {Set<string>} shown */
  sentence({ size }) {
    const { texts } = this.data;
    if (!size) return texts.none;
    return size === 1 ? texts.one : texts.many.replace("{n}", String(size));
  }

  links() {
    return /** @type {HTMLAnchorElement[]} */ (
      [...this.box.querySelectorAll("section:not([hidden]) li:not([hidden]) a")]);
  }

  /** Arrows go through the list, Enter opens the only county. @param {KeyboardEvent} event */
  key(event) {
    // While characters are composed, Enter and arrows belong to the input method.
    if (event.isComposing || event.keyCode === 229) return;
    const links = this.links();
    const at = links.findIndex((link) => link === document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
      if (next < 0) this.input.focus();
      else links[Math.min(next, links.length - 1)]?.focus();
    } else if (event.key === "Escape" && this.input.value) {
      this.input.value = "";
      this.input.focus();
      this.filter();
    } else if (event.key === "Enter" && at < 0 && links.length === 1) {
      event.preventDefault();
      links[0].click();
    }
  }
}

/** @param {import("../messages.js").Component<ListData>} component */
export async function showCountyList({ data, parentElement, setTriggerValue }) {
  await styleSheets("styles.css", "county.css");
  const shown = JSON.stringify(data);
  const before = /** @type {HTMLElement | null} */ (
    parentElement.querySelector(".atlas-county-list"));
  // Another run of Streamlit must not take what has been typed.
  if (before?.dataset.shown === shown) return;
  const list = new CountyList(data, (county) => setTriggerValue("press", ["county", county]));
  list.box.dataset.shown = shown;
  before?.remove();
  parentElement.append(list.box);
}
