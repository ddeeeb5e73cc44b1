/* The map lets the page scroll: the wheel zooms with Ctrl only, and where the page is
 * longer than the window one finger scrolls it and two move the map. A line says so. Zoom
 * and position end where there is nothing to see. */
import { element } from "../map/atlas.js";

/** @typedef {import("../map/county-map.js").CountyMap} CountyMap */

const HINT_MS = 1600;
const FURTHER_OUT = 1.5; // zoom levels beyond that at which the province fills the map
const FASTEST = 1500; // pixels a second of a throw, which lasts as long as it is fast
const BEYOND = 0.5; // of the province, by which the middle may leave it

/**
 * @param {L.Map} map
 * @param {CountyMap} counties
 * @param {() => import("../messages.js").Texts} texts
 * @param {() => L.Point} middle Of what is seen of the map.
 */
export function tameGestures(map, counties, texts, middle) {
  const container = map.getContainer();
  const hint = element("p", "atlas-gesture-hint");
  hint.hidden = true;
  container.append(hint);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let hiding;
  const say = (/** @type {string} */ name) => {
    hint.textContent = texts()[name];
    hint.hidden = false;
    clearTimeout(hiding);
    hiding = setTimeout(() => { hint.hidden = true; }, HINT_MS);
  };
  container.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    // Before Leaflet hears of it: the page scrolls, as it does everywhere.
    event.stopImmediatePropagation();
    say("gesture_wheel");
  }, { capture: true, passive: true });

  const touch = matchMedia("(hover: none) and (pointer: coarse)");
  const fit = () => {
    const page = container.closest(".stMain") ?? document.documentElement;
    const scrolls = page.scrollHeight > page.clientHeight + 8;
    container.classList.toggle("atlas-page-scrolls", scrolls && touch.matches);
    if (scrolls && touch.matches) map.dragging.disable();
    else map.dragging.enable();
  };
  container.addEventListener("touchmove", (event) => {
    if (event.touches.length === 1 && container.classList.contains("atlas-page-scrolls")) {
      say("gesture_touch");
    }
  }, { passive: true });
  fit();
  map.on("resize", fit);
  keepInBounds(map, counties, middle);
}

/** @param {L.Map} map @param {CountyMap} counties @param {() => L.Point} middle */
function keepInBounds(map, counties, middle) {
  const province = counties.counties.getBounds();
  const around = province.pad(BEYOND);
  const limit = () => {
    const { x, y } = map.getSize();
    if (!x || !y) return; // not laid out: on paper, or before its frame
    const whole = map.getBoundsZoom(province, false);
    map.setMinZoom(Math.max(4, whole - FURTHER_OUT));
  };
  limit();
  map.on("resize", limit);
  map.options.inertiaMaxSpeed = FASTEST;
  // A throw that is stopped by the next press ends, and is put right, before Leaflet
  // notes from where that press drags.
  map.getContainer().addEventListener("pointerdown", () => map.stop(), { capture: true });
  /** How far the middle is beyond, in whole pixels. */
  const beyond = () => {
    const { lat, lng } = map.containerPointToLatLng(middle());
    const inside = L.latLng(
      Math.min(Math.max(lat, around.getSouth()), around.getNorth()),
      Math.min(Math.max(lng, around.getWest()), around.getEast()),
    );
    return map.project(inside).subtract(map.project([lat, lng])).round();
  };
  // Of less than a pixel Leaflet makes no move, yet says that one has ended.
  map.on("moveend", () => {
    const off = beyond();
    if (off.x || off.y) map.panBy(off, { animate: false });
  });
  // A throw ends where the bounds are, not where it would have come to rest.
  let pressed = false;
  let stopping = false;
  map.on("dragstart", () => { pressed = true; });
  map.on("dragend", () => { pressed = false; });
  map.on("move", () => {
    const off = pressed || stopping ? null : beyond();
    if (!off?.x && !off?.y) return;
    stopping = true;
    requestAnimationFrame(() => { stopping = false; map.stop(); });
  });
}
