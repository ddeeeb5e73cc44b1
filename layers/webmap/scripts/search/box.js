/* The search box: an accessible combobox that searches in the browser as one types.
 */
import { isSure, search } from "./rank.js";

/** @typedef {import("../messages.js").SearchHit} SearchHit */
/** @typedef {import("../messages.js").SearchIndex} SearchIndex */

/** What was chosen. @typedef {{ kind: string, id: string }} Choice */

/**
 * @typedef {object} BoxData
 * @property {import("../messages.js").LanguageCode} language
 * @property {import("../messages.js").Texts} texts
 * @property {string} index Address of the index.
 */

const ANNOUNCE_AFTER = 400; // ms; a screen reader that speaks at every key says nothing

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 */
function node(tag, attributes = {}, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.textContent = text;
  return made;
}

let boxes = 0;

export class SearchBox {
  /**
   * @param {HTMLElement} parent
   * @param {BoxData} data
   * @param {(chosen: Choice) => void} send
   * @param {(address: string) => Promise<SearchIndex>} load
   */
  constructor(parent, data, send, load) {
    boxes += 1;
    const id = `atlas-search-${boxes}`;
    this.load = load;
    this.data = data;
    this.send = send;
    /** @type {SearchIndex | null} */
    this.index = null;
    /** @type {SearchHit[]} */
    this.hits = [];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.announcement = undefined;
    this.active = -1;
    this.box = node("div", { class: "atlas-search", role: "search" });
    this.label = node("label", { for: id });
    this.input = node("input", { id, type: "text", role: "combobox",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`,
      autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "search" });
    this.popup = node("div", { class: "atlas-search-popup" });
    this.hint = node("p", { class: "atlas-search-hint" });
    this.list = node("ul", { id: `${id}-list`, role: "listbox" });
    this.status = node("p", { class: "atlas-search-status", role: "status" });
    this.popup.append(this.hint, this.list);
    this.box.append(this.label, this.input, this.popup, this.status);
    this.update(data, send);
    this.close();
    this.input.addEventListener("focus", () => {
      // The first key shall not wait for the index.
      this.load(this.data.index).catch(() => {});
    });
    this.input.addEventListener("input", () => this.refresh());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    // The press must not take the focus from the input: that would close the list.
    this.popup.addEventListener("pointerdown", (event) => event.preventDefault());
    this.popup.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = /** @type {Element} */ (event.target).closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
    parent.append(this.box);
  }

  /** @param {BoxData} data @param {(chosen: Choice) => void} send */
  update(data, send) {
    this.data = data;
    this.send = send;
    this.box.lang = data.language;
    this.label.textContent = data.texts.label;
    this.input.placeholder = data.texts.placeholder;
    this.list.setAttribute("aria-label", data.texts.results);
    if (this.open) this.draw();
  }

  get open() {
    return this.input.getAttribute("aria-expanded") === "true";
  }

  /* Shows what the text means now. */
  async refresh() {
    const text = this.input.value;
    let index;
    try {
      index = await this.load(this.data.index);
    } catch {
      this.index = null;
      this.hits = [];
      this.draw();
      return;
    }
    // Meanwhile another key may have been pressed, or the box been left.
    if (text !== this.input.value || !this.input.matches(":focus")) return;
    this.index = index;
    this.hits = search(text, index);
    this.active = -1;
    if (text.trim()) this.draw();
    else this.close();
  }

  sentence() {
    const { texts } = this.data;
    if (!this.index) return texts.failed;
    if (!this.hits.length) return texts.none;
    if (this.hits[0].suggestion) return texts.suggestions;
    const { length } = this.hits;
    return length === 1 ? texts.one : texts.many.replace("{n}", String(length));
  }

  draw() {
    this.list.replaceChildren(...this.hits.map((hit, i) => this.option(hit, i)));
    this.list.hidden = !this.hits.length;
    const sentence = this.sentence();
    const plain = this.hits.length && !this.hits[0].suggestion;
    this.hint.textContent = plain ? "" : sentence;
    this.hint.hidden = Boolean(plain);
    this.popup.hidden = false;
    this.input.setAttribute("aria-expanded", String(this.hits.length > 0));
    this.activate(this.active);
    clearTimeout(this.announcement);
    this.announcement = setTimeout(() => { this.status.textContent = sentence; }, ANNOUNCE_AFTER);
  }

  /** @param {SearchHit} hit @param {number} i */
  option({ entry, past, suggestion }, i) {
    const { language, texts } = this.data;
    const other = language === "zh" ? "en" : "zh";
    const option = node("li", { role: "option", id: `${this.list.id}-${i}`,
      "aria-selected": "false", "data-kind": entry.kind, "data-id": entry.id });
    if (suggestion) option.classList.add("atlas-suggestion");
    const notes = [texts[`kind_${entry.kind}`], entry[`within_${language}`],
      entry[`run_by_${language}`] ?? "",
      past ? texts.formerly.replace("{names}",
        (entry[`former_${language}`] ?? []).join(language === "zh" ? "、" : ", ")) : ""];
    option.append(
      node("strong", {}, entry[`name_${language}`]), " ",
      node("span", { lang: other, class: "atlas-search-other" }, entry[`name_${other}`]), " ",
      node("small", {}, notes.filter(Boolean).join(" · ")),
    );
    return option;
  }

  /** @param {number} i */
  activate(i) {
    const options = [...this.list.children];
    this.active = i;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === i)));
    if (options[i]) {
      this.input.setAttribute("aria-activedescendant", options[i].id);
      options[i].scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  close() {
    this.popup.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.active = -1;
    clearTimeout(this.announcement);
    this.status.textContent = "";
  }

  /** @param {KeyboardEvent} event */
  async key(event) {
    // While characters are composed, Enter and arrows belong to the input method.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!this.open) await this.refresh();
      const count = this.hits.length;
      if (!this.open || !count) return;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.activate(this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count);
    } else if (event.key === "Enter") {
      event.preventDefault();
      // The list may be older than the text.
      if (this.active < 0) await this.refresh();
      if (!this.open) return;
      if (this.active >= 0) this.choose(this.active);
      else if (this.index && isSure(this.hits, this.index)) this.choose(0);
      else this.activate(0);
    } else if (event.key === "Escape") {
      if (!this.popup.hidden) this.close();
      else this.input.value = "";
      event.preventDefault();
    }
  }

  /** @param {number} i */
  choose(i) {
    const { entry } = this.hits[i];
    this.input.value = entry[`name_${this.data.language}`];
    this.input.select();
    this.close();
    this.send({ kind: entry.kind, id: entry.id });
  }
}
