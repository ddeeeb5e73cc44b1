/* The sentence over the map: it says the selection, and its words change it. */
import { element, pushButton, svg, swatch } from "../map/atlas.js";
import { setPageLanguage, styleSheets } from "./appearance.js";
import { Chooser } from "./chooser.js";
import { whenGone } from "./component-run.js";
import { filled } from "./filled.js";
import { asking, press, subscribe } from "./page-state.js";
import { afterPaint, catalogue } from "./shared-data.js";

/** @typedef {import("../messages.js").Catalogue} Catalogue */
/** @typedef {import("../messages.js").PageState} PageState */
/** @typedef {import("../messages.js").SentenceToken} SentenceToken */
/** @typedef {import("../messages.js").Texts} Texts */

/** @param {string} field @param {string} value */
const dropOf = (field, value) => ({ press: value ? `${field}:${value}` : `drop:${field}` });

/** @type {(field: string, value: string) => void} */
const drop = (field, value) => { press(dropOf(field, value)); };

const TOLD_MS = 4000;

class Sentence {
  /** @param {Catalogue} all */
  constructor(all) {
    this.all = all;
    this.programmes = new Map(all.groups.flatMap((g) => g.programmes).map((p) => [p.id, p]));
    this.box = element("div", "atlas-panel atlas-head");
    this.sentence = element("h1", "atlas-sentence");
    this.sentence.tabIndex = -1;
    this.actions = element("div", "atlas-head-actions");
    this.ways = element("div", "atlas-ways");
    this.status = element("p", "atlas-said");
    this.status.setAttribute("role", "status");
    this.chooser = new Chooser(all, () => this.giveFocusBack());
    const row = element("div", "atlas-head-row");
    row.append(this.sentence, this.actions);
    this.box.append(row, this.ways, this.status, this.chooser.box);
    /** What the open chooser belongs to: field and value of a word, "" the adding. */
    this.opener = "";
    this.language = "";
    /** @type {PageState | null} */
    this.state = null;
    this.sentence.addEventListener("keydown", (event) => this.walk(event));
  }

  /** @param {PageState} state */
  update(state) {
    const first = !this.state;
    this.state = state;
    const { head, language } = state;
    const texts = this.all.texts[language];
    this.box.lang = language;
    if (language !== this.language) setPageLanguage(language);
    this.language = language;
    const focused = this.keyOf(document.activeElement);
    this.sentence.replaceChildren(...head.tokens.map((token) => this.token(token, texts)));
    const add = pushButton(`＋ ${texts.add}`, () => this.open("", add), "atlas-add");
    add.dataset.word = "";
    add.setAttribute("aria-haspopup", "dialog");
    this.sentence.append(" ", add);
    this.showActions(texts);
    this.ways.replaceChildren(...(head.selected ? [] : [waysOut(head.wider, texts)]));
    const sentence = head.tokens.map((token) => (
      Array.isArray(token) ? token[token.length - 1] : String(token))).join("");
    const said = filled(texts.map_of, {
      sentence, selected: head.selected, total: head.total,
    });
    // The map's text alternative; the map is there, for it is painted before the head.
    document.querySelector(".folium-map")?.setAttribute("aria-label", said);
    document.title = `${sentence} · ${texts.product}`;
    if (!first) this.status.textContent = said;
    this.chooser.update(state);
    if (focused !== null) this.wordOf(focused)?.focus({ preventScroll: true });
    if (this.chooser.isOpen) this.chooser.place(this.wordOf(this.opener) ?? add);
  }

  /** @param {Element | null} node */
  keyOf(node) {
    return node instanceof HTMLElement && this.sentence.contains(node)
      ? node.dataset.word ?? null : null;
  }

  /** @param {string} key @returns {HTMLElement | null} */
  wordOf(key) {
    const words = /** @type {HTMLElement[]} */ ([...this.sentence.querySelectorAll("[data-word]")]);
    return words.find((word) => word.dataset.word === key) ?? words.at(-1) ?? null;
  }

  /** @param {SentenceToken} token @param {Texts} texts @returns {Node} */
  token(token, texts) {
    if (typeof token === "string") return document.createTextNode(token);
    if (typeof token === "number") {
      return element("strong", "atlas-sentence-count", token.toLocaleString("en-US"));
    }
    const [field, value, name] = token.length === 3 ? token : [token[0], "", token[1]];
    const word = element("span", "atlas-word");
    const programme = this.programmes.get(value);
    const opener = pushButton("", () => this.open(opener.dataset.word ?? "", opener),
      "atlas-word-open");
    opener.dataset.word = `${field}:${value}`;
    opener.setAttribute("aria-haspopup", "dialog");
    if (programme) opener.append(swatch([[programme.colour, programme.texture]]));
    opener.append(element("span", "", name));
    word.append(opener);
    if (token.length === 3) {
      const label = filled(texts.remove, { name });
      const remove = asking(pushButton("×", () => drop(field, value), "atlas-word-remove"),
        dropOf(field, value));
      remove.dataset.word = `${field}:${value}:remove`;
      remove.title = label;
      remove.setAttribute("aria-label", label);
      word.append(remove);
    }
    return word;
  }

  /** @param {Texts} texts */
  showActions(texts) {
    const { head, selection } = /** @type {PageState} */ (this.state);
    const { opening } = this.all;
    const isOpening = JSON.stringify(selection) === JSON.stringify(opening);
    const buttons = [];
    if (Object.keys(selection).length) {
      buttons.push(asking(pushButton(filled(texts.everything, { n: head.total }),
        () => press({ press: "clear" }), "atlas-act atlas-everything"), { press: "clear" }));
    }
    if (!isOpening && Object.keys(opening).length) {
      buttons.push(pushButton(texts.opening, () => press({ press: "opening" }),
        "atlas-act atlas-opening"));
    }
    const words = element("span", "", texts.copy_link);
    const copy = pushButton("", async () => {
      try {
        await navigator.clipboard.writeText(location.href);
        words.textContent = `✓ ${texts.export_copied}`;
        copy.dataset.told = "yes";
        this.status.textContent = texts.export_copied;
        setTimeout(() => {
          words.textContent = texts.copy_link;
          delete copy.dataset.told;
        }, TOLD_MS);
      } catch {
        window.prompt(texts.copy_link, location.href);
      }
    }, "atlas-act atlas-copy");
    copy.title = texts.copy_link;
    // Where there is no room for words the sign alone stands for them.
    copy.append(svg("svg", { width: 18, height: 18, "aria-hidden": "true" }, svg("path", {
      d: "M7 11l4-4 M8 5l2-2a3.2 3.2 0 0 1 5 5l-2 2 M10 13l-2 2a3.2 3.2 0 0 1-5-5l2-2",
      fill: "none", stroke: "currentColor", "stroke-width": 1.6 })), words);
    const focused = [...this.actions.children].findIndex((it) => it === document.activeElement);
    this.actions.replaceChildren(...buttons, copy);
    if (focused >= 0) /** @type {HTMLElement} */ (this.actions.children[focused] ?? copy).focus();
  }

  /** @param {string} key @param {HTMLElement} word */
  open(key, word) {
    if (this.chooser.isOpen && this.opener === key) {
      this.chooser.close();
      return;
    }
    this.opener = key;
    const [field, value] = key.split(":");
    this.chooser.open(field, value ?? "", word);
  }

  giveFocusBack() { this.wordOf(this.opener)?.focus(); }

  /** Arrows go from word to word. @param {KeyboardEvent} event */
  walk(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const words = /** @type {HTMLElement[]} */ ([...this.sentence.querySelectorAll("[data-word]")]);
    const at = words.findIndex((word) => word === document.activeElement);
    if (event.key === "ArrowDown" && at >= 0) words[at].click();
    else if (event.key === "Delete" && at >= 0) {
      const [field, value] = (words[at].dataset.word ?? "").split(":");
      if (field && value) drop(field, value);
    } else if (step && at >= 0) words[(at + step + words.length) % words.length].focus();
    else return;
    event.preventDefault();
  }
}

/* For a selection that no county meets: how many would be left without each part. */
/** @param {PageState["head"]["wider"]} wider @param {Texts} texts */
function waysOut(wider, texts) {
  const notice = element("section", "atlas-notice", texts.no_match);
  notice.setAttribute("role", "status");
  const list = element("ul");
  for (const [field, value, name, left] of wider) {
    const item = element("li");
    item.append(pushButton(filled(texts.without, { name, n: left }), () => drop(field, value),
      "atlas-link"));
    list.append(item);
  }
  notice.append(list);
  return notice;
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
export async function showHead({ parentElement }) {
  await styleSheets("styles.css");
  const all = await catalogue();
  parentElement.atlasStop?.();
  parentElement.querySelector(".atlas-head")?.remove();
  const sentence = new Sentence(all);
  parentElement.append(sentence.box);
  const stop = subscribe((state) => afterPaint(() => sentence.update(state)));
  const listening = new AbortController();
  window.addEventListener("atlas:answer", ({ detail: { answer, language } }) => (
    showAnswer(parentElement, answer, all.texts[language])), listening);
  parentElement.atlasStop = () => {
    stop();
    listening.abort();
    sentence.chooser.stop();
  };
  return whenGone(parentElement, () => parentElement.atlasStop?.());
}
