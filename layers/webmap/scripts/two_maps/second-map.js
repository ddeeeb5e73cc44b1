/* A second map of the same geometry that shows what the first one, which leads, does.
 *
 * It lies under the first one's panes, of which those that are drawn of a selection end
 * where the two meet. All presses, wheels and fingers go to the map that leads: they reach
 * it from here too, for this one lies in it. While that one moves, this one is moved as a
 * picture; it is drawn anew when the move has ended, as the first one is.
 */
import { attach } from "../map/atlas.js";

/** @typedef {import("../map/attach.js").HostMap} HostMap */
/** @typedef {import("../map/county-map.js").CountyMap} CountyMap */
/** @typedef {import("./share.js").Split} Split */

/** Panes with what is seen of one selection; measures and marks are of both. */
const OWN_PANES = ["tilePane", "atlas-painting", "atlas-counties", "atlas-circles", "atlas-relations",
  "atlas-labels", "atlas-places"];
const FAR = 100000; // px, beyond any map

export class SecondMap {
  /**
   * @param {HostMap} leader
   * @param {CountyMap} first
   */
  constructor(leader, first) {
    this.leader = leader;
    this.first = first;
    this.box = document.createElement("div");
    this.box.className = "atlas-second";
    this.node = document.createElement("div");
    this.box.append(this.node);
    leader.getContainer().prepend(this.box);
    /** @type {Split} */
    this.split = "swipe";
    this.line = 0;
    this.start = 0;
    this.map = new L.Map(this.node, {
      center: leader.getCenter(), zoom: leader.getZoom(), zoomSnap: 0, zoomAnimation: false,
      zoomControl: false, dragging: false, touchZoom: false,
      scrollWheelZoom: false, doubleClickZoom: false,
      boxZoom: false, keyboard: false, inertia: false,
    });
    const pointOf = leader.mouseEventToContainerPoint;
    // A press on the second half means the place that is seen there.
    leader.mouseEventToContainerPoint = (event) => {
      const point = pointOf.call(leader, event);
      return this.shown && this.start && point.x > this.line
        ? point.subtract([this.start, 0]) : point;
    };
    const setZoom = leader.setZoom;
    // Buttons and keys zoom round the middle of what is seen of the first.
    leader.setZoom = (zoom, options) => {
      const eye = this.eye();
      return eye ? leader.setZoomAround(eye, zoom, options)
        : setZoom.call(leader, zoom, options);
    };
    leader.on("zoomanim", ({ center, zoom }) => this.scaleTo(center, zoom));
    leader.on("zoom move", () => this.follow());
    leader.on("moveend", () => this.settle());
    leader.on("atlas:base", () => this.counties?.tools.showBase(first.tools.base));
    /** @type {CountyMap | null} */
    this.counties = null;
    this.shown = false;
  }

  /** @param {{ url: string | null, full: string | null }} addresses @param {(address: string) =>
   *   Promise<import("../messages.js").Bundle>} load */
  async open(addresses, load) {
    const counties = await attach(this.map, addresses, load, {
      legendApart: true, leader: this.leader,
    });
    this.counties = counties;
    let dragged = false;
    this.box.addEventListener("pointerdown", () => { dragged = false; }, { capture: true });
    this.leader.on("dragstart", () => { dragged = true; });
    counties.on("select", (adcode) => {
      // A press that has dragged the map away means no county.
      if (!dragged) this.first.select(adcode);
    });
    return counties;
  }

  /**
   * @param {Split} split
   * @param {{ line: number, start: number }} room See `dividedRoom`.
   */
  place(split, { line, start }) {
    const moved = !this.shown || start !== this.start || split !== this.split;
    Object.assign(this, { split, line, start, shown: true });
    this.box.hidden = false;
    this.box.style.left = `${start}px`;
    this.box.style.clipPath = split === "swipe" ? `inset(0 0 0 ${line}px)` : "";
    this.clip();
    const size = this.map.getSize();
    if (moved || this.node.clientWidth !== size.x || this.node.clientHeight !== size.y) {
      this.map.invalidateSize({ animate: false, pan: false });
      this.settle();
    }
  }

  /** The middle of the first, where it has a part of the room only. */
  eye() {
    return this.shown && this.start
      ? L.point(this.line / 2, this.leader.getSize().y / 2) : null;
  }

  hide() {
    this.shown = false;
    this.box.hidden = true;
    this.clip();
  }

  /* The first map's panes end at the line; beside one another, all that is on it does. */
  clip() {
    const { leader, line, split, shown } = this;
    const whole = leader.getPane("mapPane");
    const { x } = L.DomUtil.getPosition(/** @type {HTMLElement} */ (whole));
    const edge = line - x;
    const shape = `polygon(${-FAR}px ${-FAR}px, ${edge}px ${-FAR}px, ${edge}px ${FAR}px, ${-FAR}px ${FAR}px)`;
    const own = OWN_PANES.map((name) => leader.getPane(name));
    for (const pane of [whole, ...own]) {
      const ends = shown && (split === "side" ? pane === whole : pane !== whole);
      if (pane) pane.style.clipPath = ends ? shape : "";
    }
  }

  /** Shows, as a picture, what the leader will show at a zoom.
   * @param {L.LatLng} center @param {number} zoom */
  scaleTo(center, zoom) {
    if (!this.shown) return;
    const corner = this.leader.project(center, zoom)
      .subtract(this.leader.getSize().divideBy(2));
    this.node.classList.add("atlas-second-zooming");
    this.picture(corner, zoom);
  }

  /** @param {L.Point} corner Upper left of the leader, in pixels of the world. @param {number} zoom */
  picture(corner, zoom) {
    const scale = this.map.getZoomScale(zoom, this.map.getZoom());
    const own = /** @type {L.Point} */ (this.map.getPixelBounds().min);
    L.DomUtil.setTransform(this.node, own.multiplyBy(scale).subtract(corner), scale);
  }

  /* Of a move that goes on. */
  follow() {
    if (!this.shown) return;
    this.clip();
    const { leader, map } = this;
    const corner = /** @type {L.Point} */ (leader.getPixelBounds().min);
    if (map.getZoom() !== leader.getZoom()) {
      this.node.classList.remove("atlas-second-zooming");
      this.picture(corner, leader.getZoom());
      return;
    }
    const pane = /** @type {HTMLElement} */ (map.getPane("mapPane"));
    const off = /** @type {L.Point} */ (map.getPixelBounds().min).subtract(corner);
    L.DomUtil.setPosition(pane, L.DomUtil.getPosition(pane).add(off));
  }

  /* Of a move that has ended. */
  settle() {
    if (!this.shown) return;
    const { leader, map, node } = this;
    node.classList.remove("atlas-second-zooming");
    node.style.transform = "";
    if (map.getZoom() !== leader.getZoom()) {
      const center = leader.containerPointToLatLng(map.getSize().divideBy(2));
      map.setView(center, leader.getZoom(), { animate: false });
    }
    this.follow(); // to the pixel
    map.fire("moveend");
  }
}
