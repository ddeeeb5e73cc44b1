import assert from "node:assert/strict";
import { test } from "node:test";

import { whenGone } from "../../layers/webmap/scripts/page/component-run.js";

test("a run that is overtaken leaves the place to the later one", () => {
  const place = /** @type {Node} */ (/** @type {unknown} */ ({ isConnected: true }));
  let ended = 0;

  whenGone(place, () => { ended += 1; })();

  assert.equal(ended, 0);
});

test("a run ends with its place", () => {
  const place = /** @type {Node} */ (/** @type {unknown} */ ({ isConnected: false }));
  let ended = 0;

  whenGone(place, () => { ended += 1; })();

  assert.equal(ended, 1);
});
