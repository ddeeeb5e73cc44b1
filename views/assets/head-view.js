/* Over the map: the selection in words, its parts to remove, ways out, ways of seeing. */
import "./atlas.js";
import { catalogue } from "./shared.js";
import { styled } from "./styled.js";

const { element } = AtlasMap;

function button(className, text, act, attributes = {}) {
  const node = element("button", className, text);
  node.type = "button";
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.addEventListener("click", act);
  return node;
}

const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export default async function (component) {
  const { data, parentElement, setTriggerValue } = component;
  await styled("page.css");
  const all = await catalogue();
  const texts = all.texts[data.language];
  const box = element("div", "atlas-panel atlas-head");
  box.lang = data.language;

  const sentence = element("div", "atlas-sentence");
  sentence.setAttribute("aria-live", "polite");
  const count = element("p");
  count.append(element("strong", "atlas-selected-count",
    put(texts.selected_of, { n: data.selected, total: data.total })), " ");
  for (const [field, value, name] of data.parts) {
    const label = put(texts.remove, { name });
    count.append(button("atlas-chip", `${name} ✕`,
      () => setTriggerValue("toggle", [field, value]), { title: label, "aria-label": label }));
  }
  sentence.append(element("h2", "", data.sentence), count);
  if (!data.selected) {
    const notice = element("section", "atlas-notice", texts.no_match);
    notice.setAttribute("role", "status");
    const ways = element("ul");
    for (const [field, value, name, left] of data.wider) {
      const way = element("li");
      way.append(button("atlas-link", put(texts.without, { name, n: left }),
        () => setTriggerValue("toggle", [field, value])));
      ways.append(way);
    }
    notice.append(ways);
    sentence.append(notice);
  }

  const ways = element("div", "atlas-ways");
  ways.setAttribute("role", "group");
  ways.setAttribute("aria-label", texts.ways);
  for (const way of all.ways) {
    ways.append(button("atlas-way", texts[`way_${way}`], () => setTriggerValue("way", way),
      { "aria-pressed": String(way === data.way) }));
  }
  const copy = button("atlas-link atlas-copy", texts.copy_link, async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      copy.textContent = texts.export_copied;
    } catch {
      window.prompt(texts.copy_link, location.href);
    }
  });
  const bar = element("div", "atlas-bar-row");
  bar.append(ways, copy);
  box.append(sentence, bar);

  // The map's text alternative, whichever of the two comes first.
  AtlasMap.summary = put(texts.map_of, data);
  document.querySelector(".folium-map")?.setAttribute("aria-label", AtlasMap.summary);

  const before = parentElement.querySelector(".atlas-head");
  const focused = before ? [...before.querySelectorAll("button")]
    .indexOf(document.activeElement) : -1;
  if (before) before.replaceWith(box);
  else parentElement.append(box);
  if (focused >= 0) box.querySelectorAll("button")[focused]?.focus({ preventScroll: true });
  return () => box.remove();
}
