/* Between the map in its frame and the server: what the map asks is asked of the session,
 * one question at a time, and the answer handed on; and a county that was pressed elsewhere
 * on the page is opened on the map. It shows nothing. */
import { whenGone } from "./component-run.js";

/** @typedef {{ answer: { id: string, content: unknown } | null,
 *   opened: { id: number, county: string } | null }} Data */
/** @typedef {{ id: string, question: string, frame: Window }} Asked */

const AGAIN = 4000; // ms; a run of the page that is broken off takes its question with it
const LONGEST = 200;

export class MapAnswers {
  /**
   * @param {() => Iterable<Window | null>} frames Those that may ask.
   * @param {Data["opened"]} [before] What was pressed before the map was shown: whoever
   *   comes back to the page finds the map as it is first shown.
   */
  constructor(frames, before) {
    this.frames = frames;
    /** @type {(asked: { id: string, question: string }) => void} */
    this.send = () => {};
    /** @type {Asked[]} The first is being answered. */
    this.asked = [];
    this.number = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.again = undefined;
    /** @type {number | undefined} Of the county that was opened last. */
    this.opened = before?.id;
  }

  /**
   * Opens a county on the map, once for each press; says whether.
   *
   * @param {Data["opened"]} opened
   */
  open(opened) {
    if (!opened || opened.id === this.opened) return false;
    this.opened = opened.id;
    for (const frame of this.frames()) frame?.postMessage({ atlasOpens: opened.county }, "*");
    return true;
  }

  /** @param {Pick<MessageEvent, "data" | "source">} message */
  hear({ data, source }) {
    const question = data?.atlasAsks;
    if (typeof question !== "string" || question.length > LONGEST) return;
    const frame = [...this.frames()].find((one) => one && one === source);
    if (!frame || this.asked.some((one) => one.frame === frame && one.question === question)) return;
    this.number += 1;
    this.asked.push({ id: `${Date.now()} ${this.number}`, question, frame });
    if (this.asked.length === 1) this.next();
  }

  next() {
    clearTimeout(this.again);
    const [first] = this.asked;
    if (!first) return;
    this.send({ id: first.id, question: first.question });
    this.again = setTimeout(() => {
      // A frame that is gone waits for nothing.
      const there = new Set(this.frames());
      this.asked = this.asked.filter(({ frame }) => there.has(frame));
      this.next();
    }, AGAIN);
  }

  /** @param {Data["answer"]} answer */
  take(answer) {
    const [first] = this.asked;
    if (!answer || answer.id !== first?.id) return;
    this.asked.shift();
    // A page that was written into the frame has no origin to name.
    first.frame.postMessage({ atlasAnswers: first.question, content: answer.content }, "*");
    this.next();
  }

  stop() {
    clearTimeout(this.again);
    this.asked = [];
  }
}

/** @type {WeakMap<Element, { answers: MapAnswers, stop: () => void }>} */
const views = new WeakMap();

/** @returns {HTMLIFrameElement[]} */
const mapsOfPage = () => [...document.querySelectorAll("iframe[srcdoc]")]
  .map((frame) => /** @type {HTMLIFrameElement} */ (frame));

const framesOfPage = () => mapsOfPage().map((frame) => frame.contentWindow);

/** @param {Data["opened"]} before */
function begin(before) {
  const answers = new MapAnswers(framesOfPage, before);
  const hear = (/** @type {MessageEvent} */ message) => answers.hear(message);
  window.addEventListener("message", hear);
  return {
    answers,
    stop() {
      window.removeEventListener("message", hear);
      answers.stop();
    },
  };
}

/** @param {import("../messages.js").Component<Data>} component */
export function answerMap({ data, parentElement, setTriggerValue }) {
  const view = views.get(parentElement) ?? begin(data.opened);
  views.set(parentElement, view);
  view.answers.send = (asked) => setTriggerValue("asked", asked);
  view.answers.take(data.answer);
  if (view.answers.open(data.opened)) mapsOfPage()[0]?.scrollIntoView({ block: "nearest" });
  return whenGone(parentElement, () => {
    view.stop();
    views.delete(parentElement);
  });
}
