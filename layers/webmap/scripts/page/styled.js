/* What the page around the components looks like and says: style sheets of the bundle,
 * each loaded once, and the language of the document. */
const loaded = new Map();

/* Streamlit's own document is English, and so is the little that its widgets say by
 * themselves: `texts` take its place, as content of the style sheet. */
export function speak(language, texts = {}) {
  const root = document.documentElement;
  root.lang = language === "zh" ? "zh-Hans" : language;
  for (const [name, text] of Object.entries(texts)) {
    root.style.setProperty(`--atlas-say-${name}`, JSON.stringify(text));
    root.classList.add(`atlas-says-${name}`);
  }
}

export function styled(...names) {
  return Promise.all(names.map((name) => {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise((resolve, reject) => {
        const link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = new URL(name, import.meta.url).href;
        link.onload = resolve;
        link.onerror = () => reject(new Error(`style sheet ${name} did not load`));
        document.head.append(link);
      }));
    }
    return loaded.get(name);
  }));
}
