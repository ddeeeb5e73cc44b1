/* The legend of the page's map stands in the card: whichever of the two comes first waits
 * here for the other. */

/** @type {HTMLElement | null} */
let legend = null;

/** @type {HTMLElement | null} */
let place = null;

function join() {
  if (legend && place && legend.parentElement !== place) place.append(legend);
}

/** @param {HTMLElement} box */
export function offerLegend(box) {
  legend = box;
  join();
}

/** @param {HTMLElement} box */
export function placeLegend(box) {
  place = box;
  join();
}
