/* What others use of the map's scripts. Served, and carried by a page, as one file with
 * Leaflet before it: see layers/webmap/script_files.py. */
export { attach } from "./attach.js";
export { Axis, classesOf, knownOf, movedBreak, writtenNumber } from "./class-limits.js";
export { classByCounty } from "./classes.js";
export { mapControl } from "./control.js";
export { element, pushButton, svg } from "./elements.js";
export { MapNotes } from "./notes.js";
export { OwnLayer } from "./own-layer.js";
export { Paper } from "./paper.js";
export { swatch } from "./fill-patterns.js";
