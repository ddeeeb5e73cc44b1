import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { MapAnswers } from "../../layers/webmap/scripts/page/map-answers-view.js";

/** A frame that hears, and all that is asked of the session. */
function between() {
  /** @type {unknown[]} */
  const heard = [];
  const frame = /** @type {Window} */ (/** @type {unknown} */ (
    { postMessage: (/** @type {unknown} */ message) => heard.push(message) }));
  /** @type {{ id: string, question: string }[]} */
  const sent = [];
  /** @type {Window[]} */
  const frames = [frame];
  const answers = new MapAnswers(() => frames);
  answers.send = (asked) => { sent.push(asked); };
  const ask = (/** @type {unknown} */ question, source = frame) => answers.hear(
    { data: { atlasAsks: question }, source });
  return { answers, ask, frames, heard, sent };
}

test("questions are asked one after another, each answer goes to who asked", () => {
  const { answers, ask, heard, sent } = between();
  ask("notes");
  ask("county 130722");
  assert.deepEqual(sent.map(({ question }) => question), ["notes"]);

  answers.take({ id: sent[0].id, content: [["Title", "A"]] });
  assert.deepEqual(heard, [{ atlasAnswers: "notes", content: [["Title", "A"]] }]);
  assert.deepEqual(sent.map(({ question }) => question), ["notes", "county 130722"]);
  answers.stop();
});

test("a question that is repeated while it waits is asked once", () => {
  const { answers, ask, sent } = between();
  ask("search");
  ask("search");

  answers.take({ id: sent[0].id, content: null });
  assert.equal(sent.length, 1);
});

test("an answer of before is not taken for that of now", () => {
  const { answers, ask, heard, sent } = between();
  ask("notes");
  answers.take({ id: "another", content: 1 });
  answers.take(null);

  assert.deepEqual(heard, []);
  assert.equal(sent.length, 1);
  answers.stop();
});

test("who is no frame of the page is not heard, nor what is no question", () => {
  const { answers, ask, sent } = between();
  ask("notes", /** @type {Window} */ (/** @type {unknown} */ ({})));
  ask(7);
  ask("x".repeat(1000));
  answers.hear({ data: null, source: null });

  assert.deepEqual(sent, []);
});

test("a question that was lost is asked again, unless its frame is gone", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { answers, ask, frames, sent } = between();
  ask("notes");
  mock.timers.tick(4000);
  assert.deepEqual(sent.map(({ question }) => question), ["notes", "notes"]);

  frames.length = 0;
  mock.timers.tick(4000);
  assert.equal(sent.length, 2);
  assert.deepEqual(answers.asked, []);
  mock.timers.reset();
});

test("a county that is pressed beside the map opens on it, once for each press", () => {
  const { answers, heard } = between();
  const opens = (/** @type {number} */ id) => answers.open({ id, county: "130722" });

  assert.equal(answers.open(null), false);
  assert.deepEqual([opens(1), opens(1), opens(2)], [true, false, true]);
  assert.deepEqual(heard, [{ atlasOpens: "130722" }, { atlasOpens: "130722" }]);
});

test("what was pressed before the page was left is not opened when it is shown again", () => {
  const { frames, heard } = between();
  const before = { id: 3, county: "130722" };
  const again = new MapAnswers(() => frames, before);

  assert.equal(again.open(before), false);
  assert.equal(again.open({ id: 4, county: "130722" }), true);
  assert.equal(heard.length, 1);
});
