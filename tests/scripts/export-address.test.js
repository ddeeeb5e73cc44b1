import assert from "node:assert/strict";
import test from "node:test";

import { embedCode } from "../../layers/webmap/scripts/page/export-address.js";

test("the code for a web page holds address and title as text", () => {
  const code = embedCode("https://atlas.example/a.html?all=x&see=y", '<b>"62"</b> & more');

  assert.match(code, /^<iframe src="https:\/\/atlas\.example\/a\.html\?all=x&amp;see=y" /);
  assert.match(code, / title="&lt;b&gt;&quot;62&quot;&lt;\/b&gt; &amp; more" /);
  assert.equal(code.match(/</g)?.length, 2);
});
