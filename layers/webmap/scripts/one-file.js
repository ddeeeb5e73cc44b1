/* The page round a map that stands in a file of its own: search, profile, notes, print.
 *
 * All text is set by textContent. An address becomes a link only if it is http(s).
 */
import { SearchBox } from "./search-box.js";

const { element: made, swatch } = globalThis.AtlasMap;
const CLOSE_UP = 9.5; // a zoom at which a county and its neighbours are in sight
/* A4 upright within margins of 12 mm, at 96 px an inch, with room for head and notes. */
const PRINTED = { width: "703px", height: "640px", flex: "none" };

function button(text, act, className) {
  const node = made("button", className, text);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
}

function reference([title, about, url], id) {
  const line = made("li");
  if (url && /^https?:\/\//i.test(url)) {
    const link = made("a", "", title);
    Object.assign(link, { href: url, target: "_blank", rel: "noopener noreferrer" });
    line.append(link);
  } else line.append(made("span", "", title));
  line.append(made("small", "", ` ${about} [${id}]`));
  return line;
}

function statement({ text, heading, notes = [], fill }) {
  if (heading) return made("h3", "", text);
  const box = made("div", "one-file-statement");
  const line = made("p");
  if (fill) line.append(swatch([fill]), " ");
  line.append(made("strong", "", text));
  box.append(line, ...notes.map((note) => made("p", "one-file-note", note)));
  return box;
}

function terms(pairs) {
  return pairs.flatMap(([term, text]) => [made("dt", "", term), made("dd", "", text)]);
}

class OneFile {
  constructor(map, counties, data) {
    Object.assign(this, { map, counties, data });
    this.panel = document.getElementById("one-file-panel");
    document.getElementById("one-file-notes").append(...terms(data.notes));
    const parent = document.getElementById("one-file-search");
    const texts = { ...data.search_texts };
    this.search = new SearchBox(parent, { language: data.language, texts },
      (chosen) => this.choose(chosen), () => Promise.resolve(data.search));
    parent.append(button(data.texts.print, () => globalThis.print(), "one-file-print"));
    counties.on("select", (adcode) => this.open(adcode));
    counties.on("region", (joined) => this.mark(joined));
    globalThis.addEventListener("beforeprint", () => this.toPaper());
    globalThis.addEventListener("afterprint", () => this.toScreen());
    this.close();
  }

  /* What was found: a county is opened, of all else the counties are marked. */
  choose({ kind, id }) {
    const [county, joined] = this.data.targets[`${kind} ${id}`] ?? [null, ""];
    if (joined) this.mark(joined);
    if (!county) return;
    this.open(county);
    this.map.fitBounds(this.counties.layers.get(county).getBounds(),
      { maxZoom: CLOSE_UP, animate: false });
  }

  mark(joined) {
    const codes = joined.match(/\d{6}/g) ?? [];
    this.counties.mark(new Set(codes));
    const bounds = L.latLngBounds([]);
    for (const code of codes) bounds.extend(this.counties.layers.get(code).getBounds());
    if (bounds.isValid()) this.map.fitBounds(bounds, { padding: [24, 24], animate: false });
    this.close(this.data.texts.marked.replace("{n}", codes.length));
  }

  open(adcode) {
    const { texts, sources, profiles } = this.data;
    const profile = profiles[adcode];
    if (!profile) return;
    if (!this.panel.contains(document.activeElement)) this.from = document.activeElement;
    this.counties.focus(adcode);
    const facts = made("dl");
    facts.append(...terms(profile.facts));
    const cited = made("ul");
    cited.append(...profile.sources.map((id) => reference(sources[id], id)));
    const heading = made("h2", "", this.counties.name(this.counties.records[adcode]));
    heading.tabIndex = -1;
    this.panel.dataset.county = adcode;
    this.panel.replaceChildren(
      heading, button(texts.close, () => this.close(), "one-file-close"),
      facts, ...profile.blocks.map(statement),
      ...(profile.sources.length ? [made("h3", "", texts.sources), cited] : []),
    );
    this.panel.scrollTop = 0;
    // Whoever opened it reads on here, and is back where they were when it closes.
    heading.focus({ preventScroll: true });
  }

  close(text) {
    const within = this.panel.contains(document.activeElement);
    this.counties.focus(null);
    delete this.panel.dataset.county;
    this.panel.replaceChildren(made("p", "one-file-hint", text ?? this.data.texts.hint));
    if (within) this.from?.focus({ preventScroll: true });
  }

  /* Paper has another shape than the screen: the map is laid out for it, and back. */
  toPaper() {
    if (this.screen) return;
    const container = this.map.getContainer();
    this.screen = {
      centre: this.map.getCenter(), zoom: this.map.getZoom(), theme: container.dataset.theme,
      closed: [...document.querySelectorAll(".atlas-legend details:not([open])")],
    };
    for (const details of this.screen.closed) details.open = true;
    // Ink on a white page, whatever the screen has.
    if (this.screen.theme === "dark") container.dataset.theme = "light";
    Object.assign(container.style, PRINTED);
    // What the map is stands under it; a county begins a page of its own.
    document.body.append(this.panel);
    this.map.invalidateSize({ animate: false });
    this.counties.home();
  }

  toScreen() {
    if (!this.screen) return;
    const { centre, zoom, theme, closed } = this.screen;
    this.screen = null;
    for (const details of closed) details.open = false;
    const container = this.map.getContainer();
    container.dataset.theme = theme;
    container.after(this.panel);
    Object.assign(container.style, { width: "", height: "", flex: "" });
    this.map.invalidateSize({ animate: false });
    this.map.setView(centre, zoom, { animate: false });
  }
}

async function openFile(map) {
  const data = JSON.parse(document.getElementById("one-file-data").textContent);
  const page = new OneFile(map, await map.atlas, data);
  document.body.dataset.ready = page.data.language;
}
