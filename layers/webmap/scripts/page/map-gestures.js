/* The map lets the page scroll: the wheel zooms with Ctrl only, and where the page is
 * longer than the window one finger scrolls it and two move the map. A line says so. Zoom
 * and position end where there is nothing to see. */
import { element } from "../map/atlas.js";

/** @typedef {import("../map/county-map.js").CountyMap} CountyMap */

const HINT_MS = 1600;
const FURTHER_OUT = 1.5; // zoom levels beyond that at which the province fills the map
const BEYOND = 0.5; // of the province, by which the middle may leave it

/**
 * @param {L.Map} map
 * @param {CountyMap} counties
 * @param {() => import("../messages.js").Texts} texts
 */
export function tameGestures(map, counties, texts) {
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
  keepInBounds(map, counties);
}

/** @param {L.Map} map @param {CountyMap} counties */
function keepInBounds(map, counties) {
  const province = counties.counties.getBounds();
  const around = province.pad(BEYOND);
  const limit = () => {
    const whole = map.getBoundsZoom(province, false);
    map.setMinZoom(Math.max(4, whole - FURTHER_OUT));
  };
  limit();
  map.on("resize", limit);
  map.on("moveend", () => {
    const { lat, lng } = map.getCenter();
    const inside = L.latLng(
      Math.min(Math.max(lat, around.getSouth()), around.getNorth()),
      Math.min(Math.max(lng, around.getWest()), around.getEast()),
    );
    if (Math.abs(inside.lat - lat) + Math.abs(inside.lng - lng) > 1e-6) map.panTo(inside);
  });
}
