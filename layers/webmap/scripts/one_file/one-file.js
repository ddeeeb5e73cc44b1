/* The page round a map that stands in a file of its own: search, profile, notes, print.
 *
 * All text is set by textContent. An address becomes a link only if it is http(s).
 */
import { element, MapNotes, OwnLayer, Paper, pushButton, swatch } from "../map/atlas.js";
import { SearchBox } from "../search/box.js";
import { FileTwoMaps } from "./file-two-maps.js";

/** @typedef {import("../map/county-map.js").CountyMap} CountyMap */
/** @typedef {import("../messages.js").OneFileData} OneFileData */
/** @typedef {import("../messages.js").ProfileBlock} ProfileBlock */

const CLOSE_UP = 9.5; // a zoom at which a county and its neighbours are in sight
const NARROW_PAGE = "(max-width: 760px)"; // as the style sheet has it
const MOST_BREAKS = 6; // as layers/select/breaks.py has it

/** @param {OneFileData["sources"][string]} source @param {string} id */
function reference([title, about, url], id) {
  const line = element("li");
  if (url && /^https?:\/\//i.test(url)) {
    const link = element("a", "", title);
    Object.assign(link, { href: url, target: "_blank", rel: "noopener noreferrer" });
    line.append(link);
  } else line.append(element("span", "", title));
  line.append(element("small", "", ` ${about} [${id}]`));
  return line;
}

/** @param {ProfileBlock} block */
function statement({ text, heading, quiet, notes = [], fill }) {
  if (heading) return element("h3", "", text);
  if (quiet) return element("p", "one-file-note", text);
  const box = element("div", "one-file-statement");
  const line = element("p");
  if (fill) line.append(swatch([fill]), " ");
  line.append(element("strong", "", text));
  box.append(line, ...notes.map((note) => element("p", "one-file-note", note)));
  return box;
}

/** @param {[term: string, text: string][]} pairs */
function terms(pairs) {
  return pairs.flatMap(([term, text]) => [element("dt", "", term), element("dd", "", text)]);
}

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

class OneFile {
  /** @param {L.Map} map @param {CountyMap} counties @param {OneFileData} data
   * @param {import("./file-two-maps.js").Carried} carried */
  constructor(map, counties, data, carried) {
    this.map = map;
    this.counties = counties;
    this.data = data;
    /** @type {HTMLElement | SVGElement | null} Where the reader was before: on the map,
     * or in the search box. */
    this.from = null;
    this.panel = byId("one-file-panel");
    this.side = /** @type {HTMLElement} */ (this.panel.parentElement);
    byId("one-file-notes").append(...terms(data.notes));
    const parent = byId("one-file-search");
    const { language, search_texts: texts } = data;
    this.search = new SearchBox(parent, { language, texts, index: "" },
      (chosen) => this.choose(chosen), () => Promise.resolve(data.search));
    parent.append(pushButton(data.texts.print, () => globalThis.print(), "one-file-print"));
    counties.on("select", (adcode) => this.open(adcode));
    counties.on("region", (joined) => this.mark(joined));
    new Paper(map, counties, {
      two: () => this.two,
      each: (act) => this.each(act),
      // What the map is stands under it; a county begins a page of its own.
      turn: (paper) => (paper ? document.body : this.side).append(this.panel),
    });
    if (data.own_layer) new OwnLayer(map, counties, data.own_layer);
    new MapNotes(map, null).show(data.map_notes.map(([lon, lat, text]) => ({ lon, lat, text })));
    this.two = carried.second
      ? new FileTwoMaps(map, counties, carried, data.map_notes, byId("one-file-legends")) : null;
    this.close();
    this.listen();
  }

  /* By itself, not as a part of another page, the file is as dark as the reader's machine. */
  darken() {
    if (document.body.dataset.appearance !== "light" || globalThis.parent !== globalThis.self) return;
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => {
      const appearance = dark.matches ? "dark" : "light";
      document.body.dataset.appearance = appearance;
      this.each((counties) => {
        if (counties.state) counties.update({ ...counties.state, appearance, focus: counties.focused });
      });
    };
    dark.addEventListener("change", follow);
    if (dark.matches) follow();
  }

  /** @param {(counties: CountyMap) => void} act */
  each(act) {
    if (this.two) this.two.each(act);
    else act(this.counties);
  }

  /* A page that has this one in a frame may part its number into other classes. */
  listen() {
    const host = globalThis.parent;
    if (host === globalThis.self) return;
    globalThis.addEventListener("message", ({ data, source }) => {
      if (source !== host || !Array.isArray(data?.atlasBreaks)) return;
      const breaks = data.atlasBreaks.filter(Number.isFinite).slice(0, MOST_BREAKS);
      this.counties.reclass(breaks.sort((/** @type {number} */ a, /** @type {number} */ b) => a - b),
        String(data.said));
    });
    host.postMessage("atlas:ready", "*");
  }

  /* What was found: a county is opened, of all else the counties are marked. */
  /** @param {import("../search/box.js").Choice} chosen */
  choose({ kind, id }) {
    const [county, joined] = this.data.targets[`${kind} ${id}`] ?? [null, ""];
    if (joined) this.mark(joined);
    if (!county) return;
    this.open(county);
    this.map.fitBounds(this.counties.layer(county).getBounds(),
      { maxZoom: CLOSE_UP, animate: false });
  }

  /** @param {string} joined Adcodes, one after another. */
  mark(joined) {
    const codes = joined.match(/\d{6}/g) ?? [];
    this.each((counties) => counties.mark(new Set(codes)));
    const bounds = L.latLngBounds([]);
    for (const code of codes) bounds.extend(this.counties.layer(code).getBounds());
    if (bounds.isValid()) this.map.fitBounds(bounds, { padding: [24, 24], animate: false });
    this.close(this.data.texts.marked.replace("{n}", String(codes.length)));
  }

  /** @param {string} adcode */
  open(adcode) {
    const { texts, sources, profiles, blocks } = this.data;
    const profile = profiles[adcode];
    if (!profile) return;
    if (!this.panel.contains(document.activeElement)) {
      this.from = /** @type {HTMLElement | SVGElement} */ (document.activeElement);
    }
    this.each((counties) => counties.focus(adcode));
    this.two?.fold(false);
    const facts = element("dl");
    facts.append(...terms(profile.facts));
    const cited = element("ul");
    cited.append(...profile.sources.map((id) => reference(sources[id], id)));
    const heading = element("h2", "", this.counties.name(this.counties.records[adcode]));
    heading.tabIndex = -1;
    this.panel.dataset.county = adcode;
    this.panel.replaceChildren(
      heading, pushButton(texts.close, () => this.close(), "one-file-close"),
      facts, ...profile.blocks.map((number) => statement(blocks[number])),
      ...(profile.sources.length ? [element("h3", "", texts.sources), cited] : []),
    );
    this.side.scrollTop = 0;
    // On a narrow page it stands below the map.
    if (matchMedia(NARROW_PAGE).matches) heading.scrollIntoView({ block: "center" });
    // Whoever opened it reads on here, and is back where they were when it closes.
    heading.focus({ preventScroll: true });
  }

  /** @param {string} [text] */
  close(text) {
    const within = this.panel.contains(document.activeElement);
    this.each((counties) => counties.focus(null));
    this.two?.fold(true);
    delete this.panel.dataset.county;
    this.panel.replaceChildren(element("p", "one-file-hint", text ?? this.data.texts.hint));
    if (within) this.from?.focus({ preventScroll: true });
  }
}

/** @param {import("../map/attach.js").HostMap} map */
export async function openFile(map) {
  const data = JSON.parse(byId("one-file-data").textContent ?? "");
  const counties = await /** @type {Promise<CountyMap>} */ (map.atlas);
  const page = new OneFile(map, counties, data,
    JSON.parse(byId("atlas-data").textContent ?? ""));
  await page.two?.ready;
  page.darken();
  document.body.dataset.ready = page.data.language;
}
