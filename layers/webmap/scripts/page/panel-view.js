/* Text, lists and tables described as JSON, built node by node.
 *
 * A node is a string, or [tag, attributes, ...children]. Tags and attributes are those
 * below and no others; text is text; an address opens only if it is http(s) or of this
 * page. So nothing of the data can become markup.
 */
import { svg, swatch } from "../map/atlas.js";
import { setPageLanguage, styleSheets } from "./appearance.js";
import { dot, dotPlot } from "./dot-plot.js";

/** @typedef {{ fills: import("../messages.js").Fill[], share: number, send: unknown,
 *   href: string, title?: string, who: import("./dot-plot.js").Who,
 *   plot: import("./dot-plot.js").DotPlot }} Attributes */
/** @typedef {string | [tag: string, attributes: Attributes, ...children: any[]]} PanelNode */
/** @typedef {{ nodes: PanelNode[], class: string, live: boolean,
 *   language: import("../messages.js").LanguageCode | "" }} PanelData */

const TAGS = new Set(["div", "section", "h1", "h2", "h3", "h4", "p", "span", "strong", "em",
  "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th",
  "td", "a", "details", "summary", "button", "small", "bar"]);
const ATTRIBUTES = new Set(["class", "title", "lang", "colspan", "scope", "role",
  "aria-label", "aria-pressed", "open", "id"]);

/** @param {string} text */
function address(text) {
  const url = new URL(text, document.baseURI);
  return ["http:", "https:"].includes(url.protocol) ? url.href : null;
}

/**
 * @param {PanelNode} node
 * @param {(value: unknown) => void} send
 * @returns {Node}
 */
function build(node, send) {
  if (typeof node === "string") return document.createTextNode(node);
  const [tag, attributes, ...children] = node;
  if (tag === "swatch") {
    const made = swatch(attributes.fills);
    if (attributes.title) {
      made.setAttribute("role", "img");
      made.setAttribute("aria-label", attributes.title);
      made.removeAttribute("aria-hidden");
      made.prepend(svg("title", {}, attributes.title));
    }
    return made;
  }
  if (tag === "dots") return dotPlot(attributes.plot);
  if (tag === "dot") return dot(attributes.who);
  if (!TAGS.has(tag)) throw new Error(`no such node: ${tag}`);
  const made = document.createElement(tag === "bar" ? "span" : tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (ATTRIBUTES.has(name)) made.setAttribute(name, String(value));
  }
  if (made instanceof HTMLAnchorElement) {
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
  if (made instanceof HTMLButtonElement) {
    made.type = "button";
    made.addEventListener("click", () => send(attributes.send));
  }
  made.append(...children.map((child) => build(child, send)));
  return made;
}

/** @param {import("../messages.js").Component<PanelData>} component */
export async function showPanel({ data, parentElement, setTriggerValue }) {
  await styleSheets("styles.css", "county.css");
  const box = document.createElement("div");
  box.className = `atlas-panel ${data.class || ""}`;
  if (data.language) {
    box.lang = data.language;
    setPageLanguage(data.language);
  }
  if (data.live) box.setAttribute("aria-live", "polite");
  box.append(...data.nodes.map((node) => build(node,
    (value) => setTriggerValue("press", value))));
  parentElement.querySelector(".atlas-panel")?.remove();
  parentElement.append(box);
}
