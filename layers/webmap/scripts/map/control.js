/* A box at a corner of the map. */

/**
 * @param {L.Map} map
 * @param {L.ControlPosition} position
 * @param {HTMLElement} box
 * @returns {HTMLElement} The box, on the map.
 */
export function mapControl(map, position, box) {
  const control = new L.Control({ position });
  control.onAdd = () => box;
  control.addTo(map);
  return box;
}
