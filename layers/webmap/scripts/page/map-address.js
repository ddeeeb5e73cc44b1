/* What stands behind the # of the map's address: where the map is, the year of its slider
 * and of that of a second map, the line between the two, and the reader's notes. It is the
 * browser's own affair: no server is told. */

/** @typedef {import("../map/notes.js").Note} Note */
/** @typedef {{ zoom: number, center: [lat: number, lon: number], year: number | null,
 *   besideYear: number | null }} Position */

/** Zoom, latitude, longitude, and the last year shown; that of a second map. */
const POSITION = /^([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)(?:\/(\d{4}|-)(?:\/(\d{4}))?)?$/;
/** Where the line between two maps stands, in parts of a hundred. */
const LINE = /^line=(\d{1,3}(?:\.\d+)?)$/;
const NOTE = /^(-?[\d.]+),(-?[\d.]+),(.*)$/;
const DECIMALS = 5; // about a metre

// As layers/webmap/map_notes.py has them.
export const MOST_NOTES = 12;
export const LONGEST_NOTE = 60;

/** Of the open page, for whoever makes a sheet or a file of its map: the notes, the year of
 * the map and that of its second map, the line between the two if it is not in the middle.
 * @type {{ notes: Note[], year: number | null, besideYear: number | null,
 *   line: number | null }} */
export const reader = { notes: [], year: null, besideYear: null, line: null };

/** One line without signs that are not to be seen, as long as a note may be.
 * @param {string} text */
export const cleanNote = (text) => Array.from(
  text.replace(/\p{C}/gu, " ").split(/\s+/).filter(Boolean).join(" "))
  .slice(0, LONGEST_NOTE).join("");

/** @param {string} text */
function decoded(text) {
  try {
    return cleanNote(decodeURIComponent(text));
  } catch {
    return ""; // an address that was cut off
  }
}

/** @param {string} hash
 * @returns {{ position: Position | null, notes: Note[], line: number | null }} */
export function readHash(hash) {
  const [first, ...parts] = hash.replace(/^#/, "").split("~");
  const line = LINE.exec(parts[0] ?? "");
  const rest = line ? parts.slice(1) : parts;
  const at = POSITION.exec(first);
  const position = at && {
    zoom: Number(at[1]),
    center: /** @type {[number, number]} */ ([Number(at[2]), Number(at[3])]),
    year: Number(at[4]) || null,
    besideYear: Number(at[5]) || null,
  };
  /** @type {Note[]} */
  const notes = [];
  for (const part of rest.slice(0, MOST_NOTES)) {
    const found = NOTE.exec(part);
    const text = found ? decoded(found[3]) : "";
    if (!found || !text) continue;
    const [lon, lat] = [Number(found[1]), Number(found[2])];
    if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) notes.push({ lon, lat, text });
  }
  return { position, notes, line: line && Math.min(100, Number(line[1])) };
}

/** @param {Position} position */
function yearsOf({ year, besideYear }) {
  if (besideYear) return [year ?? "-", besideYear];
  return year ? [year] : [];
}

/** @param {Position | null} position @param {Note[]} notes
 * @param {number | null} [line] Parts in a hundred; null for the middle. */
export function writeHash(position, notes, line = null) {
  const at = position ? [position.zoom, ...position.center.map((degrees) => degrees.toFixed(4)),
    ...yearsOf(position)].join("/") : "";
  const texts = notes.map(({ lon, lat, text }) => `~${lon.toFixed(DECIMALS)},${
    lat.toFixed(DECIMALS)},${encodeURIComponent(text).replaceAll("~", "%7E")}`);
  const all = [at, line === null ? "" : `~line=${Number(line.toFixed(1))}`, ...texts].join("");
  return all && `#${all}`;
}

/** A note as a parameter of a file's address. @param {Note} note */
export const noteParameter = ({ lon, lat, text }) => (
  `${lon.toFixed(DECIMALS)},${lat.toFixed(DECIMALS)},${text}`);
