/* Counties that are marked, on the map or in the table; all who show marks hear of it. */

/** @type {Set<string>} */
let marked = new Set();

/** @type {Set<() => void>} */
const listeners = new Set();

export const markedCounties = () => marked;

/** @param {Iterable<string>} codes */
export function markCounties(codes) {
  marked = new Set(codes);
  window.dispatchEvent(new CustomEvent("atlas:marks",
    { detail: { from: "table", codes: [...marked] } }));
  listeners.forEach((listener) => listener());
}

/** @param {string} adcode */
export function toggleMark(adcode) {
  const codes = new Set(marked);
  if (!codes.delete(adcode)) codes.add(adcode);
  markCounties(codes);
}

/** @param {() => void} listener @returns {() => void} Stops it. */
export function onMarks(listener) {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

window.addEventListener("atlas:marks", ({ detail }) => {
  if (detail.from === "table") return;
  marked = new Set(detail.codes);
  listeners.forEach((listener) => listener());
});
