/* The county map as a Streamlit component: hosts the map that Folium built.
 *
 * One map lives as long as the page: when Streamlit mounts the component again (a
 * filter, another page and back), the same element moves in, so that pan and zoom stay
 * where the user left them.
 */
import "./atlas.js";
import { mount } from "./folium-map.js";
import { styled } from "./styled.js";

let kept = null;

async function open(parent, height) {
  await styled("leaflet.css", "atlas.css", "page.css");
  const node = AtlasMap.element("div", "atlas-map");
  node.style.height = height; // Leaflet measures its container when it starts
  parent.append(node);
  const map = mount(node);
  return { node, map, counties: await map.atlas };
}

export default async function (component) {
  const { data, parentElement, setTriggerValue } = component;
  if (!kept) kept = open(parentElement, data.height);
  const { node, map, counties } = await kept;
  if (node.parentElement !== parentElement) {
    parentElement.append(node);
    map.invalidateSize({ animate: false });
  }
  counties.on("region", (codes) => setTriggerValue("region", codes));
  counties.on("select", (adcode) => setTriggerValue("select", adcode));
  counties.update(data.state);
  return () => node.remove();
}
