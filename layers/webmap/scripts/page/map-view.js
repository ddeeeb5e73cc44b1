/* The county map as a Streamlit component: hosts the map that Folium built.
 *
 * One map lives as long as the page: when Streamlit mounts the component again (a
 * filter, another page and back), the same element moves in, so that pan and zoom stay
 * where the user left them.
 */
import { attach, element, MapNotes, Paper } from "../map/atlas.js";
import { styleSheets } from "./appearance.js";
import { mount } from "./folium-map.js";
import { reader, readHash, writeHash } from "./map-address.js";
import { tameGestures } from "./map-gestures.js";
import { offerClasses, offerLegend } from "./map-host.js";
import { followSession, presentQuery, press, sendToPython } from "./page-state.js";
import { bundleAt } from "./shared-data.js";

/** @typedef {import("./state-client.js").Session} Session */
/** @typedef {import("../map/attach.js").HostMap} HostMap */
/** @typedef {{ node: HTMLElement, map: HostMap,
 *   counties: import("../map/county-map.js").CountyMap,
 *   showNotes: () => void, showBeside: (state: Shown) => void }} OpenMap */
/** @typedef {Omit<import("../messages.js").PageState, "selected">} Shown */
/** @typedef {{ url: string | null, full: string | null }} Addresses */
/** @typedef {{ center: L.LatLngTuple, zoom: number }} Position */
/** @typedef {import("../map/county-map.js").Insets} Insets */
/** @typedef {import("../map/county-map.js").CountyMap} CountyMap */

const ADDRESS_CHECK_MS = 500;

/** @type {Promise<OpenMap> | null} */
let openMap = null;

/** Whether the address is to say where the map is. */
let hasPosition = false;

/** Whether there is one map. */
let ended = true;

/** Whether the page moves the map by itself. */
let fitting = false;

/** Where an address has put the map: it stays there while the page is being laid out.
 * @type {Position | null} */
let held = null;

/** @type {ReturnType<typeof setInterval> | undefined} */
let addressCheck;

/** @param {string} name */
const addressOf = (name) => new URL(name, import.meta.url).href;

/* Tables that are edited make another edition, with other addresses. What stands still on
 * an open page is of the edition before, so the page is loaded anew: its address says all
 * that it shows. */
const edition = addressOf(".");
window.atlasEdition ??= edition;
const stale = window.atlasEdition !== edition;
if (stale) {
  const view = /** @type {HTMLElement | null} */ (
    document.querySelector(".folium-map"))?.dataset.view;
  const noted = location.hash.indexOf("~");
  const notes = noted < 0 ? "" : location.hash.slice(noted);
  if (view || notes) history.replaceState(history.state, "", `#${view ?? ""}${notes}`);
  location.reload();
}

/** @param {HTMLElement} parent @returns {Promise<OpenMap>} */
async function open(parent) {
  await styleSheets("styles.css");
  const node = element("div", "atlas-map");
  parent.append(node);
  /** @type {Addresses} */
  let from = { url: null, full: null };
  const map = mount(node, {
    attach: (host, addresses) => {
      from = addresses;
      return attach(host, addresses, bundleAt, {
        legendApart: true,
        insets: () => beside.insets(insetsOf(node)),
      });
    },
  });
  const counties = await /** @type {NonNullable<HostMap["atlas"]>} */ (map.atlas);
  offerLegend(counties.legend.box);
  offerClasses((breaks) => counties.reclass(breaks));
  restorePosition(map, counties);
  keepSize(node, map, counties);
  const texts = () => counties.texts[counties.language];
  tameGestures(map, counties, texts, () => middle(map));
  offerMeasuring(map, counties, texts);
  const notes = offerNotes(map, counties, texts);
  const showBeside = offerBeside(map, counties, texts, {
    addresses: from, insets: () => insetsOf(node), notes,
  });
  followHistory(map, counties, notes.show);
  offerPicture(map, counties, texts, () => beside.insets(insetsOf(node)));
  new Paper(map, counties, {
    two: () => beside.two(), each: (act) => beside.each(counties, act), unasked,
  });
  return { node, map, counties, showNotes: notes.show, showBeside };
}

/** Where the first of two maps is, if they stand side by side; of the page that is open.
 * @type {{ insets: (own: Insets) => Insets, eye: () => L.Point | null, label: () => void,
 *   follow: () => void, two: () => import("../two_maps/two-maps.js").TwoMaps | null,
 *   each: (counties: CountyMap, act: (counties: CountyMap) => void) => void }} */
const beside = {
  insets: (own) => own, eye: () => null, label() {}, follow() {}, two: () => null,
  each(counties, act) {
    act(counties);
    const second = this.two()?.second.counties;
    if (second) act(second);
  },
};

/* What shows a second map is fetched when it is first asked for. */
/** @param {HostMap} map @param {CountyMap} counties
 * @param {() => import("../messages.js").Texts} texts
 * @param {{ addresses: Addresses, insets: () => Insets,
 *   notes: ReturnType<typeof offerNotes> }} page */
function offerBeside(map, counties, texts, { addresses, insets, notes }) {
  /** @type {Promise<import("../two_maps/two-maps.js").TwoMaps> | null} */
  let two = null;
  /** @type {Shown | null} */
  let shown = null;
  const write = () => writePosition(map, counties);
  const maker = () => {
    two ??= window.atlasImport(addressOf("../two_maps/two-maps.js")).then(
      (/** @type {typeof import("./page-two-maps.js") &
       *   typeof import("../two_maps/two-maps.js")} */ { pageOf, offerActs, TwoMaps }) => {
        const maps = new TwoMaps(map, counties, texts, pageOf({
          addresses, insets, notes, reader, write, refit: () => goHome(counties) }));
        offerActs(maps);
        return maps;
      });
    two.catch(() => { two = null; });
    return two;
  };
  counties.tools.button("beside", () => {
    if (!shown?.beside) reader.besideYear = counties.legend.until ?? null;
    press({ press: shown?.beside ? "alone" : "keep" });
  });
  return async (/** @type {Shown} */ state) => {
    shown = state;
    counties.tools.press("beside", Boolean(state.beside));
    ended = !state.beside;
    if (ended) Object.assign(reader, { besideYear: null, line: null });
    if (!state.beside && !two) return;
    const maps = await maker();
    Object.assign(beside, {
      insets: (/** @type {Insets} */ own) => maps.leave(own), eye: () => maps.eye(),
      label: () => maps.label(), follow: () => maps.follow(), two: () => maps.other && maps,
    });
    if (shown === state) await maps.show(state);
    write();
  };
}

/* Notes are there at once; what writes them is fetched when it is first asked for. */
/** @param {HostMap} map @param {CountyMap} counties
 * @param {() => import("../messages.js").Texts} texts */
function offerNotes(map, counties, texts) {
  /** @type {Promise<import("./note-tool.js").NoteTool> | null} */
  let tool = null;
  const writer = () => {
    tool ??= window.atlasImport(addressOf("note-tool.js")).then(
      (/** @type {typeof import("./note-tool.js")} */ { NoteTool }) => (
        new NoteTool(map, counties, texts, {
          get: () => reader.notes,
          set: (notes) => {
            reader.notes = notes;
            show();
            writePosition(map, counties);
          },
        })));
    tool.catch(() => { tool = null; });
    return tool;
  };
  const edit = async (/** @type {number} */ place) => (
    (await writer()).edit(place, reader.notes[place]));
  const layers = [new MapNotes(map, edit)];
  const show = () => layers.forEach((layer) => layer.show(reader.notes,
    (text) => texts().note_open.replace("{text}", text)));
  counties.tools.button("note", async () => (await writer()).toggle());
  return { show, on: (/** @type {L.Map} */ other) => { layers.push(new MapNotes(other, edit)); } };
}

/* What saves a picture is fetched when it is first asked for. */
/** @param {HostMap} map @param {CountyMap} counties
 * @param {() => import("../messages.js").Texts} texts @param {() => Insets} insets */
function offerPicture(map, counties, texts, insets) {
  /** @type {Promise<import("./picture-tool.js").PictureTool> | null} */
  let tool = null;
  counties.tools.button("picture", async () => {
    tool ??= window.atlasImport(addressOf("picture-tool.js")).then(
      (/** @type {typeof import("./picture-tool.js")} */ { PictureTool }) => (
        new PictureTool(map, counties, texts, {
          query: presentQuery, insets, two: () => beside.two() })));
    tool.catch(() => { tool = null; });
    (await tool).toggle();
  });
}

/* What measures is fetched when it is first asked for. */
/** @param {HostMap} map @param {CountyMap} counties
 * @param {() => import("../messages.js").Texts} texts */
function offerMeasuring(map, counties, texts) {
  /** @type {Promise<import("./measure.js").Measure> | null} */
  let measure = null;
  counties.tools.button("measure", async () => {
    measure ??= window.atlasImport(addressOf("measure.js")).then(
      (/** @type {typeof import("./measure.js")} */ { Measure }) => (
        new Measure(map, counties, texts)));
    measure.catch(() => { measure = null; });
    (await measure).toggle();
  });
}

/* The card lies over the map: at its side, or at its foot where the page is narrow. */
/** @param {HTMLElement} node */
function insetsOf(node) {
  if (onPaper()) return { left: 8, top: 8, right: 8, bottom: 24 };
  const insets = { left: 44, top: 0, right: 0, bottom: 24 };
  const card = document.querySelector(".st-key-atlas_card");
  if (!card) return insets;
  const [frame, own] = [node.getBoundingClientRect(), card.getBoundingClientRect()];
  if (own.width > 0.8 * frame.width) {
    return { left: 0, top: 44, right: 0, bottom: Math.max(8, frame.bottom - own.top) + 26 };
  }
  return { ...insets, right: frame.right - own.left };
}

/** The middle of what is seen of the map. @param {L.Map} map */
const middle = (map) => beside.eye() ?? map.getSize().divideBy(2);

/** Shows the province, unless a reader has chosen a place or a county is open, which is
 * brought into sight by itself; says whether.
 * @param {CountyMap} counties */
function goHome(counties) {
  if (hasPosition || counties.focused) return false;
  unasked(() => counties.home());
  return true;
}

/** Moves the map though no reader does. @param {() => void} move */
function unasked(move) {
  fitting = true;
  move();
  fitting = false;
}

const onPaper = () => document.querySelector(".folium-map.atlas-on-paper") !== null;

/* The map has what sentence, notices and drawer leave of the window; until somebody has
 * moved it, the province stays as large as it can be. */
/** @param {HTMLElement} node @param {HostMap} map
 * @param {CountyMap} counties */
function keepSize(node, map, counties) {
  const fit = () => {
    const stage = node.closest(".st-key-atlas_stage");
    const page = node.closest(".st-key-atlas_page");
    if (!stage || !page) return;
    const above = stage.getBoundingClientRect().top - page.getBoundingClientRect().top;
    document.documentElement.style.setProperty("--atlas-above", `${Math.round(above)}px`);
  };
  const follow = () => {
    if (!node.isConnected || onPaper()) return;
    fit();
    const asked = held;
    map.invalidateSize({ animate: false, pan: false });
    // On paper it has no room at all.
    if (!map.getSize().x || !map.getSize().y) return;
    if (asked) hold(map, asked);
    goHome(counties);
  };
  follow();
  const sizes = new ResizeObserver(follow);
  sizes.observe(node);
  // It is put up by a component of its own, before the map or after.
  const followCard = () => {
    const card = document.querySelector(".st-key-atlas_card");
    if (card) sizes.observe(card);
  };
  followCard();
  window.addEventListener("atlas:card", followCard);
  // Above the map the sentence and notices come and go.
  for (const part of node.closest(".st-key-atlas_page")?.children ?? []) sizes.observe(part);
}

/* A copied link opens where the map was, with its year and its notes. */
/** @param {HostMap} map @param {CountyMap} counties */
function restorePosition(map, counties) {
  const { position: asked, ...said } = readHash(location.hash || window.atlasHash || "");
  window.atlasHash = "";
  Object.assign(reader, said);
  if (said.year) counties.legend.until = said.year;
  if (asked) {
    hold(map, asked);
    hasPosition = counties.isPlaced = true;
  }
  // What the page moves by itself, to fit a window, is no position that a reader chose.
  let touched = false;
  for (const act of ["pointerdown", "wheel", "keydown"]) {
    map.getContainer().addEventListener(act, () => { touched = true; }, { capture: true, passive: true });
  }
  const { dataset } = map.getContainer();
  let before = dataset.view;
  map.on("moveend", () => {
    held = null; // whatever moved it
    // A press alone, on a tool, ends a move that was none.
    hasPosition ||= touched && !fitting && dataset.view !== before;
    before = dataset.view;
    if (hasPosition) writePosition(map, counties);
  });
  counties.on("year", (year) => {
    reader.year = Number(year) || null;
    beside.label();
    writePosition(map, counties);
  });
}

/* Back, forward or another # behind the same address: the map goes where that says. */
/** @param {HostMap} map @param {CountyMap} counties @param {() => void} showNotes */
function followHistory(map, counties, showNotes) {
  window.addEventListener("popstate", () => {
    if (!map.getContainer().isConnected || !location.hash) return;
    const { position, line, ...said } = readHash(location.hash);
    Object.assign(reader, said);
    // The line of two maps stays while they go away.
    if (besideAsked()) reader.line = line;
    counties.legend.until = said.year ?? undefined;
    counties.repaint();
    if (position) {
      hasPosition = true;
      const eye = middle(map);
      map.setView(position.center, position.zoom, { animate: false });
      map.panBy(map.getSize().divideBy(2).subtract(eye), { animate: false });
    }
    beside.follow();
    showNotes();
  });
}

const besideAsked = () => new URLSearchParams(location.search).has("beside");

/** @param {HostMap} map @param {Position} position */
function hold(map, position) {
  map.setView(position.center, position.zoom, { animate: false });
  held = position;
}

/** @param {HostMap} map @param {CountyMap} counties */
function writePosition(map, counties) {
  if (!map.getContainer().isConnected || onPaper()) return;
  // The address is still that of two maps, to which the way back leads.
  if (ended && besideAsked()) return;
  const { lat, lng } = map.containerPointToLatLng(middle(map));
  const position = { zoom: map.getZoom(), center: /** @type {[number, number]} */ ([lat, lng]) };
  reader.year = counties.legend.until ?? null;
  const hash = writeHash(hasPosition ? position : null, reader.notes, reader);
  // An empty one would be no address of its own: the path says the same without its #.
  if (hash !== location.hash) {
    history.replaceState(history.state, "", hash || location.pathname + location.search);
  }
}

/* Streamlit writes the address anew, without what stands behind its #, after it has run.
 * As long as the map is shown, that is put back. */
/** @param {OpenMap} open */
function keepPosition({ map, counties }) {
  clearInterval(addressCheck);
  addressCheck = setInterval(() => {
    if (!location.hash) writePosition(map, counties);
  }, ADDRESS_CHECK_MS);
}

/** @param {import("../messages.js").Component<Session>} component */
export async function showMap({ data, parentElement, setTriggerValue }) {
  if (stale) return;
  openMap ??= open(parentElement);
  // A script that did not come is asked for again by the next run.
  openMap.catch(() => { openMap = null; });
  followSession(data, setTriggerValue, async (state) => {
    const { counties, showNotes, showBeside } = await /** @type {Promise<OpenMap>} */ (openMap);
    counties.update(state);
    showNotes(); // in the language that they are said in
    showBeside(state);
    return [...counties.selected.keys()];
  });
  const { node, map, counties, ...rest } = await openMap;
  if (node.parentElement !== parentElement) {
    parentElement.append(node);
    map.invalidateSize({ animate: false });
  }
  counties.on("region", (value) => sendToPython("region", value));
  counties.on("select", (value) => sendToPython("select", value));
  keepPosition({ node, map, counties, ...rest });
}
