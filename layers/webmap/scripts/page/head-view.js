/* Over the map: the selection in words, its parts to remove, ways out, ways of seeing. */
import "./atlas.js";
import { press, subscribe } from "./page-state.js";
import { afterPaint, catalogue } from "./shared.js";
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

const drop = (field, value) => () => press({ press: `${field}:${value}` });

function sentence(head, texts) {
  const box = element("div", "atlas-sentence");
  box.setAttribute("aria-live", "polite");
  const count = element("p");
  count.append(element("strong", "atlas-selected-count",
    put(texts.selected_of, { n: head.selected, total: head.total })), " ");
  for (const [field, value, name] of head.parts) {
    const label = put(texts.remove, { name });
    count.append(button("atlas-chip", `${name} ✕`, drop(field, value),
      { title: label, "aria-label": label }));
  }
  box.append(element("h2", "", head.sentence), count);
  if (!head.selected) box.append(waysOut(head.wider, texts));
  return box;
}

/* For a selection that no county meets: how many would be left without each part. */
function waysOut(wider, texts) {
  const notice = element("section", "atlas-notice", texts.no_match);
  notice.setAttribute("role", "status");
  const list = element("ul");
  for (const [field, value, name, left] of wider) {
    const item = element("li");
    item.append(button("atlas-link", put(texts.without, { name, n: left }), drop(field, value)));
    list.append(item);
  }
  notice.append(list);
  return notice;
}

function bar(ways, way, texts) {
  const group = element("div", "atlas-ways");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", texts.ways);
  for (const id of ways) {
    group.append(button("atlas-way", texts[`way_${id}`], () => press({ see: id }),
      { "aria-pressed": String(id === way) }));
  }
  const copy = button("atlas-link atlas-copy", texts.copy_link, async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      copy.textContent = texts.export_copied;
    } catch {
      window.prompt(texts.copy_link, location.href);
    }
  });
  const row = element("div", "atlas-bar-row");
  row.append(group, copy);
  return row;
}

function draw(parentElement, all, { head, way, language }) {
  const texts = all.texts[language];
  const box = element("div", "atlas-panel atlas-head");
  box.lang = language;
  box.append(sentence(head, texts), bar(all.ways, way, texts));

  // The map's text alternative, whichever of the two comes first.
  AtlasMap.summary = put(texts.map_of, head);
  document.querySelector(".folium-map")?.setAttribute("aria-label", AtlasMap.summary);

  const before = parentElement.querySelector(".atlas-head");
  const focused = before ? [...before.querySelectorAll("button")]
    .indexOf(document.activeElement) : -1;
  if (before) before.replaceWith(box);
  else parentElement.append(box);
  if (focused >= 0) box.querySelectorAll("button")[focused]?.focus({ preventScroll: true });
}

/* What was asked for is late, or did not come: the page shows what it showed before. */
function tell(parentElement, answer, texts) {
  parentElement.querySelector(".atlas-answer")?.remove();
  if (answer === "here") return;
  const notice = element("section", "atlas-answer",
    answer === "late" ? texts.state_late : texts.state_failed);
  notice.classList.toggle("atlas-notice", answer === "failed");
  notice.setAttribute("role", answer === "late" ? "status" : "alert");
  (parentElement.querySelector(".atlas-head") || parentElement).append(notice);
}

export default async function (component) {
  const { parentElement } = component;
  await styled("page.css");
  const all = await catalogue();
  parentElement.atlasStop?.();
  const stop = subscribe((state) => afterPaint(() => draw(parentElement, all, state)));
  const told = ({ detail: { answer, language } }) => (
    tell(parentElement, answer, all.texts[language]));
  window.addEventListener("atlas:answer", told);
  parentElement.atlasStop = () => {
    stop();
    window.removeEventListener("atlas:answer", told);
  };
  return () => {
    parentElement.atlasStop?.();
    parentElement.querySelector(".atlas-head")?.remove();
  };
}
