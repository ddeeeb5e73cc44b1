/* The table's rows, the counts, and the addresses of files. */
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  columnsOf, compareValues, countByPrefecture, countyRows, MEMBER,
} from "../../layers/webmap/scripts/page/county-rows.js";
import { fileAddress } from "../../layers/webmap/scripts/page/export-address.js";
import { filled } from "../../layers/webmap/scripts/page/filled.js";

/** @typedef {import("../../layers/webmap/scripts/messages.js").CountyRecord} CountyRecord */

/** @param {Partial<CountyRecord>} more @returns {CountyRecord} */
const county = (more) => ({
  name: "", name_en: "", published_name: "", prefecture: "", prefecture_en: "",
  prefecture_adcode: "130700", area_km2: 0, category: null, partner: null, partner_en: null,
  exit_year: null, programmes: [], point: [0, 0], radius: 0, short: "", ...more,
});

const RECORDS = {
  130708: county({
    name: "万全区", name_en: "Wanquan District", published_name: "万全县", area_km2: 1161.5,
    exit_year: 2019, programmes: ["a"],
  }),
  130709: county({ name: "崇礼区", name_en: "Chongli District", published_name: "崇礼区", area_km2: 984 }),
  130722: county({ name: "张北县", name_en: "Zhangbei County", published_name: "张北县", area_km2: 11000 }),
};
const CODES = Object.keys(RECORDS);
const PROGRAMME = {
  id: "a", name_zh: "甲", name_en: "A", short_zh: "甲", short_en: "A", colour: "#000",
  texture: /** @type {const} */ ("solid"), definition_zh: "甲是", definition_en: "A is",
};
const COLUMNS = columnsOf("zh", { column_adcode: "代码", about_adcode: "六位" }, [PROGRAMME]);

/** @param {string} column @param {string} [text] */
const codes = (column, text = "", down = false) => countyRows(RECORDS, CODES, COLUMNS,
  { text, order: { column, down } }).map(({ adcode }) => adcode);

test("numbers stand by size, not by their figures", () => {
  assert.deepEqual(codes("area_km2"), ["130709", "130708", "130722"]);
  assert.deepEqual(codes("area_km2", "", true), ["130722", "130708", "130709"]);
  assert.ok(compareValues(9, 10) < 0);
});

test("equal values stand by code, and so does a column that is not shown", () => {
  assert.deepEqual(codes("category"), CODES);
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
  assert.equal(chongli.values.exit_year, "");
  assert.deepEqual(COLUMNS.at(-1)?.title, "甲");
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
    "/layers/counties.x?all=deep_poverty&detail=overview&crs=EPSG%3A4490&lang=en");
  assert.equal(address({ systems: ["EPSG:4326"] }), "/layers/counties.x?all=deep_poverty&lang=en");
  assert.equal(address({ sheet: true }),
    "/layers/counties.x?all=deep_poverty&paper=A3&orientation=landscape&see=partner&lang=en");
  assert.equal(address({ way: true }), "/layers/counties.x?all=deep_poverty&see=partner&lang=en");
});

test("a value with a place's name in it is not filled in turn", () => {
  assert.equal(filled("{a} of {b}", { a: "{b}", b: 2 }), "{b} of 2");
});
