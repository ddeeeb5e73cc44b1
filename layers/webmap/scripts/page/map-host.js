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

/** @type {HTMLElement[]} Headings, and the second map's legend. */
let second = [];

/**
 * Puts the legend of a second map under the first, each with a heading; null ends that.
 *
 * @param {HTMLElement | null} box @param {import("../messages.js").Texts} texts
 */
export function offerSecondLegend(box, texts) {
  second.forEach((node) => node.remove());
  second = [];
  if (!box || !legend) return;
  const [own, other] = [texts.two_first, texts.two_second].map((text) => {
    const heading = document.createElement("h2");
    heading.className = "atlas-legend-of";
    heading.textContent = text;
    return heading;
  });
  second = [own, other, box];
  legend.before(own);
  legend.after(other, box);
}

/** @param {HTMLElement} box */
export function placeLegend(box) {
  place = box;
  join();
}

/** @type {(breaks: number[]) => void} */
let show = () => {};

/** What shows a number in other classes. @param {typeof show} act */
export function offerClasses(act) { show = act; }

/** Shows the number that is seen in other classes, until the next state.
 * @param {number[]} breaks */
export const showClasses = (breaks) => show(breaks);
