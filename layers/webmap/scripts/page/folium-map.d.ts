/* Made by layers/edition/assets.py of what Folium renders. */
import type { HostMap } from "../map/attach.js";

type Attach = (
  map: HostMap,
  addresses: { url: string | null, full: string | null },
) => unknown;

/** Puts Folium's map into an element; its script calls `AtlasMap.attach`. */
export function mount(parent: HTMLElement, AtlasMap: { attach: Attach }): HostMap;
