/* Text, lists and tables described as JSON, built node by node.
 *
 * A node is a string, or [tag, attributes, ...children]. Tags and attributes are those
 * below and no others; text is text; an address opens only if it is http(s) or of this
 * page. So nothing of the data can become markup.
 */
import "./atlas.js";
import { speak, styled } from "./styled.js";

const TAGS = new Set(["div", "section", "h2", "h3", "h4", "p", "span", "strong", "em",
  "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th",
  "td", "a", "details", "summary", "button", "small", "bar"]);
const ATTRIBUTES = new Set(["class", "title", "lang", "colspan", "scope", "role",
  "aria-label", "aria-pressed", "open", "id"]);

function address(text) {
  const url = new URL(text, document.baseURI);
  return ["http:", "https:"].includes(url.protocol) ? url.href : null;
}

function build(node, send) {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, ...children] = node;
  if (tag === "swatch") {
    const made = AtlasMap.swatch(attributes.fills);
    if (attributes.title) {
      made.setAttribute("role", "img");
      made.setAttribute("aria-label", attributes.title);
      made.removeAttribute("aria-hidden");
      made.prepend(AtlasMap.svg("title", {}, attributes.title));
    }
    return made;
  }
  if (!TAGS.has(tag)) throw new Error(`no such node: ${tag}`);
  const made = document.createElement(tag === "bar" ? "span" : tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (ATTRIBUTES.has(name)) made.setAttribute(name, value);
  }
  if (tag === "a") {
    const href = address(attributes.href);
    if (href) {
      made.href = href;
      if (new URL(href).origin !== location.origin) {
        made.target = "_blank";
        made.rel = "noopener noreferrer";
      }
    }
  }
  if (tag === "bar") {
    made.className = "atlas-bar";
    made.style.setProperty("--share", String(attributes.share));
  }
  if (tag === "button") {
    made.type = "button";
    made.addEventListener("click", () => send(attributes.send));
  }
  made.append(...children.map((child) => build(child, send)));
  return made;
}

export default async function (component) {
  const { data, parentElement, setTriggerValue } = component;
  await styled("page.css");
  const box = document.createElement("div");
  box.className = `atlas-panel ${data.class || ""}`;
  if (data.language) {
    box.lang = data.language;
    speak(data.language);
  }
  if (data.live) box.setAttribute("aria-live", "polite");
  box.append(...data.nodes.map((node) => build(node,
    (value) => setTriggerValue("press", value))));
  parentElement.querySelector(".atlas-panel")?.remove();
  parentElement.append(box);
  return () => box.remove();
}
