/* The state of the page: one for all its components. See state-client.js. */
import { requests } from "./page-requests.js";
import { StateClient } from "./state-client.js";

/** @param {URLSearchParams} parameters */
const addressOf = (parameters) => new URL(`../state.json?${parameters}`, import.meta.url).href;

const client = new StateClient({
  request: (parameters) => {
    const address = addressOf(parameters);
    return requests.repeat(address, () => requests.json(address));
  },
  insist: (parameters) => {
    const address = addressOf(parameters);
    return requests.insist(address, () => requests.json(address));
  },
  report: (answer, language) => {
    window.dispatchEvent(new CustomEvent("atlas:answer", { detail: { answer, language } }));
  },
  log: (error) => console.error(error),
});

/**
 * What an address shows, without going there.
 *
 * @param {string} query @param {import("../messages.js").LanguageCode} language
 * @returns {Promise<import("../messages.js").AddressState>}
 */
export const stateAt = (query, language) => {
  const parameters = new URLSearchParams(query);
  parameters.set("lang", language);
  return requests.sharedJson(addressOf(parameters));
};

/** @param {import("./state-client.js").Listener} listener */
export const subscribe = (listener) => client.subscribe(listener);

/** Selection and theme that are shown, as in an address. */
export const presentQuery = () => client.shown?.query ?? "";

/** @param {Record<string, string>} change */
export const press = (change) => client.press(change);

/**
 * Returns a button whose press is asked for as soon as a mouse goes down on it. A finger
 * that goes down may be about to scroll.
 *
 * @template {HTMLElement} Button
 * @param {Button} button @param {Record<string, string>} change As of the press.
 */
export function asking(button, change) {
  button.addEventListener("pointerdown", ({ pointerType, button: which }) => {
    if (pointerType === "mouse" && !which) client.expect(change);
  });
  return button;
}

/**
 * For Python alone to answer: "select" a county, a "region" of them, "marks" of single ones.
 *
 * @param {"select" | "region" | "marks"} name
 * @param {string} value
 */
export const sendToPython = (name, value) => client.send(name, value);

/** @type {StateClient["followSession"]} */
export const followSession = (session, send, paint) => {
  // Python has run, so its server is there: what was given up is worth another try.
  requests.resume();
  return client.followSession(session, send, paint);
};
