/* What did not come is asked for again, and no failure is kept. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { ATTEMPTS, isPassing, Requests, StatusError } from "../../layers/webmap/scripts/page/requests.js";

/** A server that answers as told, one answer a request; the last one for ever.
 * @param {...(number | "down")} answers */
function server(...answers) {
  /** @type {string[]} */
  const asked = [];
  /** @type {number[]} */
  const pauses = [];
  /** @type {import("../../layers/webmap/scripts/page/requests.js").RequestTrouble[]} */
  const reports = [];
  const requests = new Requests({
    fetch: async (address) => {
      asked.push(address);
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer === "down") throw new TypeError("Failed to fetch");
      return { ok: answer === 200, status: Number(answer), json: async () => ({ from: address }) };
    },
    pause: async (milliseconds) => { pauses.push(milliseconds); },
    report: (trouble) => { reports.push(trouble); },
  });
  return { requests, asked, pauses, reports };
}

/** Lets everything happen that can happen by itself. */
const settle = () => new Promise((resolve) => { setImmediate(resolve); });

test("what has come is fetched once for all who ask", async () => {
  const { requests, asked, reports } = server(200);

  const [one, other] = await Promise.all([requests.sharedJson("a"), requests.sharedJson("a")]);

  assert.equal(one, other);
  assert.deepEqual(asked, ["a"]);
  assert.deepEqual(reports, []);
});

test("a line that is down once is asked again after a pause, and said meanwhile", async () => {
  const { requests, asked, pauses, reports } = server("down", 503, 200);

  assert.deepEqual(await requests.sharedJson("a"), { from: "a" });

  assert.equal(asked.length, 3);
  assert.deepEqual(pauses, [500, 1000]);
  assert.deepEqual(reports, [{ repeated: 1, failed: 0 }, { repeated: 0, failed: 0 }]);
});

test("tries are bounded; then only who asks again causes another", async () => {
  const { requests, asked, reports } = server("down");
  requests.sharedJson("a");
  await settle();

  assert.equal(asked.length, ATTEMPTS);
  assert.deepEqual(reports.at(-1), { repeated: 0, failed: 1 });

  requests.sharedJson("a");
  await settle();
  assert.equal(asked.length, 2 * ATTEMPTS);
});

test("who waited from the first gets what comes after a resume", async () => {
  const { requests, reports } = server(...Array(ATTEMPTS).fill("down"), 200);
  const waiting = requests.sharedJson("a");
  await settle();

  requests.resume();

  assert.deepEqual(await waiting, { from: "a" });
  assert.deepEqual(reports.at(-1), { repeated: 0, failed: 0 });
});

test("an answer that no repeating can change is not repeated", async () => {
  const { requests, asked, pauses } = server(404);

  await assert.rejects(requests.repeat("a", () => requests.json("a")), { status: 404 });

  assert.equal(asked.length, 1);
  assert.deepEqual(pauses, []);
});

test("what is insisted on is asked for anew the next time", async () => {
  const { requests, asked } = server(200);

  await requests.insist("a", () => requests.json("a"));
  await requests.insist("a", () => requests.json("a"));

  assert.equal(asked.length, 2);
});

test("busy servers and broken lines pass, refusals do not", () => {
  for (const status of [408, 429, 500, 502, 503]) assert.ok(isPassing(new StatusError("a", status)));
  for (const status of [400, 403, 404, 410]) assert.ok(!isPassing(new StatusError("a", status)));
  assert.ok(isPassing(new TypeError("Failed to fetch")));
});
