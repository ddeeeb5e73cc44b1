/* Classes of counties, fills, neighbours and labels. */
import assert from "node:assert/strict";
import { test } from "node:test";

import {
  classByCounty, countyInDirection, fillOfSigns, isInside, nextBaseMap, visibleSigns,
} from "../../layers/webmap/scripts/map/classes.js";
import { bands } from "../../layers/webmap/scripts/map/fill-patterns.js";
import {
  lastRankShown, placeLabel, rankOfLabel, RANKS, roomOfDegree,
} from "../../layers/webmap/scripts/map/label-choice.js";

/** Bits as Python's numpy.packbits writes them. @param {number[]} bits */
function packed(bits) {
  const bytes = Array.from({ length: Math.ceil(bits.length / 8) }, (_, at) => (
    bits.slice(8 * at, 8 * at + 8).reduce((sum, bit, i) => sum | (bit << (7 - i)), 0)));
  return Buffer.from(bytes).toString("base64");
}

test("bits name the counties of each class, in the order of the geometry", () => {
  const order = Array.from({ length: 11 }, (_, i) => `1301${String(i).padStart(2, "0")}`);
  const first = [1, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0];
  const second = [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1];

  const found = classByCounty([packed(first), "", packed(second)], order);

  assert.deepEqual([...found], [
    [order[0], 0], [order[2], 2], [order[7], 0], [order[8], 0], [order[10], 2]]);
});

test("a class is plain, a pattern or nothing, by the signs that are not switched off", () => {
  /** @type {{ colour: string, texture: import("../../layers/webmap/scripts/messages.js").Texture }[]} */
  const legend = [{ colour: "#a00", texture: "solid" }, { colour: "#a00", texture: "hatch" }];
  const signs = (/** @type {string[]} */ ...hidden) => (
    visibleSigns([0, 1], legend, new Set(hidden)));

  assert.deepEqual(fillOfSigns(signs()), { kind: "pattern" });
  assert.deepEqual(fillOfSigns(signs("#a00 hatch")), { kind: "plain", colour: "#a00" });
  assert.deepEqual(fillOfSigns(signs("#a00 solid")), { kind: "pattern" });
  assert.deepEqual(fillOfSigns(signs("#a00 solid", "#a00 hatch")), { kind: "nothing" });
});

test("programmes that meet stand side by side in one square", () => {
  const { size, shapes } = bands([["#111", "solid"], ["#222", "spots"]]);

  assert.equal(size, 16);
  assert.deepEqual(shapes.filter((shape) => shape.length === 5).map((s) => [s[0], s[3], s[4]]),
    [[0, 16, "#111"], [8, 16, "#222"]]);
  assert.equal(shapes.filter((shape) => shape.length === 4).length, 2);
});

test("an arrow leads to the nearest county ahead, not to one aside or behind", () => {
  /** @type {Record<string, { point: [number, number] }>} */
  const records = {
    here: { point: [0, 0] }, near: { point: [1, 0.2] }, far: { point: [3, 0] },
    aside: { point: [0.3, 0.9] }, behind: { point: [-0.1, 0] },
  };

  assert.equal(countyInDirection(records, "here", "ArrowRight"), "near");
  assert.equal(countyInDirection(records, "here", "ArrowUp"), "aside");
  assert.equal(countyInDirection(records, "here", "ArrowLeft"), "behind");
  assert.equal(countyInDirection(records, "here", "ArrowDown"), null);
  assert.equal(countyInDirection(records, "here", "Tab"), null);
});

test("a lasso takes what lies within, also where it is hollow", () => {
  /** @type {[number, number][]} */
  const hollow = [[0, 0], [4, 0], [4, 4], [3, 4], [3, 1], [1, 1], [1, 4], [0, 4]];

  assert.ok(isInside([0.5, 3], hollow));
  assert.ok(isInside([2, 0.5], hollow));
  assert.ok(!isInside([2, 3], hollow));
  assert.ok(!isInside([5, 2], hollow));
});

test("after the last base map comes none", () => {
  assert.deepEqual([-1, 0, 1].map((present) => nextBaseMap(present, 2)), [0, 1, -1]);
});

test("the county in focus matters most, then what is selected, then prefectures", () => {
  const shown = { focus: "130102", selected: new Set(["130102", "130104"]), alike: false };

  assert.deepEqual(
    [{ adcode: "130102" }, { prefecture: true }, { adcode: "130104" }, { adcode: "130105" }]
      .map((label) => rankOfLabel(label, shown)),
    [RANKS.focus, RANKS.prefecture, RANKS.selected, RANKS.other],
  );
  assert.ok(RANKS.selected < RANKS.prefecture);
  assert.equal(rankOfLabel({ adcode: "130104" }, { ...shown, alike: true }), RANKS.other);
  assert.equal(rankOfLabel({ prefecture: true }, { ...shown, focus: null }), RANKS.prefecture);
});

test("selected counties and prefectures are named at any zoom, the others close up", () => {
  assert.equal(lastRankShown(6.5, false), RANKS.partner);
  assert.equal(lastRankShown(8.25, false), RANKS.other);
  assert.equal(lastRankShown(6.5, true), RANKS.partner);
  assert.equal(lastRankShown(6.75, true), RANKS.other);
});

test("no label is wider than its county, none lies on another, prefectures give way", () => {
  const room = roomOfDegree(8);
  const county = { rank: RANKS.selected, width: 40, radius: 45 / room };
  const prefecture = { rank: RANKS.prefecture, prefecture: true, width: 60, radius: 0 };
  const at = { x: 100, y: 100 };
  /** @type {import("../../layers/webmap/scripts/map/label-choice.js").Box[]} */
  const taken = [];

  assert.equal(placeLabel({ ...county, width: 46 }, at, room, taken), null);
  assert.deepEqual(placeLabel(county, at, room, taken), at);
  assert.equal(placeLabel(county, at, room, taken), null);
  assert.deepEqual(placeLabel(prefecture, at, room, taken), { x: 100, y: 84 });
  assert.deepEqual(placeLabel(prefecture, at, room, taken), { x: 100, y: 116 });
  assert.equal(taken.length, 3);
});

test("on a small map the name of a prefecture is left out rather than set in the next", () => {
  const prefecture = { rank: RANKS.prefecture, prefecture: true, width: 60, radius: 0 };
  const at = { x: 100, y: 100 };
  for (const [zoom, ways] of [[4.75, 1], [5.75, 3]]) {
    /** @type {import("../../layers/webmap/scripts/map/label-choice.js").Box[]} */
    const taken = [];
    const places = Array.from({ length: 5 }, () => placeLabel(prefecture, at, roomOfDegree(zoom), taken));
    assert.equal(places.filter(Boolean).length, ways, `zoom ${zoom}`);
  }
});

test("a district is named beside its dot if lines lead from it, after the cities", () => {
  const shown = { focus: null, selected: new Set(), alike: false, partners: new Set(["110113"]) };
  assert.equal(rankOfLabel({ partner: "110113" }, shown), RANKS.partner);
  assert.equal(rankOfLabel({ partner: "110114" }, shown), RANKS.never);
  assert.equal(rankOfLabel({ partner: "110113" }, { ...shown, partners: undefined }), RANKS.never);
  assert.ok(RANKS.prefecture < RANKS.partner && RANKS.partner < RANKS.other);

  const label = { rank: RANKS.partner, partner: "110113", width: 40, radius: 0 };
  /** @type {import("../../layers/webmap/scripts/map/label-choice.js").Box[]} */
  const taken = [];
  const first = placeLabel(label, { x: 100, y: 100 }, 1, taken);
  assert.ok(first && Math.abs(first.x - 100) > 20 && first.y === 100);
  const second = placeLabel(label, { x: 100, y: 100 }, 1, taken);
  assert.ok(second && second.x < 80);
  for (let i = 0; i < 4; i += 1) placeLabel(label, { x: 100, y: 100 }, 1, taken);
  // Six ways out are all there are: a name far from its dot would name another.
  assert.equal(placeLabel(label, { x: 100, y: 100 }, 1, taken), null);
});
