/* Classes of a number whose limits are moved in the page. */
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  Axis, classesOf, movedBreak, reclassed, writtenNumber,
} from "../../layers/webmap/scripts/map/class-limits.js";
import { classByCounty } from "../../layers/webmap/scripts/map/classes.js";

/** @typedef {import("../../layers/webmap/scripts/messages.js").MapState} MapState */

const ORDER = ["130102", "130104", "130105", "130107", "130108"];
/** @type {import("../../layers/webmap/scripts/messages.js").Fill[][]} */
const LOOKS = [1, 2, 3].map((n) => Array.from({ length: n }, (_, at) => [`#${n}${at}`, "solid"]));

const MAP = { order: ORDER, looks: LOOKS, range: "{low} to {high}" };

/** Five counties: one is not selected, one has no value. @returns {MapState} */
function state() {
  return /** @type {any} */ ({
    legend: [
      { programme: null, value: "1..30", colour: "#10", texture: "solid", name: "", count: "", note: "large" },
      { programme: null, value: null, colour: "#777", texture: "hatch", name: "no data", count: "", note: "" },
    ],
    classes: [[0], [1]],
    // The first, third and fourth; the fifth.
    counties: [Buffer.from([0b10110000]), Buffer.from([0b00001000])].map((bits) => bits.toString("base64")),
    limits: {
      method: "quantiles", classes: 5, breaks: [], values: [1, 7, 10, 30, null],
      factor: 1, written: ["{n} km", "{n} mile", "0"], said: "quantiles",
    },
  });
}

test("each county that is shown is in the class of its value, who has none in none", () => {
  const found = reclassed(state(), [1, 20], MAP, "");

  assert.deepEqual(found.legend.map(({ name, colour }) => [name, colour]), [
    ["1 mile", "#30"], ["7 to 10 km", "#31"], ["30 km", "#32"], ["no data", "#777"]]);
  const classes = classByCounty(found.counties, ORDER);
  assert.deepEqual([...classes], [["130102", 0], ["130105", 1], ["130107", 2], ["130108", 3]]);
  assert.deepEqual(found.legend.map(({ note }) => note), ["", "", "large", ""]);
  assert.deepEqual(reclassed(found, [1, 20], MAP, ""), found);
});

test("a class without a value is none, and colours are those of the classes there are", () => {
  const found = reclassed(state(), [11, 12], MAP, "own");

  assert.deepEqual(found.legend.map(({ name, colour }) => [name, colour]), [
    ["1 to 10 km", "#20"], ["30 km", "#21"], ["no data", "#777"]]);
  assert.equal(found.limits?.said, "own");
});

test("classes are those of the server", () => {
  assert.deepEqual(classesOf([1, 2, 3, 4], [2]), [[1, 2], [3, 4]]);
  assert.deepEqual(classesOf([1, 2, 30], [2, 10, 20]), [[1, 2], [30, 30]]);
});

test("a limit stays between its neighbours, whatever is asked", () => {
  const axis = new Axis([0.39, 1, 2, 4, 6.83]);
  let breaks = [1.3, 2.25, 3.19, 4.5];
  let seed = 7;
  for (let turn = 0; turn < 3000; turn += 1) {
    seed = (seed * 16807) % 2147483647;
    breaks = movedBreak(breaks, seed % 4, -2 + (seed % 1000) / 100, axis);
    for (const [at, value] of breaks.entries()) {
      assert.ok(value >= 0.39 && value < 6.83);
      assert.ok(!at || value > breaks[at - 1], `${breaks}`);
      assert.ok(String(value).length < 6, `${value} has more digits than a reader sees`);
    }
  }
});

test("a limit of whole numbers is whole, and round as far as the axis is long", () => {
  const axis = new Axis([54730, 200000, 400000, 600000, 1095986]);

  assert.deepEqual(movedBreak([233790, 400000], 0, 301234.5, axis), [300000, 400000]);
  assert.equal(new Axis([0, 1, 2, 3]).step(1), 1);
});

test("where most values lie in one place equal ratios have equal lengths", () => {
  const values = [1, 2, 2, 3, 3, 4, 5, 6, 1000];
  const axis = new Axis(values);

  assert.ok(axis.isLogarithmic);
  assert.ok(Math.abs(axis.at(10) - 1 / 3) < 1e-9);
  assert.ok(Math.abs(axis.value(axis.at(37)) - 37) < 1e-9);
  assert.equal(new Axis([0, ...values]).isLogarithmic, false);
});

test("a number is written as the server writes it", () => {
  const person = { factor: 10000, written: /** @type {[string, string, string]} */ (["{n} persons", "", "{n} persons"]) };

  assert.equal(writtenNumber(42, person), "420,000 persons");
  assert.equal(writtenNumber(0.00001, person), "0.1 persons");
  assert.equal(writtenNumber(1234.5, { factor: 1, written: ["{n}%", "{n}%", "{n}%"] }), "1,234.5%");
});
