/* Which part of the drawer is open; the page says it as well, for its style sheet. */

/** @typedef {"" | "table" | "export" | "print" | "file"} DrawerPart */
/** @typedef {(part: DrawerPart, focus: boolean) => void} DrawerListener */

/** @type {DrawerPart} */
let open = "";

/** @type {Set<DrawerListener>} */
const listeners = new Set();

/** @param {DrawerPart} part Nothing closes it. @param {boolean} [focus] */
export function openDrawer(part, focus = false) {
  open = part;
  document.documentElement.dataset.atlasDrawer = part;
  listeners.forEach((listener) => listener(part, focus));
}

export const drawerPart = () => open;

/** @param {DrawerListener} listener @returns {() => void} Stops it. */
export function onDrawer(listener) {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}
