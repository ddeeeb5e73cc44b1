import assert from "node:assert/strict";
import { test } from "node:test";
import { circlesOf, radiusOf } from "../../layers/webmap/scripts/map/circles.js";
import { lightness } from "../../layers/webmap/scripts/map/pair-key.js";

test("four times the number is twice the radius", () => {
  assert.equal(radiusOf(25, 100, 16), 8);
  assert.equal(radiusOf(100, 100, 16), 16);
});

test("the largest circle comes first; nought, none and not selected have no circle", () => {
  const told = { values: [4, null, 16, 0, 9], most: 16, keys: [] };
  const shown = new Set(["a", "b", "c", "d"]);

  assert.deepEqual(circlesOf(told, ["a", "b", "c", "d", "e"], shown, 10), [["c", 10], ["a", 5]]);
});

test("white is light and black is dark, green lighter than blue", () => {
  assert.equal(Math.round(lightness("#ffffff") * 1e6) / 1e6, 1);
  assert.equal(lightness("#000000"), 0);
  assert.ok(lightness("#00ff00") > lightness("#0000ff"));
});
