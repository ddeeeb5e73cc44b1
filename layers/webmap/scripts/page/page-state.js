/* Where the page is, and where a press leads.
 *
 * What an address shows has an address itself, state.json beside this file. A press asks
 * for the state to which it leads, shows it at once, and then tells Python, which keeps
 * the session and the address bar. Where Python goes by itself (a link, the search box,
 * back and forward, a region), the page follows. The map is painted first; head, filters,
 * counts and table listen. Nothing is imported, so that the first state is asked for
 * while Leaflet is still on its way.
 */
const LATE_MS = 400; // after which one wants to know that it is still being made
const here = { query: "", language: "zh", theme: "light", focus: null };
const listeners = new Set();
let state = null; // of the present address
let present = null; // what was published last
let told = []; // queries of which Python was told and has not answered yet
let trigger = () => {};
let paint = () => [];
let queue = Promise.resolve(); // one after another, in the order in which they were pressed

/* Lets the head say how it stands with an answer: "late", "here" or "failed". */
function say(answer) {
  window.dispatchEvent(new CustomEvent("atlas:answer",
    { detail: { answer, language: here.language } }));
}

async function ask(query, language, change = {}) {
  const asked = new URLSearchParams(query);
  for (const [name, value] of Object.entries({ ...change, lang: language })) {
    asked.set(name, value);
  }
  const late = setTimeout(() => say("late"), LATE_MS);
  try {
    const answer = await fetch(new URL(`state.json?${asked}`, import.meta.url));
    if (!answer.ok) throw new Error(`state.json?${asked}: ${answer.status}`);
    return await answer.json();
  } finally {
    clearTimeout(late);
    say("here");
  }
}

function inTurn(work) {
  queue = queue.then(work).catch((error) => {
    say("failed");
    console.error(error);
  });
  return queue;
}

async function show() {
  const { theme, focus } = here;
  const version = [state.version, theme, focus ?? ""].join(" ");
  if (present?.version === version) return;
  const shown = { ...state, theme, focus, version };
  present = { ...shown, selected: await paint(shown) };
  listeners.forEach((listener) => listener(present));
}

/* Calls the listener now, if there is a state, and at every change; returns how to stop. */
export function subscribe(listener) {
  listeners.add(listener);
  if (present) listener(present);
  return () => listeners.delete(listener);
}

/* A press: { press: "field:value" } toggles a value, { see: way } changes the way. */
export function press(change) {
  return inTurn(async () => {
    state = await ask(here.query, here.language, change);
    here.query = state.query;
    await show();
    told.push(here.query);
    trigger("go", here.query);
  });
}

/* For Python alone to answer: "select" a county, "region" of marked ones. */
export const tell = (name, value) => trigger(name, value);

/* Called with every run of Python's: it has gone somewhere, or follows a press.
 * `painter` paints a state on the map and resolves with the adcodes selected. */
export function follow(data, setTriggerValue, painter) {
  trigger = setTriggerValue;
  paint = painter;
  return inTurn(async () => {
    const { query, language, theme, focus } = data;
    const at = told.indexOf(query);
    told = at < 0 ? [] : told.slice(at + 1);
    // An answer to an earlier press comes while a later one is shown already.
    Object.assign(here, { language, theme, focus, query: at < 0 ? query : here.query });
    if (!state || state.query !== here.query || state.language !== language) {
      state = await ask(here.query, language);
    }
    await show();
  });
}
