/* The table's rows, the counts, and the addresses of files. */
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  columnsOf, compareValues, countByPrefecture, countyRows, MEMBER, shareText,
} from "../../layers/webmap/scripts/page/county-rows.js";
import { fileAddress } from "../../layers/webmap/scripts/page/export-address.js";
import { filled } from "../../layers/webmap/scripts/page/filled.js";

/** @typedef {import("../../layers/webmap/scripts/messages.js").CountyRecord} CountyRecord */
/** @typedef {import("../../layers/webmap/scripts/messages.js").ColumnEntry} ColumnEntry */

/** @param {Partial<CountyRecord>} more @returns {CountyRecord} */
const county = (more) => ({
  name: "", name_en: "", published_name: "", prefecture: "", prefecture_en: "",
  prefecture_adcode: "130700", area_km2: 0, programmes: [], point: [0, 0], radius: 0,
  short: "", ...more,
});

const RECORDS = {
  130708: county({
    name: "万全区", name_en: "Wanquan District", published_name: "万全县", area_km2: 1161.5,
    year: 2019, level: "low", partner: ["110000", "120000"], programmes: ["a"],
  }),
  130709: county({ name: "崇礼区", name_en: "Chongli District", published_name: "崇礼区", area_km2: 984,
    unsaid: ["year"] }),
  130722: county({ name: "张北县", name_en: "Zhangbei County", published_name: "张北县", area_km2: 11000 }),
};
const CODES = Object.keys(RECORDS);
const PROGRAMME = {
  id: "a", name_zh: "甲", name_en: "A", short_zh: "甲", short_en: "A", colour: "#000",
  texture: /** @type {const} */ ("solid"), definition_zh: "甲是", definition_en: "A is",
  whole: true, missing_zh: "", missing_en: "", named: 1, stated: null,
};
/** @type {(id: string, kind: string, more?: object) => ColumnEntry} */
const entry = (id, kind, more = {}) => (
  { id, kind, name_zh: `列${id}`, name_en: id, about_zh: "是", about_en: "is", ...more });
/** @type {(id: string) => import("../../layers/webmap/scripts/messages.js").Named} */
const named = (id) => ({ id, name_zh: `名${id}`, name_en: `Name ${id}` });
const ENTRIES = [
  ...["adcode", "name", "published_name", "prefecture", "area_km2"].map((id) => entry(id, "base")),
  entry("level", "category", { classes: { low: named("low") } }),
  entry("partner", "relation", { classes: { 110000: named("110000"), 120000: named("120000") } }),
  entry("year", "date"),
  entry("people", "number", {
    unit_zh: "人", unit_en: "persons", numbers: { 130708: 230000, 130709: null },
  }),
];
const TEXTS = { not_said: "未说明", not_known: "不详", reported: "另有报道",
  table_run_by: "{prefecture}（{body}管辖）" };
const COLUMNS = columnsOf("zh", ENTRIES, [PROGRAMME], TEXTS);

/** @param {string} column @param {string} [text] */
const codes = (column, text = "", down = false) => countyRows(RECORDS, CODES, COLUMNS,
  { text, order: { column, down } }).map(({ adcode }) => adcode);

test("a county that its prefecture does not run says who does, and is found by it", () => {
  const records = { ...RECORDS, 130629: county({
    name: "容城县", prefecture: "保定市", run_by: "雄安新区", run_by_en: "Xiong’an New Area" }) };
  /** @type {(text: string) => import("../../layers/webmap/scripts/page/county-rows.js").Row[]} */
  const found = (text) => countyRows(records, Object.keys(records), COLUMNS,
    { text, order: { column: "adcode", down: false } });
  assert.deepEqual(found("雄安").map(({ adcode }) => adcode), ["130629"]);
  assert.equal(found("容城")[0].values.prefecture, "保定市（雄安新区管辖）");
  assert.equal(found("万全")[0].values.prefecture, "");
});

test("a small part is not none, and nearly all not all", () => {
  assert.deepEqual([0, 0.003, 0.01, 0.505, 0.997, 1].map(shareText),
    ["0%", "< 1%", "1%", "51%", "> 99%", "100%"]);
});

test("numbers stand by size, not by their figures", () => {
  assert.deepEqual(codes("area_km2"), ["130709", "130708", "130722"]);
  assert.deepEqual(codes("area_km2", "", true), ["130722", "130708", "130709"]);
  assert.ok(compareValues(9, 10) < 0);
});

test("equal values stand by code, and so does a column that is not shown", () => {
  assert.deepEqual(codes("prefecture"), CODES);
  assert.deepEqual(codes("no_such_column"), CODES);
});

test("a name of today or of the source is found, in any case of its letters", () => {
  assert.deepEqual(codes("adcode", "万全县"), ["130708"]);
  assert.deepEqual(codes("adcode", " CHONGLI "), ["130709"]);
  assert.deepEqual(codes("adcode", "1307"), CODES);
  assert.deepEqual(codes("adcode", "no such"), []);
});

test("a published name stands only where it differs; members are marked", () => {
  const [wanquan, chongli] = countyRows(RECORDS, CODES, COLUMNS,
    { text: "", order: { column: "adcode", down: false } });

  assert.equal(wanquan.values.published_name, "万全县");
  assert.equal(chongli.values.published_name, "");
  assert.equal(wanquan.values.a, MEMBER);
  assert.equal(chongli.values.a, "");
  assert.equal(chongli.values.year, "不详"); // it applies, and nobody knows
  assert.equal(countyRows(RECORDS, ["130722"], COLUMNS, { text: "", order: { column: "name", down: false } })[0].values.year, "");
  assert.deepEqual(COLUMNS.at(-1)?.title, "甲");
});

test("a column shows what its variable is, by the kind", () => {
  const [wanquan] = countyRows(RECORDS, CODES, COLUMNS,
    { text: "", order: { column: "adcode", down: false } });

  assert.equal(wanquan.values.level, "名low");
  assert.equal(wanquan.values.partner, "名110000、名120000");
  assert.equal(wanquan.values.year, 2019);
  assert.equal(wanquan.values.people, 230000);
  assert.equal(countyRows(RECORDS, ["130709"], COLUMNS,
    { text: "", order: { column: "adcode", down: false } })[0].values.people, "");
  assert.equal(COLUMNS.find(({ id }) => id === "people")?.title, "列people (人)");
  const english = columnsOf("en", ENTRIES, [], TEXTS).find(({ id }) => id === "partner");
  assert.equal(english?.value(RECORDS[130708], "130708"), "Name 110000, Name 120000");
});

test("what the source does not say is not shown as no", () => {
  const [open] = columnsOf("zh", [], [{ ...PROGRAMME, id: "b", whole: false }], TEXTS);

  assert.equal(open.value(RECORDS[130709], "130709"), "未说明");
  assert.equal(open.value({ ...RECORDS[130709], reported: ["b"] }, "130709"), "另有报道");
  assert.equal(open.value({ ...RECORDS[130709], programmes: ["b"] }, "130709"), MEMBER);
});

test("counties are counted and measured by prefecture", () => {
  const sums = countByPrefecture({
    ...RECORDS, 130102: county({ prefecture_adcode: "130100", area_km2: 100 }),
  }, [...CODES, "130102"]);

  assert.deepEqual(sums.get("130700"), { n: 3, area: 13145.5 });
  assert.deepEqual(sums.get("130100"), { n: 1, area: 100 });
});

test("the address of a file has the selection and what the file can be", () => {
  const page = new URLSearchParams("all=deep_poverty&see=partner&county=130102");
  const chosen = {
    detail: "overview", system: "EPSG:4490", paper: "A3", orientation: "landscape", language: "en",
  };
  const address = (/** @type {object} */ offer) => fileAddress("/layers/counties", {
    id: "", title: "", suffix: ".x", vector: false, systems: [], ...offer,
  }, chosen, page, ["all"]);

  assert.equal(address({ vector: true, systems: ["EPSG:4326", "EPSG:4490"] }),
    "/layers/counties.x?all=deep_poverty&detail=overview&crs=EPSG%3A4490&see=partner&lang=en");
  assert.equal(address({ systems: ["EPSG:4326"] }),
    "/layers/counties.x?all=deep_poverty&see=partner&lang=en");
  assert.equal(address({ sheet: true }),
    "/layers/counties.x?all=deep_poverty&paper=A3&orientation=landscape&see=partner&lang=en");
  assert.equal(address({ themed: true }), "/layers/counties.x?all=deep_poverty&see=partner&lang=en");
});

test("a value with a place's name in it is not filled in turn", () => {
  assert.equal(filled("{a} of {b}", { a: "{b}", b: 2 }), "{b} of 2");
});
