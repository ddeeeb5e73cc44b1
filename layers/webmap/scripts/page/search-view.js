/* The search box of the page. Its index is fetched once an address; what was chosen goes
 * to Python as {kind, id}.
 */
import { SearchBox } from "./search-box.js";
import { styled } from "./styled.js";

const indexes = new Map();

function fetchIndex(address) {
  if (!indexes.has(address)) {
    const fetched = fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return answer.json();
    });
    // A failure is not kept: the next key tries again.
    fetched.catch(() => indexes.delete(address));
    indexes.set(address, fetched);
  }
  return indexes.get(address);
}

const made = new WeakMap();

export default async function (component) {
  const { data, parentElement, setTriggerValue } = component;
  await styled("search.css");
  const send = (chosen) => setTriggerValue("choose", chosen);
  const before = made.get(parentElement);
  if (before?.box.isConnected) before.update(data, send);
  else made.set(parentElement, new SearchBox(parentElement, data, send, fetchIndex));
  return () => {
    made.get(parentElement)?.box.remove();
    made.delete(parentElement);
  };
}
