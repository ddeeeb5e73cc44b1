import assert from "node:assert/strict";
import test from "node:test";

import { filled } from "../../layers/webmap/scripts/page/filled.js";

test("places are filled, and what counts has a form for one", () => {
  assert.equal(filled("{n} {n:county|counties} of {total}", { n: 1, total: 167 }), "1 county of 167");
  assert.equal(filled("{n} {n:county|counties}", { n: 7 }), "7 counties");
  assert.equal(filled("{n}个县", { n: 0 }), "0个县");
});
