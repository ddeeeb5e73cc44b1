import assert from "node:assert/strict";
import test from "node:test";

import { embedCode, fileAddress, pictureAddress } from "../../layers/webmap/scripts/page/export-address.js";

test("the code for a web page holds address and title as text", () => {
  const code = embedCode("https://atlas.example/a.html?all=x&see=y", '<b>"62"</b> & more');

  assert.match(code, /^<iframe src="https:\/\/atlas\.example\/a\.html\?all=x&amp;see=y" /);
  assert.match(code, / title="&lt;b&gt;&quot;62&quot;&lt;\/b&gt; &amp; more" /);
  assert.equal(code.match(/</g)?.length, 2);
});

test("a picture is asked for as the map is seen", () => {
  const page = new URLSearchParams("all=x&see=y&beside=all%3Dz&county=130722");
  const picture = { suffix: "svg", language: "en", window: [100, 39.00001, 116.5, 60], until: 2017,
    notes: ["115,40,a & b"] };

  const [path, query] = pictureAddress("/layers/counties", picture, page, ["all"]).split("?");

  assert.equal(path, "/layers/counties.svg");
  assert.deepEqual(Object.fromEntries(new URLSearchParams(query)), {
    all: "x", see: "y", window: "105.0000,39.0000,116.5000,48.0000", until: "2017", text: "text",
    note: "115,40,a & b", lang: "en",
  });
  const whole = { ...picture, suffix: "png", language: "zh", window: null, until: null, notes: [] };
  assert.equal(pictureAddress("/l", whole, new URLSearchParams(), []), "/l.png?window=selection");
});

test("a file that opens as the page is shows both maps, their years and the line", () => {
  const html = { id: "html", title: "", suffix: ".html", vector: false, systems: [], themed: true };
  const chosen = { detail: "full", system: "", paper: "", orientation: "", language: "zh" };
  const page = new URLSearchParams("all=x&see=y&beside=all%3Dz&split=side");
  const seen = { notes: [], year: 2017, besideYear: 2019, line: 33.333 };
  /** @param {import("../../layers/webmap/scripts/page/export-address.js").Offer} offer @param {URLSearchParams} from */
  const asked = (offer, from) => Object.fromEntries(new URLSearchParams(
    fileAddress("/l", offer, chosen, from, ["all"], seen).split("?")[1]));

  assert.deepEqual(asked(html, page), { all: "x", see: "y", until: "2017", beside: "all=z",
    split: "side", beside_until: "2019", line: "33.3" });
  // Without a second map nothing is said of one; a table has neither.
  assert.deepEqual(asked(html, new URLSearchParams("all=x")), { all: "x", until: "2017" });
  assert.deepEqual(asked({ ...html, themed: false }, page), { all: "x", see: "y" });
  // All counties are a second map, too.
  assert.equal(asked(html, new URLSearchParams("all=x&beside=")).beside, "");
});
