/* The histogram of a number of one's own. The map that shows it stands in a frame, as a file
 * of its own: it hears how it is parted into classes, and says when it is there. */
import { element } from "../map/atlas.js";
import { styleSheets, setPageLanguage } from "./appearance.js";
import { ClassHistogram } from "./class-histogram.js";
import { whenGone } from "./component-run.js";

/** @typedef {{ limits: import("../messages.js").ClassLimits, note: string,
 *   looks: import("../messages.js").Fill[][],
 *   texts: import("../messages.js").Texts, language: import("../messages.js").LanguageCode }} Data */

class OwnHistogram {
  /** @param {Data["looks"]} looks */
  constructor(looks) {
    /** @type {(breaks: number[]) => void} */
    this.send = () => {};
    /** @type {{ atlasBreaks: number[], said: string }} */
    this.told = { atlasBreaks: [], said: "" };
    this.histogram = new ClassHistogram(looks, (breaks) => this.tell(breaks, ""),
      (breaks) => this.send(breaks));
    this.note = element("p", "atlas-limits-note");
    this.box = element("div", "atlas-panel atlas-own-limits");
    this.box.append(this.histogram.box, this.note);
    this.ready = (/** @type {MessageEvent} */ { data, source }) => {
      if (data === "atlas:ready") source?.postMessage(this.told, { targetOrigin: "*" });
    };
    window.addEventListener("message", this.ready);
  }

  /** @param {Data} data */
  update({ limits, note, texts, language }) {
    this.box.lang = language;
    setPageLanguage(language);
    this.note.textContent = note;
    this.note.hidden = !note;
    this.histogram.update(limits, texts);
    if (!this.histogram.isMoved) this.tell(limits.breaks, limits.said);
  }

  /** @param {number[]} breaks @param {string} said */
  tell(breaks, said) {
    this.told = { atlasBreaks: breaks, said };
    // A page that was written into the frame has no origin to name.
    /** @type {NodeListOf<HTMLIFrameElement>} */
    const frames = document.querySelectorAll("iframe[srcdoc]");
    for (const { contentWindow } of frames) contentWindow?.postMessage(this.told, "*");
  }

  stop() {
    window.removeEventListener("message", this.ready);
    this.box.remove();
  }
}

/** @type {WeakMap<Element, OwnHistogram>} */
const views = new WeakMap();

/** @param {import("../messages.js").Component<Data>} component */
export async function showOwnHistogram({ data, parentElement, setTriggerValue }) {
  await styleSheets("styles.css");
  const view = views.get(parentElement) ?? new OwnHistogram(data.looks);
  views.set(parentElement, view);
  view.send = (breaks) => setTriggerValue("breaks", breaks);
  if (view.box.parentElement !== parentElement) parentElement.append(view.box);
  view.update(data);
  return whenGone(parentElement, () => {
    view.stop();
    views.delete(parentElement);
  });
}
