/* The same page in a frame of a page of the atlas: it is painted at once and asks that page
 * for the rest, which asks the server. The page may part its number into other classes, and
 * open a county. */
import { openFile } from "./one-file.js";

/** @typedef {import("./one-file.js").Source} Source */

const MOST_BREAKS = 6; // as layers/select/breaks.py has it
const AGAIN = 1000; // ms; the page may not listen yet
const PATIENCE = 20_000; // ms

/** @returns {Promise<unknown>} When nothing else is to be done. */
const rest = () => new Promise((done) => {
  (globalThis.requestIdleCallback ?? setTimeout)(done);
});

class Host {
  constructor() {
    /** @type {Map<string, (content: any) => void>} */
    this.waiting = new Map();
    /** @type {Promise<any> | null} */
    this.index = null;
  }

  /** @param {string} question @returns {Promise<any>} */
  ask(question) {
    return new Promise((resolve, reject) => {
      const say = () => globalThis.parent.postMessage({ atlasAsks: question }, "*");
      const again = setInterval(say, AGAIN);
      const end = setTimeout(() => {
        this.answered(question, null);
        reject(Error(question));
      }, PATIENCE);
      this.answered(question, null);
      this.waiting.set(question, (content) => {
        clearInterval(again);
        clearTimeout(end);
        resolve(content);
      });
      say();
    });
  }

  /** @param {string} question @param {any} content */
  answered(question, content) {
    const answer = this.waiting.get(question);
    this.waiting.delete(question);
    answer?.(content);
  }

  /** @returns {Source} */
  get source() {
    return {
      county: (adcode) => this.ask(`county ${adcode}`),
      target: (hit) => this.ask(`target ${hit}`),
      // What stands under the map may come after it.
      notes: () => rest().then(() => this.ask("notes")).then((notes) => notes ?? []),
      search: () => {
        this.index ??= this.ask("search").catch((error) => {
          this.index = null;
          throw error;
        });
        return this.index;
      },
    };
  }
}

/** @param {import("../map/attach.js").HostMap} map */
export async function openFramed(map) {
  const host = new Host();
  const page = await openFile(map, () => host.source);
  globalThis.addEventListener("message", ({ data, source }) => {
    if (source !== globalThis.parent) return;
    if (typeof data?.atlasAnswers === "string") host.answered(data.atlasAnswers, data.content);
    if (Object.hasOwn(page.counties.records, data?.atlasOpens)) page.show(data.atlasOpens);
    if (!Array.isArray(data?.atlasBreaks)) return;
    const breaks = data.atlasBreaks.filter(Number.isFinite).slice(0, MOST_BREAKS);
    page.counties.reclass(breaks.sort((/** @type {number} */ a, /** @type {number} */ b) => a - b),
      String(data.said));
  });
  globalThis.parent.postMessage("atlas:ready", "*");
}
