/* The county map as a Streamlit component: hosts the map that Folium built.
 *
 * One map lives as long as the page: when Streamlit mounts the component again (a
 * filter, another page and back), the same element moves in, so that pan and zoom stay
 * where the user left them. Nothing is imported statically: scripts, styles and geometry
 * are asked for at once.
 */
let kept = null;

const address = (name) => new URL(name, import.meta.url).href;

/* Tables that are edited make another edition, with other addresses. What stands still on
 * an open page is of the edition before, so the page is loaded anew: its address says all
 * that it shows. */
const edition = address(".");
window.atlasEdition ??= edition;
const stale = window.atlasEdition !== edition;
if (stale) {
  const view = document.querySelector(".folium-map")?.dataset.view;
  if (view) history.replaceState(history.state, "", `#${view}`);
  location.reload();
}

async function open(parent) {
  const [{ mount }, { styled }] = await Promise.all([
    import(address("folium-map.js")), import(address("styled.js")),
    import(address("atlas.js")),
  ]);
  await styled("leaflet.css", "atlas.css", "page.css");
  const node = AtlasMap.element("div", "atlas-map");
  parent.append(node);
  const map = mount(node);
  const counties = await map.atlas;
  follow(map);
  return { node, map, counties };
}

/* The position stands behind the # of the address: it is the browser's own affair, and a
 * copied link opens where the map was. */
function follow(map) {
  const asked = /^#([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(location.hash);
  if (asked) map.setView([Number(asked[2]), Number(asked[3])], Number(asked[1]), { animate: false });
  const write = () => {
    if (!map.getContainer().isConnected) return;
    const { lat, lng } = map.getCenter();
    const hash = `#${map.getZoom()}/${lat.toFixed(4)}/${lng.toFixed(4)}`;
    if (hash !== location.hash) history.replaceState(history.state, "", hash);
  };
  map.on("moveend", write);
  // Streamlit writes the address anew, without the position, after it has run.
  setInterval(() => { if (map.atlasMoved && !location.hash) write(); }, 500);
  map.on("movestart", () => { map.atlasMoved = true; });
}

export default async function (component) {
  if (stale) return null;
  const { data, parentElement, setTriggerValue } = component;
  if (!kept) kept = open(parentElement);
  const { follow, tell } = await import(address("page-state.js"));
  follow(data, setTriggerValue, async (state) => {
    const { counties } = await kept;
    counties.update(state);
    return [...counties.selected.keys()];
  });
  const { node, map, counties } = await kept;
  if (node.parentElement !== parentElement) {
    parentElement.append(node);
    map.invalidateSize({ animate: false });
  }
  for (const event of ["region", "select"]) counties.on(event, (value) => tell(event, value));
  return () => node.remove();
}
