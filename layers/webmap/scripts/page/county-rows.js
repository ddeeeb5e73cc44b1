/* Rows of counties: columns, order, search, sums. Without a browser, to be tested. */

/** @typedef {import("../messages.js").CountyRecord} CountyRecord */
/** @typedef {import("../messages.js").LanguageCode} LanguageCode */
/** @typedef {import("../messages.js").Texts} Texts */
/** @typedef {string | number} Value */

/**
 * @typedef {object} Column
 * @property {string} id
 * @property {"text" | "number" | "area" | "mark"} kind How its values are shown.
 * @property {string} title
 * @property {string} meaning For who rests on its heading.
 * @property {(record: CountyRecord, adcode: string) => Value} value Empty if not known.
 */

/** @typedef {{ adcode: string, values: Record<string, Value> }} Row */
/** @typedef {{ column: string, down: boolean }} Order */
/** @typedef {{ n: number, area: number }} Tally */

export const MEMBER = "●";

/**
 * @param {LanguageCode} language
 * @param {Texts} texts
 * @param {import("../messages.js").ProgrammeEntry[]} programmes Each a column.
 * @returns {Column[]}
 */
export function columnsOf(language, texts, programmes) {
  const en = language === "en";
  /** @type {(id: string, kind: Column["kind"], value: Column["value"]) => Column} */
  const detail = (id, kind, value) => (
    { id, kind, value, title: texts[`column_${id}`], meaning: texts[`about_${id}`] });
  return [
    detail("adcode", "text", (_, adcode) => adcode),
    detail("name", "text", (it) => (en ? `${it.name_en} ${it.name}` : it.name)),
    detail("published_name", "text", (it) => (
      it.published_name === it.name ? "" : it.published_name)),
    detail("prefecture", "text", (it) => (en ? it.prefecture_en : it.prefecture)),
    detail("area_km2", "area", (it) => it.area_km2),
    detail("category", "text", (it) => (it.category ? texts[`category_${it.category}`] : "")),
    detail("partner", "text", (it) => (en ? it.partner_en : it.partner) ?? ""),
    detail("exit_year", "number", (it) => it.exit_year ?? ""),
    ...programmes.map((programme) => ({
      id: programme.id,
      kind: /** @type {const} */ ("mark"),
      title: programme[`short_${language}`],
      meaning: programme[`definition_${language}`],
      value: (/** @type {CountyRecord} */ it) => (
        it.programmes.includes(programme.id) ? MEMBER : ""),
    })),
  ];
}

/** @param {Value} a @param {Value} b */
export function compareValues(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "zh-Hans-CN");
}

/** All names of a county, of today and as published. @param {string} adcode
 * @param {CountyRecord} record */
const namesOf = (adcode, record) => [adcode, record.name, record.name_en,
  record.published_name, record.prefecture, record.prefecture_en].join(" ").toLocaleLowerCase();

/**
 * The rows that hold a text, in order. Equal ones stand by their codes.
 *
 * @param {Record<string, CountyRecord>} records
 * @param {string[]} adcodes
 * @param {Column[]} columns
 * @param {{ text: string, order: Order }} wanted
 * @returns {Row[]}
 */
export function countyRows(records, adcodes, columns, { text, order }) {
  const sought = text.trim().toLocaleLowerCase();
  const rows = adcodes.filter((adcode) => namesOf(adcode, records[adcode]).includes(sought))
    .map((adcode) => ({
      adcode,
      values: Object.fromEntries(columns.map(({ id, value }) => (
        [id, value(records[adcode], adcode)]))),
    }));
  const by = columns.some(({ id }) => id === order.column) ? order.column : null;
  rows.sort((a, b) => (by === null ? 0 : compareValues(a.values[by], b.values[by]))
    || compareValues(a.adcode, b.adcode));
  return order.down ? rows.reverse() : rows;
}

/**
 * Number and area of counties, by the code of their prefecture.
 *
 * @param {Record<string, Pick<CountyRecord, "prefecture_adcode" | "area_km2">>} records
 * @param {string[]} adcodes
 * @returns {Map<string, Tally>}
 */
export function countByPrefecture(records, adcodes) {
  const sums = new Map();
  for (const adcode of adcodes) {
    const { prefecture_adcode: prefecture, area_km2: area } = records[adcode];
    const sum = sums.get(prefecture) ?? { n: 0, area: 0 };
    sums.set(prefecture, { n: sum.n + 1, area: sum.area + area });
  }
  return sums;
}
