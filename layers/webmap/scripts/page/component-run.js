/* Streamlit may run a component again before its last run has got what it waits for. When
 * that run is through at last, Streamlit ends it: it must not take down what the later run
 * has put up in the same place. */

/** @type {WeakMap<Element, object>} */
const latest = new WeakMap();

/**
 * To be called at the beginning of a run, before it waits for anything.
 *
 * @param {Element} place
 * @returns {(end: () => void) => () => void} Makes of an end one that does nothing if
 *   another run has begun in the same place.
 */
export function beginRun(place) {
  const run = {};
  latest.set(place, run);
  return (end) => () => {
    if (latest.get(place) === run) end();
  };
}
