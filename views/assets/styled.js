/* Style sheets of the bundle, each loaded once. */
const loaded = new Map();

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
