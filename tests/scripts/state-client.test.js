/* Presses and answers, in whatever order they come. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { StateClient } from "../../layers/webmap/scripts/page/state-client.js";

/** @typedef {import("../../layers/webmap/scripts/messages.js").AddressState} AddressState */

/** A server that adds what is pressed to the query, and answers when told to. */
function page() {
  /** @type {{ parameters: URLSearchParams, answer: () => void, fail: () => void }[]} */
  const waiting = [];
  /** @type {[string, string][]} */
  const sent = [];
  /** @type {string[]} */
  const painted = [];
  /** @type {string[]} */
  const reported = [];
  /** @param {URLSearchParams} parameters @returns {Promise<AddressState>} */
  const request = (parameters) => new Promise((resolve, reject) => {
    const language = parameters.get("lang");
    const query = [parameters.get("q"), parameters.get("press")].filter(Boolean).join("+");
    waiting.push({
      parameters,
      answer: () => resolve(/** @type {AddressState} */ (/** @type {unknown} */ (
        { query: query && `q=${query}`, language, version: `${query} ${language}` }))),
      fail: () => reject(new Error("no answer")),
    });
  });
  const client = new StateClient({
    request, insist: request, report: (answer) => { reported.push(answer); }, log() {},
  });
  const follow = (query = "", more = {}) => client.followSession(
    { query, language: "zh", appearance: "light", focus: null, ...more },
    (name, value) => { sent.push([name, value]); },
    async (state) => { painted.push(state.query); return ["130102"]; },
  );
  const next = async () => {
    while (!waiting.length) await new Promise((resolve) => { setImmediate(resolve); });
    return /** @type {(typeof waiting)[number]} */ (waiting.shift());
  };
  const opened = async () => {
    const done = follow();
    (await next()).answer();
    await done;
  };
  return { client, waiting, sent, painted, reported, follow, next, opened };
}

test("a press is painted, shown to who listens, then told to Python", async () => {
  const { client, sent, painted, next, opened } = page();
  await opened();
  /** @type {string[]} */
  const shown = [];
  client.subscribe((state) => shown.push(`${state.query} ${state.selected}`));
  assert.deepEqual(shown, [" 130102"]);

  const done = client.press({ press: "a" });
  const asked = await next();
  assert.deepEqual(sent, []);
  asked.answer();
  await done;

  assert.deepEqual(painted, ["", "q=a"]);
  assert.deepEqual(shown, [" 130102", "q=a 130102"]);
  assert.deepEqual(sent, [["go", "q=a"]]);
});

test("a press that was begun is asked for once, and shown when it is done", async () => {
  const { client, waiting, painted, sent, next, opened } = page();
  await opened();
  client.expect({ press: "a" });
  (await next()).answer();
  assert.deepEqual(painted, [""]);
  await client.press({ press: "a" });
  assert.deepEqual(sent, [["go", "q=a"]]);
  assert.deepEqual(waiting, []);

  // Begun and not done, or done otherwise: what is pressed counts.
  client.expect({ press: "b" });
  (await next()).answer();
  const other = client.press({ press: "c" });
  (await next()).answer();
  await other;
  assert.equal(painted.at(-1), "q=a+c");
});

test("what did not come when a press was begun is asked for by the press", async () => {
  const { client, painted, next, opened } = page();
  await opened();
  client.expect({ press: "a" });
  const done = client.press({ press: "a" });
  (await next()).fail();
  (await next()).answer();
  await done;
  assert.equal(painted.at(-1), "q=a");
});

test("quick presses all count, one on top of the other", async () => {
  const { client, sent, next, opened } = page();
  await opened();

  client.press({ press: "a" });
  const done = client.press({ press: "b" });
  (await next()).answer();
  const second = await next();
  assert.equal(second.parameters.get("q"), "a");
  second.answer();
  await done;

  assert.deepEqual(sent, [["go", "q=a"], ["go", "q=a+b"]]);
});

test("Python's answer to an earlier press does not take the later one back", async () => {
  const { client, waiting, painted, follow, next, opened } = page();
  await opened();
  for (const value of ["a", "b"]) {
    const done = client.press({ press: value });
    (await next()).answer();
    await done;
  }

  await follow("q=a");
  await follow("q=a+b");

  assert.equal(waiting.length, 0);
  assert.deepEqual(painted, ["", "q=a", "q=a+b"]);
});

test("where Python goes by itself, the page follows", async () => {
  const { client, painted, follow, next, opened } = page();
  await opened();

  const done = follow("q=link");
  (await next()).answer();
  await done;

  assert.deepEqual(painted, ["", "q=link"]);
  assert.equal(client.session.query, "q=link");
});

test("a press that is not answered is said, and the next starts where the page is", async () => {
  const { client, sent, reported, next, opened } = page();
  await opened();

  const lost = client.press({ press: "a" });
  (await next()).fail();
  await lost;
  assert.equal(reported.at(-1), "failed");
  const done = client.press({ press: "b" });
  const asked = await next();
  assert.equal(asked.parameters.get("q"), null);
  asked.answer();
  await done;

  assert.deepEqual(sent, [["go", "q=b"]]);
  assert.equal(reported.at(-1), "here");
});

test("an answer is late after a while, not before", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { client, reported, next, opened } = page();
  await opened();
  reported.length = 0;

  const done = client.press({ press: "a" });
  const asked = await next();
  context.mock.timers.tick(399);
  assert.deepEqual(reported, []);
  context.mock.timers.tick(1);
  assert.deepEqual(reported, ["late"]);
  asked.answer();
  await done;
  assert.deepEqual(reported, ["late", "here"]);
});

test("appearance and focus are painted without another request, nothing is painted twice", async () => {
  const { painted, waiting, follow, opened } = page();
  await opened();

  await follow("", { focus: "130102" });
  await follow("", { focus: "130102" });

  assert.equal(waiting.length, 0);
  assert.deepEqual(painted, ["", ""]);
});

test("who has stopped listening hears nothing", async () => {
  const { client, next, opened } = page();
  await opened();
  const listener = mock.fn();
  client.subscribe(listener)();

  const done = client.press({ press: "a" });
  (await next()).answer();
  await done;

  assert.equal(listener.mock.callCount(), 1);
});
