/* A map of one's own in a frame: a page of its own, which the component before it hears. It
 * stands here and not in Streamlit's frame because that comes late: its code is asked for
 * when it is first shown, and what waits for code is put on the page in its turn. */
import { whenGone } from "./component-run.js";

/** @typedef {{ html: string, title: string, height: number, expected: string[] }} Data */

/* What the page in the frame may do: run, print, open a source in another window. */
const MAY = "allow-scripts allow-modals allow-popups allow-popups-to-escape-sandbox";

/** @type {WeakMap<Element, { frame: HTMLIFrameElement, html: string }>} */
const views = new WeakMap();

const rest = () => new Promise((done) => {
  (globalThis.requestIdleCallback ?? setTimeout)(done);
});

/* Has scripts that will be wanted there, when nothing else is to be done: all are fetched at
 * once, then run one by one, which takes as long as the map. They are Streamlit's own and do
 * nothing until they are used. Whoever saves data waits for them later.
 */
/** @param {string[]} addresses */
async function expect(addresses) {
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
  if (connection?.saveData) return;
  await rest();
  const all = addresses.map((one) => new URL(one, document.baseURI).href);
  document.head.append(...all.map(
    (href) => Object.assign(document.createElement("link"), { rel: "modulepreload", href })));
  for (const address of all) {
    await rest();
    await window.atlasImport(address).catch(() => {});
  }
}

/** @type {WeakSet<Element>} */
const expecting = new WeakSet();

/** @param {import("../messages.js").Component<Data>} component */
export function showMapFrame({ data, parentElement }) {
  const { html, title, height, expected } = data;
  if (expected.length && !expecting.has(parentElement)) {
    expecting.add(parentElement);
    expect(expected);
  }
  const last = views.get(parentElement);
  if (!html || last?.html !== html) {
    last?.frame.remove();
    views.delete(parentElement);
  }
  if (html && !views.has(parentElement)) {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", MAY);
    Object.assign(frame, { className: "atlas-map-frame", title, srcdoc: html });
    frame.style.height = `${height}px`;
    parentElement.append(frame);
    views.set(parentElement, { frame, html });
  }
  return whenGone(parentElement, () => {
    views.get(parentElement)?.frame.remove();
    views.delete(parentElement);
  });
}
