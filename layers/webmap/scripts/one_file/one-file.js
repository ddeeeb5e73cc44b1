/* The page round a map that stands in a file of its own: search, profile, notes, print.
 * What it tells it has from a source: the file itself, or the page that has it in a frame.
 *
 * All text is set by textContent. An address becomes a link only if it is http(s).
 */
import { element, MapNotes, OwnLayer, Paper, pushButton, swatch } from "../map/atlas.js";
import { SearchBox } from "../search/box.js";
import { FileTwoMaps } from "./file-two-maps.js";

/** @typedef {import("../map/county-map.js").CountyMap} CountyMap */
/** @typedef {import("../messages.js").OneFileData} OneFileData */
/** @typedef {import("../messages.js").OneFilePage} OneFilePage */
/** @typedef {import("../messages.js").ProfileBlock} ProfileBlock */

const CLOSE_UP = 9.5; // a zoom at which a county and its neighbours are in sight
const NARROW_PAGE = "(max-width: 760px)"; // as the style sheet has it

/** @typedef {import("../messages.js").CountyTold} CountyTold */

/**
 * @typedef {object} Source
 * @property {(adcode: string) => Promise<CountyTold | null>} county
 * @property {() => Promise<import("../messages.js").SearchIndex>} search
 * @property {(hit: string) => Promise<[county: string | null, joined: string] | null>} target
 * @property {() => Promise<[string, string][]>} notes
 */

/** @param {CountyTold["sources"][number]} source */
function reference([id, title, about, url]) {
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

export class OneFile {
  /** @param {L.Map} map @param {CountyMap} counties @param {OneFilePage} data
   * @param {import("./file-two-maps.js").Carried} carried @param {Source} source */
  constructor(map, counties, data, carried, source) {
    this.map = map;
    this.counties = counties;
    this.data = data;
    this.source = source;
    /** @type {HTMLElement | SVGElement | null} Where the reader was before: on the map,
     * or in the search box. */
    this.from = null;
    this.panel = byId("one-file-panel");
    this.side = /** @type {HTMLElement} */ (this.panel.parentElement);
    source.notes().then((notes) => byId("one-file-notes").append(...terms(notes)), () => {});
    const parent = byId("one-file-search");
    const { language, search_texts: texts } = data;
    this.search = new SearchBox(parent, { language, texts, index: "" },
      (chosen) => this.choose(chosen), () => source.search());
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

  /* What was found: a county is opened, of all else the counties are marked. */
  /** @param {import("../search/box.js").Choice} chosen */
  async choose({ kind, id }) {
    const found = await this.source.target(`${kind} ${id}`).catch(() => null);
    const [county, joined] = found ?? [null, ""];
    if (joined) this.mark(joined);
    if (county) this.show(county);
  }

  /** Opens a county and brings it into sight. @param {string} adcode */
  show(adcode) {
    this.open(adcode);
    this.map.fitBounds(this.counties.layer(adcode).getBounds(),
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
  async open(adcode) {
    const { texts } = this.data;
    if (!this.panel.contains(document.activeElement)) {
      this.from = /** @type {HTMLElement | SVGElement} */ (document.activeElement);
    }
    this.each((counties) => counties.focus(adcode));
    this.two?.fold(false);
    const heading = element("h2", "", this.counties.name(this.counties.records[adcode]));
    heading.tabIndex = -1;
    this.panel.dataset.county = adcode;
    this.panel.replaceChildren(
      heading, pushButton(texts.close, () => this.close(), "one-file-close"),
    );
    this.side.scrollTop = 0;
    // On a narrow page it stands below the map.
    if (matchMedia(NARROW_PAGE).matches) heading.scrollIntoView({ block: "center" });
    // Whoever opened it reads on here, and is back where they were when it closes.
    heading.focus({ preventScroll: true });
    const told = await this.source.county(adcode).catch(() => null);
    if (!heading.isConnected) return;
    this.panel.append(...told ? this.told(told) : [element("p", "", texts.unanswered)]);
    this.side.scrollTop = 0;
  }

  /** @param {CountyTold} told */
  told({ facts, blocks, sources }) {
    const list = element("dl");
    list.append(...terms(facts));
    const cited = element("ul");
    cited.append(...sources.map(reference));
    const last = sources.length ? [element("h3", "", this.data.texts.sources), cited] : [];
    return [list, ...blocks.map(statement), ...last];
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

/* What stands in the file. */
/** @param {OneFileData} data @returns {Source} */
const inFile = ({ profiles, blocks, sources, search, targets, notes }) => ({
  county: async (adcode) => ({
    facts: profiles[adcode].facts,
    blocks: profiles[adcode].blocks.map((number) => blocks[number]),
    sources: profiles[adcode].sources.map((id) => [id, ...sources[id]]),
  }),
  search: async () => search,
  target: async (hit) => targets[hit],
  notes: async () => notes,
});

/** @param {import("../map/attach.js").HostMap} map
 * @param {(data: OneFileData) => Source} [sourceOf] */
export async function openFile(map, sourceOf = inFile) {
  const data = JSON.parse(byId("one-file-data").textContent ?? "");
  const counties = await /** @type {Promise<CountyMap>} */ (map.atlas);
  const page = new OneFile(map, counties, data,
    JSON.parse(byId("atlas-data").textContent ?? ""), sourceOf(data));
  await page.two?.ready;
  page.darken();
  document.body.dataset.ready = page.data.language;
  return page;
}
