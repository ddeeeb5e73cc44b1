/* Presses on the map while a tool is at work: places, before a county hears of them. */

const STILL = 5; // pixels, by which a press may move and is no drag

/**
 * Enter is a press in the middle of the map.
 *
 * @param {L.Map} map
 * @param {AbortSignal} signal Ends it.
 * @param {{ press: (at: L.LatLng) => void, keys: Record<string, () => void> }} acts
 */
export function onPresses(map, signal, { press, keys }) {
  const container = map.getContainer();
  let from = { x: 0, y: 0 };
  container.addEventListener("pointerdown", ({ clientX, clientY }) => {
    from = { x: clientX, y: clientY };
  }, { signal, capture: true });
  container.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest(".leaflet-control")) return;
    event.stopPropagation();
    const moved = Math.hypot(event.clientX - from.x, event.clientY - from.y);
    if (moved <= STILL && event.detail < 2) press(map.mouseEventToLatLng(event));
  }, { signal, capture: true });
  container.addEventListener("dblclick", (event) => event.stopPropagation(),
    { signal, capture: true });
  container.addEventListener("keydown", (event) => {
    const own = /** @type {Element} */ (event.target).closest(".leaflet-control");
    if (event.key === "Enter" && !own) press(map.getCenter());
    else if (keys[event.key] && (event.key === "Escape" || !own)) keys[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, { signal, capture: true });
  container.focus({ preventScroll: true });
}
