/* The reader's own short texts at places of the map: a number and the text beside it. */
import { element } from "./elements.js";

/** @typedef {{ lon: number, lat: number, text: string }} Note */

export class MapNotes {
  /**
   * @param {L.Map} map
   * @param {((place: number) => void) | null} open What a press on a note does, if anything.
   */
  constructor(map, open) {
    this.open = open;
    this.layer = L.layerGroup().addTo(map);
  }

  /** @param {Note[]} notes @param {(text: string) => string} [toOpen] Says what a press does. */
  show(notes, toOpen) {
    this.layer.clearLayers();
    notes.forEach((note, place) => this.layer.addLayer(L.marker([note.lat, note.lon], {
      icon: L.divIcon({
        className: "atlas-note", html: this.sign(note.text, place, toOpen), iconSize: [0, 0],
      }),
      interactive: false, keyboard: false, pane: "atlas-notes",
    })));
  }

  /** @param {string} text @param {number} place @param {((text: string) => string)} [toOpen] */
  sign(text, place, toOpen) {
    const box = element(this.open ? "button" : "span", "atlas-note-sign");
    box.append(element("span", "atlas-note-number", place + 1),
      element("span", "atlas-note-text", text));
    const { open } = this;
    if (open && box instanceof HTMLButtonElement) {
      box.type = "button";
      if (toOpen) box.title = toOpen(text);
      box.addEventListener("click", () => open(place));
      L.DomEvent.disableClickPropagation(box);
    }
    return box;
  }
}
