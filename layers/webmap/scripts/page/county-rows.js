/* Rows of counties: columns, order, search, sums. Without a browser, to be tested. */

import { filled } from "./filled.js";

/** @typedef {import("../messages.js").CountyRecord} CountyRecord */
/** @typedef {import("../messages.js").ColumnEntry} ColumnEntry */
/** @typedef {import("../messages.js").LanguageCode} LanguageCode */
/** @typedef {import("../messages.js").ProgrammeEntry} ProgrammeEntry */
/** @typedef {import("../messages.js").Texts} Texts */
/** @typedef {string | number} Value */

/**
 * @typedef {object} Column
 * @property {string} id
 * @property {"text" | "number" | "year" | "area" | "mark"} kind How its values are shown.
 * @property {string} title
 * @property {string} meaning For who rests on its heading.
 * @property {(record: CountyRecord, adcode: string) => Value} value Empty if not known.
 */

/** @typedef {{ adcode: string, values: Record<string, Value> }} Row */
/** @typedef {{ column: string, down: boolean }} Order */
/** @typedef {{ n: number, area: number }} Tally */

export const MEMBER = "●";

/** What a county has in a column of the catalogue, by the kind of its variable.
 * @type {Record<string, (cell: any, column: ColumnEntry, language: LanguageCode) => Value>} */
const CELLS = {
  category: (cell, { classes }, language) => classes?.[cell]?.[`name_${language}`] ?? cell,
  relation: (cell, { classes }, language) => (
    cell.map((/** @type {string} */ code) => classes?.[code]?.[`name_${language}`] ?? code)
      .join(language === "en" ? ", " : "、")),
};

/** Columns that every county has; the others are of variables.
 * @type {Record<string, (it: CountyRecord, adcode: string, en: boolean, texts: Texts) => Value>} */
const BASE = {
  adcode: (_, adcode) => adcode,
  name: (it, _, en) => (en ? `${it.name_en} ${it.name}` : it.name),
  published_name: (it) => (it.published_name === it.name ? "" : it.published_name),
  prefecture: (it, _, en, texts) => {
    const prefecture = en ? it.prefecture_en : it.prefecture;
    const body = en ? it.run_by_en : it.run_by;
    return body ? filled(texts.table_run_by, { prefecture, body }) : prefecture;
  },
  area_km2: (it) => it.area_km2,
};

/** @type {Record<string, Column["kind"]>} */
const SHOWN_AS = { number: "number", date: "year" };

/** @param {CountyRecord} record @param {ProgrammeEntry} programme @param {Texts} texts */
function standing(record, programme, texts) {
  if (record.programmes.includes(programme.id)) return MEMBER;
  if (record.reported?.includes(programme.id)) return texts.reported;
  return programme.whole ? "" : texts.not_said;
}

/**
 * @param {LanguageCode} language
 * @param {ColumnEntry[]} entries Of the catalogue.
 * @param {ProgrammeEntry[]} programmes Each a column.
 * @param {Texts} texts
 * @returns {Column[]}
 */
export function columnsOf(language, entries, programmes, texts) {
  const en = language === "en";
  return [
    ...entries.map((entry) => {
      const unit = entry[`unit_${language}`];
      const name = entry[`name_${language}`];
      return {
        id: entry.id,
        kind: entry.id === "area_km2" ? /** @type {const} */ ("area")
          : SHOWN_AS[entry.kind] ?? /** @type {const} */ ("text"),
        title: unit ? `${name} (${unit})` : name,
        meaning: entry[`about_${language}`],
        value: (/** @type {CountyRecord} */ it, /** @type {string} */ adcode) => {
          if (entry.kind === "base") return BASE[entry.id](it, adcode, en, texts);
          if (entry.kind === "number") return entry.numbers?.[adcode] ?? "";
          const cell = it[entry.id] ?? "";
          if (cell === "") return it.unsaid?.includes(entry.id) ? texts.not_known : "";
          return CELLS[entry.kind] ? CELLS[entry.kind](cell, entry, language) : cell;
        },
      };
    }),
    ...programmes.map((programme) => ({
      id: programme.id,
      kind: /** @type {const} */ ("mark"),
      title: programme[`short_${language}`],
      meaning: programme[`definition_${language}`],
      value: (/** @type {CountyRecord} */ it) => standing(it, programme, texts),
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
  record.published_name, record.prefecture, record.prefecture_en, record.run_by,
  record.run_by_en].join(" ").toLocaleLowerCase();

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

/** A part of the whole in whole percent; a little is not nothing. @param {number} share */
export function shareText(share) {
  if (share > 0 && share < 0.01) return "< 1%";
  if (share < 1 && share > 0.99) return "> 99%";
  return `${Math.round(100 * share)}%`;
}
