/* Where Leaflet's pixels begin at another view than the present one.
 *
 * Leaflet has this as `_getNewPixelOrigin`, for itself only; here from its public parts.
 */

/**
 * @param {L.Map} map
 * @param {L.LatLngExpression} center
 * @param {number} zoom
 * @returns {L.Point} In pixels of the world at that zoom.
 */
export function pixelOriginAt(map, center, zoom) {
  const dragged = L.DomUtil.getPosition(/** @type {HTMLElement} */ (map.getPane("mapPane")));
  const half = map.getSize().divideBy(2);
  return map.project(center, zoom).subtract(half).add(dragged).round();
}
