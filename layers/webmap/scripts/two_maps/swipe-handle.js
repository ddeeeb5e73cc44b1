/* The line between two maps, drawn aside by pointer, finger or keyboard. */
import { element, svg } from "../map/atlas.js";
import { filled } from "../page/filled.js";
import { bounded, MIDDLE, stepOf } from "./share.js";

const SETTLED_MS = 250; // browsers refuse an address that is written at every pixel

export class SwipeHandle {
  /**
   * @param {HTMLElement} container Of the map.
   * @param {() => number} free Pixels of it along which the line can stand.
   * @param {(at: number) => void} move Parts in a hundred of them.
   * @param {(at: number) => void} settle Likewise, after the line has come to rest.
   */
  constructor(container, free, move, settle) {
    this.free = free;
    this.move = move;
    this.settle = settle;
    this.at = MIDDLE;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.text = "";
    this.node = element("div", "atlas-swipe");
    this.node.tabIndex = 0;
    this.node.setAttribute("role", "slider");
    this.node.setAttribute("aria-orientation", "horizontal");
    this.node.setAttribute("aria-valuemin", "0");
    this.node.setAttribute("aria-valuemax", "100");
    const grip = element("span", "atlas-swipe-grip");
    grip.append(svg("svg", { width: 22, height: 14, viewBox: "0 0 22 14", "aria-hidden": "true" },
      svg("path", { d: "M7 2L2 7l5 5 M15 2l5 5-5 5", fill: "none", stroke: "currentColor", "stroke-width": 2 })));
    this.node.append(grip);
    container.append(this.node);
    // No part of the map: what is drawn here does not move it.
    L.DomEvent.disableClickPropagation(this.node);
    this.node.addEventListener("pointerdown", (event) => {
      event.stopPropagation();
      this.node.setPointerCapture(event.pointerId);
      const offset = event.clientX - this.node.getBoundingClientRect().left
        - this.node.clientWidth / 2;
      const listening = new AbortController();
      const { signal } = listening;
      this.node.addEventListener("pointermove", ({ clientX }) => {
        const { left } = container.getBoundingClientRect();
        this.go((100 * (clientX - offset - left)) / this.free());
      }, { signal });
      for (const end of ["pointerup", "pointercancel"]) {
        this.node.addEventListener(end, () => listening.abort(), { signal });
      }
    });
    this.node.addEventListener("keydown", (event) => {
      const next = stepOf(event.key, this.at);
      if (next === null) return;
      event.preventDefault();
      event.stopPropagation();
      this.go(next);
    });
  }

  /** @param {number} at */
  go(at) {
    this.put(at);
    this.move(this.at);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(this.at), SETTLED_MS);
  }

  /** Stands where an address says. @param {number} at */
  put(at) {
    this.at = bounded(at);
    this.say();
  }

  /** @param {string} label @param {string} text Says how much the first map has, `{n}`. */
  name(label, text) {
    this.text = text;
    this.node.setAttribute("aria-label", label);
    this.say();
  }

  say() {
    const n = Math.round(this.at);
    this.node.setAttribute("aria-valuenow", String(n));
    this.node.setAttribute("aria-valuetext", filled(this.text, { n }));
  }
}
