/* An empty place in the sidebar, into which a component of the page moves its box.
 *
 * Streamlit reruns a fragment without the rest of the page, but a fragment has no place
 * in the sidebar; so the filters belong to the fragment and stand in this slot.
 */
import { styled } from "./styled.js";

const waiting = new Map();

/* Resolves with the slot of that name, now or when it is there. */
export function slot(name) {
  const found = document.querySelector(`[data-atlas-slot="${name}"]`);
  if (found) return Promise.resolve(found);
  return new Promise((resolve) => {
    waiting.set(name, [...(waiting.get(name) || []), resolve]);
  });
}

export default async function (component) {
  const { data, parentElement } = component;
  await styled("page.css");
  if (!parentElement.querySelector("[data-atlas-slot]")) {
    const box = document.createElement("div");
    box.dataset.atlasSlot = data.name;
    parentElement.append(box);
  }
  const box = parentElement.querySelector("[data-atlas-slot]");
  (waiting.get(data.name) || []).forEach((resolve) => resolve(box));
  waiting.delete(data.name);
  return () => box.remove();
}
