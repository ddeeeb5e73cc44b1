/* What two maps share: counties, the room, the line between them. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { dividedRoom, sharedBy, stepOf } from "../../layers/webmap/scripts/two_maps/share.js";

test("counties of both are counted once, whatever their order", () => {
  assert.deepEqual(sharedBy(["a", "b", "c"], ["c", "d", "b"]), { first: 3, second: 3, both: 2 });
  assert.deepEqual(sharedBy([], ["a"]), { first: 0, second: 1, both: 0 });
  assert.deepEqual(sharedBy(new Map([["a", 1]]).keys(), ["a"]), { first: 1, second: 1, both: 1 });
});

test("the line goes where keys of a slider lead, and never beyond the room", () => {
  assert.equal(stepOf("ArrowRight", 50), 52);
  assert.equal(stepOf("ArrowLeft", 50), 48);
  assert.equal(stepOf("PageUp", 95), 100);
  assert.equal(stepOf("ArrowDown", 1), 0);
  assert.equal(stepOf("Home", 70), 0);
  assert.equal(stepOf("End", 70), 100);
  assert.equal(stepOf("a", 70), null);
});

test("swiped, the second lies under the first; side by side it begins where that ends", () => {
  const room = { width: 1000, right: 200 };
  assert.deepEqual(dividedRoom("swipe", room, 25), { line: 200, start: 0 });
  assert.deepEqual(dividedRoom("swipe", room, 100), { line: 800, start: 0 });
  assert.deepEqual(dividedRoom("side", room, 25), { line: 400, start: 400 });
  assert.deepEqual(dividedRoom("side", { width: 100, right: 150 }, 25), { line: 0, start: 0 });
});
