/* What stands behind the # of the map's address: where the map is, the year of its slider
 * and of that of a second map, the line between the two, and the reader's notes. It is the
 * browser's own affair: no server is told. */

/** @typedef {import("../map/notes.js").Note} Note */
/** @typedef {{ zoom: number, center: [lat: number, lon: number] }} Position */

/** The last year that the map shows, and its second map; where the line between the two
 * stands, in parts of a hundred. Null is as it is at first.
 * @typedef {{ year: number | null, besideYear: number | null, line: number | null }} Shown */

/** Zoom, latitude, longitude, and the last year shown; that of a second map. */
const POSITION = /^([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)(?:\/(\d{4}|-)(?:\/(\d{4}))?)?$/;
/** What is said without a position: a map that nobody has moved fits any window. */
const PART = /^(line|until|beside)=(\d{1,4}(?:\.\d+)?)$/;
const LINE_END = 100;
const NOTE = /^(-?[\d.]+),(-?[\d.]+),(.*)$/;
const DECIMALS = 5; // about a metre

// As layers/webmap/map_notes.py has them.
export const MOST_NOTES = 12;
export const LONGEST_NOTE = 60;

/** Of the open page, for whoever makes a sheet or a file of its map.
 * @type {Shown & { notes: Note[] }} */
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

/** @param {string} hash @returns {Shown & { position: Position | null, notes: Note[] }} */
export function readHash(hash) {
  const [first, ...rest] = hash.replace(/^#/, "").split("~");
  const at = POSITION.exec(first);
  const position = at && {
    zoom: Number(at[1]),
    center: /** @type {[number, number]} */ ([Number(at[2]), Number(at[3])]),
  };
  /** @type {Record<string, number>} */
  const said = { until: Number(at?.[4]), beside: Number(at?.[5]) };
  for (let part = PART.exec(rest[0] ?? ""); part; part = PART.exec(rest[0] ?? "")) {
    said[part[1]] = Number(part[2]);
    rest.shift();
  }
  /** @type {Note[]} */
  const notes = [];
  for (const part of rest.slice(0, MOST_NOTES)) {
    const found = NOTE.exec(part);
    const text = found ? decoded(found[3]) : "";
    if (!found || !text) continue;
    const [lon, lat] = [Number(found[1]), Number(found[2])];
    if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) notes.push({ lon, lat, text });
  }
  const line = "line" in said ? Math.min(LINE_END, said.line) : null;
  return { position, notes, line, year: said.until || null, besideYear: said.beside || null };
}

/** @param {Shown} shown */
function yearsOf({ year, besideYear }) {
  if (besideYear) return [year ?? "-", besideYear];
  return year ? [year] : [];
}

/** @param {Position | null} position @param {Note[]} notes @param {Shown} shown */
export function writeHash(position, notes, shown) {
  const { year, besideYear, line } = shown;
  const at = position ? [position.zoom, ...position.center.map((degrees) => degrees.toFixed(4)),
    ...yearsOf(shown)].join("/") : "";
  /** @type {[string, number | null][]} */
  const parts = [["until", position ? null : year], ["beside", position ? null : besideYear],
    ["line", line === null ? null : Number(line.toFixed(1))]];
  const texts = notes.map(({ lon, lat, text }) => `~${lon.toFixed(DECIMALS)},${
    lat.toFixed(DECIMALS)},${encodeURIComponent(text).replaceAll("~", "%7E")}`);
  const said = parts.filter(([, value]) => value !== null).map((pair) => `~${pair.join("=")}`);
  const all = [at, ...said, ...texts].join("");
  return all && `#${all}`;
}

/** A note as a parameter of a file's address. @param {Note} note */
export const noteParameter = ({ lon, lat, text }) => (
  `${lon.toFixed(DECIMALS)},${lat.toFixed(DECIMALS)},${text}`);
