/* The histogram of a number with the limits of its classes as handles, for pointer, finger
 * and keys. While one moves only the page restyles; who made it hears when it is let go. */
import { Axis, classesOf, element, knownOf, movedBreak, svg, writtenNumber } from "../map/atlas.js";
import { filled } from "./filled.js";

/** @typedef {import("../messages.js").ClassLimits} ClassLimits */
/** @typedef {import("../messages.js").Texts} Texts */

const BARS = 32;
const HEIGHT = 56;
const KEY_MS = 700; // after the last key what it has moved is settled
const FAR = 10; // steps, of PageUp and PageDown

/** @type {Record<string, number>} */
const STEPS = {
  ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: FAR, PageDown: -FAR,
};

export class ClassHistogram {
  /**
   * @param {import("../messages.js").Fill[][]} looks Of the classes.
   * @param {(breaks: number[]) => void} show Restyles, at every move.
   * @param {(breaks: number[]) => void} settle Takes the breaks, when a limit is let go.
   */
  constructor(looks, show, settle) {
    this.looks = looks;
    this.show = show;
    this.settle = settle;
    this.box = element("div", "atlas-limits");
    this.plot = element("div", "atlas-limits-plot");
    this.bars = svg("svg", { viewBox: `0 0 ${BARS} ${HEIGHT}`, preserveAspectRatio: "none", role: "img" });
    this.ends = element("div", "atlas-limits-ends");
    this.said = element("output", "atlas-limits-said");
    this.plot.append(this.bars);
    this.box.append(this.plot, this.ends);
    /** @type {HTMLElement[]} */
    this.handles = [];
    /** @type {ClassLimits | null} */
    this.limits = null;
    /** @type {number[]} */
    this.breaks = [];
    /** @type {number[]} */
    this.known = [];
    /** @type {Axis | null} Of two different values at least. */
    this.axis = null;
    /** @type {Texts} */
    this.texts = {};
    /** The handle that a pointer moves; -1 for none. */
    this.held = -1;
    /** Whether the breaks are others than those that were settled. */
    this.isMoved = false;
    this.frame = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.later = undefined;
    this.plot.addEventListener("pointerdown", (event) => this.take(event));
    this.plot.addEventListener("pointermove", (event) => this.drag(event));
    this.plot.addEventListener("pointerup", () => this.release());
    this.plot.addEventListener("pointercancel", () => this.release());
    this.plot.addEventListener("keydown", (event) => this.key(event));
    this.plot.addEventListener("keyup", () => {
      clearTimeout(this.later);
      this.later = setTimeout(() => this.settled(), KEY_MS);
    });
    this.plot.addEventListener("focusout", () => { this.settled(); this.say(-1); });
    this.plot.addEventListener("focusin", ({ target }) => (
      this.say(this.handles.findIndex((handle) => handle === target))));
  }

  /**
   * Shows a number; hides where there is nothing to part.
   *
   * @param {ClassLimits | undefined} limits
   * @param {Texts} texts
   */
  update(limits, texts) {
    if (this.held >= 0 || this.isMoved) return; // what one does now is newer
    this.limits = limits ?? null;
    this.texts = texts;
    this.known = limits ? knownOf(limits) : [];
    const different = this.known.length > 1 && this.known[0] < (this.known.at(-1) ?? 0);
    this.box.hidden = !different;
    this.axis = different ? new Axis(this.known) : null;
    this.breaks = [...limits?.breaks ?? []];
    if (!this.axis || !limits) return;
    const { axis } = this;
    this.plot.setAttribute("role", "group");
    this.plot.setAttribute("aria-label", texts.limits);
    this.plot.title = texts.limits;
    this.bars.setAttribute("aria-label", texts.limit_bars);
    this.ends.replaceChildren(
      element("span", "", writtenNumber(axis.least, limits)),
      this.said,
      element("span", "", writtenNumber(axis.most, limits)),
    );
    while (this.handles.length > this.breaks.length) this.handles.pop()?.remove();
    while (this.handles.length < this.breaks.length) {
      const handle = element("div", "atlas-limit");
      handle.tabIndex = 0;
      handle.setAttribute("role", "slider");
      handle.setAttribute("aria-orientation", "horizontal");
      this.handles.push(handle);
      this.plot.append(handle);
    }
    this.draw();
    this.say(this.handles.findIndex((handle) => handle === document.activeElement));
  }

  draw() {
    const { axis, limits, breaks, known, texts } = this;
    if (!axis || !limits) return;
    const classes = classesOf(known, breaks);
    const looks = this.looks[Math.max(classes.length, 1) - 1];
    /** @type {number[][]} For each bar the counties of each class. */
    const counts = Array.from({ length: BARS }, () => classes.map(() => 0));
    for (const value of known) {
      const bar = Math.min(BARS - 1, Math.floor(axis.at(value) * BARS));
      counts[bar][classes.findIndex(([, high]) => value <= high)] += 1;
    }
    const sums = counts.map((own) => own.reduce((sum, n) => sum + n, 0));
    const most = Math.max(...sums);
    this.bars.replaceChildren(...counts.flatMap((own, bar) => {
      let top = HEIGHT;
      return own.flatMap((n, at) => {
        if (!n) return [];
        const height = (n / most) * (HEIGHT - 2);
        top -= height;
        return [svg("rect", { x: bar + 0.06, y: top, width: 0.88, height, fill: looks[at][0],
          class: "atlas-limits-bar" })];
      });
    }));
    breaks.forEach((value, at) => {
      const handle = this.handles[at];
      handle.style.left = `${100 * axis.at(value)}%`;
      handle.setAttribute("aria-label", filled(texts.limit, { n: at + 1, total: breaks.length }));
      handle.setAttribute("aria-valuemin", String(breaks[at - 1] ?? axis.least));
      handle.setAttribute("aria-valuemax", String(breaks[at + 1] ?? axis.most));
      handle.setAttribute("aria-valuenow", String(value));
      handle.setAttribute("aria-valuetext", this.text(at));
    });
  }

  /** What a limit parts. @param {number} at */
  text(at) {
    const { breaks, known, limits, texts } = this;
    if (!limits) return "";
    const n = known.filter((value) => (
      value <= breaks[at] && value > (breaks[at - 1] ?? -Infinity))).length;
    return filled(texts.limit_at, { value: writtenNumber(breaks[at], limits), n });
  }

  /** Says where a handle is; of none, what else is to be said of the axis.
   * @param {number} at */
  say(at) {
    const { limits } = this;
    this.said.textContent = at >= 0 && limits ? writtenNumber(this.breaks[at], limits)
      : this.axis?.isLogarithmic ? this.texts.limit_scale : "";
  }

  /** @param {number} at @param {number} value */
  move(at, value) {
    if (!this.axis) return;
    const breaks = movedBreak(this.breaks, at, value, this.axis);
    if (breaks[at] === this.breaks[at]) return;
    this.breaks = breaks;
    this.isMoved = true;
    this.draw();
    this.say(at);
    // Several moves of one frame are one.
    if (!this.frame) {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        this.show(this.breaks);
      });
    }
  }

  /** The value under a pointer. @param {PointerEvent} event */
  under({ clientX }) {
    const { left, width } = this.plot.getBoundingClientRect();
    const place = Math.min(1, Math.max(0, (clientX - left) / width));
    return this.axis?.value(place) ?? 0;
  }

  /** The nearest handle follows. @param {PointerEvent} event */
  take(event) {
    const { axis } = this;
    if (!axis || !this.breaks.length || event.button) return;
    event.preventDefault();
    const own = this.handles.findIndex((handle) => handle === event.target);
    const place = axis.at(this.under(event));
    const far = this.breaks.map((value) => Math.abs(axis.at(value) - place));
    this.held = own >= 0 ? own : far.indexOf(Math.min(...far));
    this.plot.setPointerCapture(event.pointerId);
    this.handles[this.held].focus({ preventScroll: true });
    if (own < 0) this.move(this.held, this.under(event));
  }

  /** @param {PointerEvent} event */
  drag(event) { if (this.held >= 0) this.move(this.held, this.under(event)); }

  release() {
    this.held = -1;
    this.settled();
  }

  settled() {
    if (this.held >= 0 || !this.isMoved) return;
    clearTimeout(this.later);
    this.isMoved = false;
    this.settle(this.breaks);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const at = this.handles.findIndex((handle) => handle === event.target);
    const { axis, breaks } = this;
    if (at < 0 || !axis) return;
    const steps = STEPS[event.key];
    /** @type {Record<string, number>} */
    const ends = { Home: breaks[at - 1] ?? axis.least, End: breaks[at + 1] ?? axis.most };
    if (!steps && !(event.key in ends)) return;
    event.preventDefault();
    event.stopPropagation();
    this.move(at, ends[event.key] ?? breaks[at] + steps * axis.step(breaks[at]));
  }
}
