/* Two maps in a file of its own: what the file carries of the second, how both go to paper. */
import { element, MapNotes } from "../map/atlas.js";
import { TwoMaps } from "../two_maps/two-maps.js";

/** @typedef {import("../map/county-map.js").CountyMap} CountyMap */
/** @typedef {import("../two_maps/share.js").Split} Split */
/** @typedef {import("../two_maps/two-maps.js").Both} Both */
/** @typedef {import("../two_maps/two-maps.js").Shown} Shown */
/** @typedef {import("../messages.js").MapState} MapState */

const NARROW_FILE = 480; // px, as of the map

/** What `layers/webmap/map_pair.py` writes.
 * @typedef {object} Carried
 * @property {import("../messages.js").Bundle} bundle
 * @property {MapState} state
 * @property {{ state: Shown, first: Shown["head"], split: Split, line: number,
 *   until: number | null,
 *   themes: { id: string, name_zh: string, name_en: string, slider: boolean }[] }} [second]
 */

export class FileTwoMaps {
  /**
   * @param {L.Map} map
   * @param {CountyMap} first
   * @param {Carried} carried
   * @param {[lon: number, lat: number, text: string][]} notes
   * @param {HTMLElement} place Of the legends.
   */
  constructor(map, first, carried, notes, place) {
    const second = /** @type {NonNullable<Carried["second"]>} */ (carried.second);
    this.map = map;
    this.first = first;
    this.place = place;
    /** @type {Split} */
    this.split = second.split;
    /** @type {Shown[]} */
    this.states = [{ ...carried.state, head: second.first }, second.state];
    /** Whether the reader has moved the map. */
    this.moved = false;
    this.fitting = false;
    map.on("dragend", () => { this.moved = true; });
    map.on("zoomend", () => { this.moved ||= !this.fitting; });
    first.options.insets = () => this.two.leave(this.insets());
    this.two = new TwoMaps(map, first, () => first.texts[first.language], {
      insets: () => this.insets(),
      addresses: { url: "carried", full: null },
      load: () => Promise.resolve(carried.bundle),
      notes: {
        on: (other) => new MapNotes(other, null).show(
          notes.map(([lon, lat, text]) => ({ lon, lat, text }))),
        show() {},
      },
      reader: { besideYear: second.until, line: second.line },
      write() {},
      refit: () => this.refit(),
      stateOf: () => Promise.resolve(this.states[1]),
      themes: () => Promise.resolve(second.themes),
      offerLegend: () => this.showLegends(),
      acts: {
        swipe: () => this.turn("swipe"), side: () => this.turn("side"), swap: () => this.swap(),
      },
    });
    this.ready = this.two.show(this.both());
  }

  /** @returns {Both} */
  both() {
    const appearance = this.first.state?.appearance ?? this.states[0].appearance;
    return { ...this.states[0], appearance, focus: this.first.focused,
      beside: { query: "", split: this.split } };
  }

  insets() {
    return this.map.getSize().x < NARROW_FILE
      ? { left: 0, top: 44, right: 0, bottom: 26 } : { left: 44, top: 0, right: 0, bottom: 24 };
  }

  refit() {
    if (this.moved) return false;
    this.fitting = true;
    this.first.home();
    this.fitting = false;
    return true;
  }

  /** @param {Split} split */
  turn(split) {
    const before = this.split;
    this.split = split;
    this.two.put(this.both(), this.states[1], before);
  }

  swap() {
    this.two.swapYears();
    this.states.reverse();
    this.first.update(this.both());
    this.two.put(this.both(), this.states[1], this.split);
    this.two.follow();
  }

  showLegends() {
    const { second: { counties } } = this.two;
    if (!counties || this.place.childElementCount) return;
    const texts = this.first.texts[this.first.language];
    /** @type {[string, HTMLElement][]} */
    const legends = [[texts.two_first, this.first.legend.box],
      [texts.two_right, counties.legend.box]];
    for (const [name, box] of legends) {
      const details = element("details");
      details.open = true;
      details.append(element("summary", "", name), box);
      this.place.append(details);
    }
    this.place.hidden = false;
  }

  /** Room for a county, whose legends are a press away. @param {boolean} open */
  fold(open) {
    for (const details of this.place.querySelectorAll("details")) details.open = open;
  }

  /** @param {(counties: CountyMap) => void} act */
  each(act) {
    act(this.first);
    if (this.two.second.counties) act(this.two.second.counties);
  }

  /** @param {boolean} paper */
  print(paper) {
    this.two.print(paper);
    this.place.querySelectorAll("details").forEach((details) => { details.open ||= paper; });
  }
}
