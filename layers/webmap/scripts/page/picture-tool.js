/* A picture of the map, as a file: what is seen of it now or the whole selection, with
 * title, legend, scale and credit. It is drawn where map sheets are. */
import { element, mapControl, pushButton } from "../map/atlas.js";
import { pictureAddress } from "./export-address.js";
import { download } from "./export-box.js";
import { noteParameter, reader } from "./map-address.js";
import { catalogue } from "./shared-data.js";

const SUFFIXES = ["png", "svg"];

export class PictureTool {
  /**
   * @param {L.Map} map
   * @param {import("../map/county-map.js").CountyMap} counties
   * @param {() => import("../messages.js").Texts} texts
   * @param {{ query: () => string, insets: () => import("../map/county-map.js").Insets }} page
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
    const extents = element("fieldset");
    extents.append(element("legend", "", texts.picture_what), ...["seen", "whole"].map((extent) => {
      const choice = element("label", "", "");
      const input = element("input");
      Object.assign(input, { type: "radio", name: "extent", value: extent,
        checked: extent === "seen" });
      choice.append(input, texts[`picture_${extent}`]);
      return choice;
    }));
    const buttons = SUFFIXES.map((suffix) => {
      const button = pushButton(suffix.toUpperCase(), async () => {
        const whole = new FormData(form).get("extent") === "whole";
        buttons.forEach((it) => { it.disabled = true; });
        said.textContent = texts.picture_making;
        try {
          said.textContent = await this.save(suffix, whole);
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
    form.append(extents, ...buttons, pushButton(texts.picture_close, () => this.stop()), said);
    this.box.replaceChildren(form);
    this.box.hidden = false;
    extents.querySelector("input")?.focus({ preventScroll: true });
  }

  /** @param {string} suffix @param {boolean} whole */
  async save(suffix, whole) {
    const all = await catalogue();
    const { language, legend } = this.counties;
    const address = pictureAddress(all.layers, {
      suffix, language, window: whole ? null : this.seen(), until: legend.until ?? null,
      notes: reader.notes.map(noteParameter),
    }, new URLSearchParams(this.page.query()), all.parameters);
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
