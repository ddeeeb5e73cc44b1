/* A picture of the map, as a file: what is seen of it now or the whole selection, with
 * title, legend, scale and credit. It is drawn where map sheets are. */
import { element, mapControl, pushButton } from "../map/atlas.js";
import { pictureAddress } from "./export-address.js";
import { download } from "./export-box.js";
import { noteParameter, reader } from "./map-address.js";
import { catalogue } from "./shared-data.js";

const SUFFIXES = ["png", "svg"];

/**
 * One of a few, the first to begin with.
 *
 * @param {string} name @param {string} title @param {[value: string, text: string][]} values
 */
function choiceOf(name, title, values) {
  const set = element("fieldset");
  set.append(element("legend", "", title), ...values.map(([value, text], at) => {
    const choice = element("label", "", "");
    const input = element("input");
    Object.assign(input, { type: "radio", name, value, checked: !at });
    choice.append(input, text);
    return choice;
  }));
  return set;
}

export class PictureTool {
  /**
   * @param {L.Map} map
   * @param {import("../map/county-map.js").CountyMap} counties
   * @param {() => import("../messages.js").Texts} texts
   * @param {{ query: () => string, insets: () => import("../map/county-map.js").Insets,
   *   two: () => import("../two_maps/two-maps.js").TwoMaps | null }} page
   */
  constructor(map, counties, texts, page) {
    this.map = map;
    this.counties = counties;
    this.texts = texts;
    this.page = page;
    this.box = mapControl(map, "bottomleft", element("div", "atlas-measured atlas-noting atlas-picture"));
    this.box.hidden = true;
    L.DomEvent.disableClickPropagation(this.box);
    L.DomEvent.disableScrollPropagation(this.box);
    this.box.addEventListener("keydown", (event) => {
      event.stopPropagation(); // no key of the map's
      if (event.key === "Escape") this.stop();
    });
  }

  toggle() {
    if (!this.box.hidden) this.stop();
    else this.start();
  }

  start() {
    const texts = this.texts();
    this.counties.tools.press("picture", true);
    const form = element("form");
    const said = element("p", "atlas-measure-hint", texts.picture_told);
    said.setAttribute("role", "status");
    const extents = choiceOf("extent", texts.picture_what,
      [["seen", texts.picture_seen], ["whole", texts.picture_whole]]);
    // A picture is of one selection: whose, is asked for where two are seen.
    const sides = this.page.two() ? [choiceOf("side", texts.picture_which,
      [["first", texts.two_first], ["second", texts.two_right]])] : [];
    const buttons = SUFFIXES.map((suffix) => {
      const button = pushButton(suffix.toUpperCase(), async () => {
        const chosen = new FormData(form);
        buttons.forEach((it) => { it.disabled = true; });
        said.textContent = texts.picture_making;
        try {
          said.textContent = await this.save(suffix, chosen.get("extent") === "whole",
            chosen.get("side") === "second");
        } catch {
          said.textContent = texts.picture_failed;
        }
        buttons.forEach((it) => { it.disabled = false; });
        button.focus({ preventScroll: true });
      });
      button.dataset.suffix = suffix;
      return button;
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.append(...sides, extents, ...buttons, pushButton(texts.picture_close, () => this.stop()), said);
    this.box.replaceChildren(form);
    this.box.hidden = false;
    form.querySelector("input")?.focus({ preventScroll: true });
  }

  /** @param {string} suffix @param {boolean} whole @param {boolean} right Of two maps. */
  async save(suffix, whole, right) {
    const all = await catalogue();
    const two = right ? this.page.two() : null;
    const { language, legend } = two?.second.counties ?? this.counties;
    const query = two?.state?.beside?.query ?? this.page.query();
    const address = pictureAddress(all.layers, {
      suffix, language, window: whole ? null : this.seen(), until: legend.until ?? null,
      notes: reader.notes.map(noteParameter),
    }, new URLSearchParams(query), all.parameters);
    return download(new URL(address, location.origin).href, `.${suffix}`, all, language);
  }

  /** West, south, east and north of what nothing lies over. */
  seen() {
    const { x: width, y: height } = this.map.getSize();
    const { right, bottom } = this.page.insets();
    const corners = [[0, height - bottom], [width - right, 0]].map(([x, y]) => (
      this.map.containerPointToLatLng([x, y])));
    return corners.flatMap(({ lng, lat }) => [lng, lat]);
  }

  stop() {
    const within = this.box.contains(document.activeElement);
    this.box.hidden = true;
    this.box.replaceChildren();
    this.counties.tools.press("picture", false);
    if (within) this.counties.tools.buttons.picture.focus({ preventScroll: true });
  }
}
