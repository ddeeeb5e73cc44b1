/* Notes: a press on the map says where, a line of text what. They stand in the address. */
import { element, mapControl, pushButton } from "../map/atlas.js";
import { filled } from "./filled.js";
import { cleanNote, LONGEST_NOTE, MOST_NOTES } from "./map-address.js";
import { onPresses } from "./map-presses.js";

/** @typedef {import("../messages.js").Texts} Texts */
/** @typedef {import("../map/notes.js").Note} Note */

export class NoteTool {
  /**
   * @param {L.Map} map
   * @param {import("../map/county-map.js").CountyMap} counties
   * @param {() => Texts} texts
   * @param {{ get: () => Note[], set: (notes: Note[]) => void }} notes
   */
  constructor(map, counties, texts, notes) {
    this.map = map;
    this.counties = counties;
    this.texts = texts;
    this.notes = notes;
    this.box = mapControl(map, "bottomleft", element("div", "atlas-measured atlas-noting"));
    this.box.hidden = true;
    L.DomEvent.disableClickPropagation(this.box);
    L.DomEvent.disableScrollPropagation(this.box);
    /** @type {AbortController | null} */
    this.listening = null;
  }

  toggle() {
    if (this.listening) this.stop();
    else this.start();
  }

  start() {
    this.counties.tools.stop();
    this.stop();
    this.listening = new AbortController();
    this.counties.tools.press("note", true);
    this.map.getContainer().classList.add("atlas-measuring");
    const texts = this.texts();
    const isFull = this.notes.get().length >= MOST_NOTES;
    const hint = element("p", "atlas-measure-hint", isFull
      ? filled(texts.note_most, { most: MOST_NOTES }) : texts.note_hint);
    hint.setAttribute("role", "status");
    if (!isFull) hint.append(" ", element("span", "atlas-measure-keys", texts.note_keys));
    this.box.replaceChildren(hint);
    this.box.hidden = false;
    onPresses(this.map, this.listening.signal, {
      press: ({ lng: lon, lat }) => { if (!isFull) this.edit(null, { lon, lat, text: "" }); },
      keys: { Escape: () => this.stop() },
    });
  }

  /** @param {number | null} place Of a note that there is. @param {Note} note */
  edit(place, note) {
    this.stop();
    const texts = this.texts();
    const form = element("form");
    const label = element("label", "", filled(texts.note_label, { most: LONGEST_NOTE }));
    const input = element("input");
    input.value = note.text;
    input.maxLength = 2 * LONGEST_NOTE; // a sign may take two units
    input.autocomplete = "off";
    label.append(input);
    const save = element("button", "", texts.note_save);
    const cancel = pushButton(texts.note_cancel, () => this.stop());
    form.append(label, save, cancel);
    if (place !== null) {
      form.append(pushButton(texts.note_delete, () => this.change(place, null)));
    }
    form.append(element("p", "atlas-measure-hint", texts.note_told));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = cleanNote(input.value);
      this.change(place, text ? { ...note, text } : null);
    });
    form.addEventListener("keydown", (event) => {
      event.stopPropagation(); // no key of the map's
      if (event.key === "Escape") this.stop();
    });
    this.box.replaceChildren(form);
    this.box.hidden = false;
    input.focus({ preventScroll: true });
  }

  /** @param {number | null} place @param {Note | null} note None takes it away. */
  change(place, note) {
    const notes = [...this.notes.get()];
    if (place !== null) notes.splice(place, 1, ...(note ? [note] : []));
    else if (note) notes.push(note);
    this.notes.set(notes);
    this.stop();
  }

  stop() {
    const within = this.box.contains(document.activeElement);
    this.listening?.abort();
    this.listening = null;
    this.box.hidden = true;
    this.box.replaceChildren();
    this.counties.tools.press("note", false);
    this.map.getContainer().classList.remove("atlas-measuring");
    if (within) this.counties.tools.buttons.note.focus({ preventScroll: true });
  }
}
