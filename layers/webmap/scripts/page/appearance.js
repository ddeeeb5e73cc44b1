/* What the page around the components looks like: style sheets of the bundle, each loaded
 * once, and the language of the document. */
import { requests } from "./page-requests.js";

/**
 * Streamlit's own document is English, and so is the little that its widgets say by
 * themselves: `texts` take its place, as content of the style sheet.
 *
 * @param {import("../messages.js").LanguageCode} language
 * @param {Record<string, string>} texts
 */
export function setPageLanguage(language, texts = {}) {
  const root = document.documentElement;
  root.lang = language === "zh" ? "zh-Hans" : language;
  for (const [name, text] of Object.entries(texts)) {
    root.style.setProperty(`--atlas-text-${name}`, JSON.stringify(text));
    root.classList.add(`atlas-has-text-${name}`);
  }
}

/** @param {...string} names Relative to this file. */
export function styleSheets(...names) {
  return Promise.all(names.map((name) => {
    const { href } = new URL(name, import.meta.url);
    return requests.share(href, () => addStyleSheet(href));
  }));
}

/** @param {string} href @returns {Promise<void>} */
function addStyleSheet(href) {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new Error(`style sheet ${href} did not load`));
    };
    document.head.append(link);
  });
}
