/* Which labels are shown, and where: without a browser, so that it can be tested.
 *
 * A county's label stands in the middle of its largest inscribed circle and is shown if
 * it fits there and touches no label that matters more: the county in focus first, then the
 * selected counties, then prefectures, which may give way a little, then the districts from
 * which lines lead to counties, each beside its dot, then the rest. Where
 * every county is selected none stands out, and prefectures come first.
 */

/** Left, top, right, bottom in pixels.
 * @typedef {[left: number, top: number, right: number, bottom: number]} Box */

/** @typedef {{ x: number, y: number }} Place */

const HEIGHT = 15;
const ROOM = 1.35; // a label may be a little wider than the circle is
const GIVES_WAY = 0.4; // degrees: farther off the name of a prefecture would lie in the next
const BESIDE = 3; // ways out of a name that stands at a dot
const ALL_FROM_ZOOM = 8.25;
const ALIKE_FROM_ZOOM = 6.75;
/** Pixels to the side and down. @type {[x: number, y: number][]} */
const WAYS_OUT = [[0, 0], [0, -16], [0, 16], [0, -30], [0, 30],
  [-24, 0], [24, 0], [-24, -16], [24, -16], [-24, 16], [24, 16]];

/** How much a label matters; less is more. */
export const RANKS = Object.freeze({
  focus: 0, selected: 1, prefecture: 2, partner: 3, other: 4, never: Infinity,
});

/**
 * @param {{ adcode?: string, prefecture?: boolean, partner?: string }} label
 * @param {{ focus: string | null, selected: { has(adcode: string): boolean },
 *   alike: boolean, partners?: { has(adcode: string): boolean } }} shown `alike` if every
 *   county is selected; `partners` from which lines are drawn.
 */
export function rankOfLabel({ adcode, prefecture, partner },
  { focus, selected, alike, partners }) {
  if (partner !== undefined) return partners?.has(partner) ? RANKS.partner : RANKS.never;
  if (adcode !== undefined && adcode === focus) return RANKS.focus;
  if (prefecture) return RANKS.prefecture;
  return adcode !== undefined && selected.has(adcode) && !alike ? RANKS.selected : RANKS.other;
}

/**
 * The last rank that is shown at a zoom.
 *
 * @param {number} zoom
 * @param {boolean} alike Whether every county is selected.
 */
export function lastRankShown(zoom, alike) {
  return zoom >= (alike ? ALIKE_FROM_ZOOM : ALL_FROM_ZOOM) ? RANKS.other : RANKS.partner;
}

/** @param {number} zoom @returns {number} Pixels of a label for a degree of radius. */
export const roomOfDegree = (zoom) => (2 * ROOM * 256 * 2 ** zoom) / 360;

/** A district's name stands beside the dot from which its lines lead; a prefecture's gives
 * way within its ground.
 * @param {{ partner?: string, width: number }} label @param {number} room */
const waysOut = ({ partner, width }, room) => (partner === undefined
  ? WAYS_OUT.filter((way) => Math.hypot(...way) <= HEIGHT / 2 + (room / (2 * ROOM)) * GIVES_WAY)
  : WAYS_OUT.slice(0, BESIDE).flatMap(([, y]) => [[width / 2 + 6, y], [-width / 2 - 6, y]]));

/** @param {Box} one @param {Box} other */
const touch = (one, other) => !(one[2] < other[0] || other[2] < one[0]
  || one[3] < other[1] || other[3] < one[1]);

/**
 * Where a label has room in its county and beside what was placed before it. What it
 * takes is added to `taken`.
 *
 * @param {{ rank: number, prefecture?: boolean, partner?: string, width: number,
 *   radius: number }} label
 * @param {Place} point
 * @param {number} room
 * @param {Box[]} taken
 * @returns {Place | null}
 */
export function placeLabel(label, point, room, taken) {
  const isFree = label.prefecture || label.partner !== undefined;
  const isBound = !isFree && label.rank !== RANKS.focus;
  if (isBound && label.width > room * label.radius) return null;
  const half = label.width / 2 + 2;
  for (const [aside, lower] of isFree ? waysOut(label, room) : WAYS_OUT.slice(0, 1)) {
    const x = point.x + aside;
    const y = point.y + lower;
    /** @type {Box} */
    const box = [x - half, y - HEIGHT / 2, x + half, y + HEIGHT / 2];
    if (!taken.some((other) => touch(box, other))) {
      taken.push(box);
      return { x, y };
    }
  }
  return null;
}
