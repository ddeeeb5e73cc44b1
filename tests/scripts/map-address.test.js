import assert from "node:assert/strict";
import test from "node:test";

import { cleanNote, LONGEST_NOTE, MOST_NOTES, noteParameter, readHash, writeHash }
  from "../../layers/webmap/scripts/page/map-address.js";

/** @type {import("../../layers/webmap/scripts/page/map-address.js").Position} */
const position = { zoom: 9, center: [40.8, 115.25] };
const usual = { year: null, besideYear: null, line: null };
const notes = [
  { lon: 114.98765, lat: 40.5, text: "走访：3个村，#1 ~ 5%/年" },
  { lon: -1.5, lat: 0, text: "a & b = <b>c</b>" },
];

test("what is written is read again, whatever the notes say", () => {
  for (const line of [null, 0, 37.5, 100]) {
    for (const [year, besideYear] of [[null, null], [2017, null], [2017, 2019], [null, 2019]]) {
      for (const at of [position, null]) {
        const said = { year, besideYear, line };
        assert.deepEqual(readHash(writeHash(at, notes, said)), { position: at, notes, ...said });
        assert.deepEqual(readHash(writeHash(at, [], said)), { position: at, notes: [], ...said });
      }
    }
  }
  assert.equal(writeHash(null, [], usual), "");
});

test("an address of before, without notes, means what it meant", () => {
  assert.deepEqual(readHash("#7.25/39.3000/116.1000"),
    { position: { zoom: 7.25, center: [39.3, 116.1] }, notes: [], ...usual });
  assert.equal(readHash("#7.25/39.3000/116.1000/2018").year, 2018);
  assert.equal(readHash("#section").position, null);
  assert.deepEqual(readHash(""), { position: null, notes: [], ...usual });
});

test("what is no note is left out, and the rest stays", () => {
  const kept = { lon: 115, lat: 40, text: "kept" };
  for (const wrong of ["~115,40", "~x,40,text", "~181,40,text", "~115,91,text", "~115,40,",
    "~115,40,%E4%B8", "~1.2.3,40,text"]) {
    assert.deepEqual(readHash(`#${wrong}~115,40,kept`).notes, [kept], wrong);
  }
});

test("a year that was chosen fixes no place", () => {
  assert.equal(writeHash(null, [], { ...usual, year: 2018, besideYear: 2019 }),
    "#~until=2018~beside=2019");
  assert.equal(writeHash(position, [], { ...usual, year: 2018 }), "#9/40.8000/115.2500/2018");
});

test("a line that lies beyond the map is at its edge, and what is none is left out", () => {
  assert.equal(readHash("#~line=250").line, 100);
  assert.equal(readHash("#~line=-3").line, null);
  assert.equal(readHash("#7/39/116~line=x").line, null);
  assert.equal(writeHash(null, [], { ...usual, line: 33.333 }), "#~line=33.3");
});

test("neither the notes of an address nor one of them grows beyond the limits", () => {
  const many = Array.from({ length: 50 }, (_, i) => ({ lon: 115, lat: 40, text: `n${i}` }));
  assert.equal(readHash(writeHash(null, many, usual)).notes.length, MOST_NOTES);
  const long = "𠀀".repeat(LONGEST_NOTE + 5);
  assert.equal(Array.from(cleanNote(long)).length, LONGEST_NOTE);
  assert.equal(cleanNote(" a\u0000\u202e\n  b\t"), "a b");
});

test("a file is told of a note as the server reads it", () => {
  assert.equal(noteParameter(notes[0]), "114.98765,40.50000,走访：3个村，#1 ~ 5%/年");
});
