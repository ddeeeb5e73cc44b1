/* Where the page is, and where a press leads: without a browser, so that it can be tested.
 *
 * What an address shows has an address itself, state.json. A press asks for the state to
 * which it leads, shows it at once, and then tells Python, which keeps the session and the
 * address bar. Where Python goes by itself (a link, the search box, back and forward, a
 * region), the page follows. The map is painted first; head, card and drawer listen.
 */

/** @typedef {import("../messages.js").AddressState} AddressState */
/** @typedef {import("../messages.js").LanguageCode} LanguageCode */
/** @typedef {import("../messages.js").PageState} PageState */

/** Where Python's session is.
 * @typedef {object} Session
 * @property {string} query Selection and theme, as in the address.
 * @property {LanguageCode} language
 * @property {string} appearance
 * @property {string | null} focus Adcode of the county that is open.
 */

/** @typedef {(state: Omit<PageState, "selected">) => Promise<string[]>} Painter */
/** @typedef {(state: PageState) => void} Listener */
/** @typedef {"late" | "here" | "failed"} Answer */

/**
 * @typedef {object} Means
 * @property {(parameters: URLSearchParams) => Promise<AddressState>} request Tries a few
 *   times, then rejects.
 * @property {(parameters: URLSearchParams) => Promise<AddressState>} insist Tries until
 *   there is an answer.
 * @property {(answer: Answer, language: LanguageCode) => void} report Says how it stands.
 * @property {(error: unknown) => void} log
 */

/** What an address says of the classes of a number; see layers/select/classing.py. */
export const CLASS_PARAMETERS = ["breaks", "method", "classes"];

const LATE_MS = 400; // after which one wants to know that it is still being made

export class StateClient {
  /** @param {Means} means */
  constructor(means) {
    this.means = means;
    /** @type {Session} */
    this.session = { query: "", language: "zh", appearance: "light", focus: null };
    /** @type {Set<Listener>} */
    this.listeners = new Set();
    /** @type {AddressState | null} Of the present address. */
    this.state = null;
    /** @type {PageState | null} What was shown last. */
    this.shown = null;
    /** @type {string[]} Queries sent to Python that it has not answered yet. */
    this.unanswered = [];
    /** @type {(name: string, value: string) => void} */
    this.send = () => {};
    /** @type {Painter} */
    this.paint = async () => [];
    /** @type {Promise<void>} One after another, in the order in which they were pressed. */
    this.queue = Promise.resolve();
    /** @type {{ asked: string, answer: Promise<AddressState> } | null} */
    this.expected = null;
  }

  /**
   * Calls the listener now, if there is a state, and at every change.
   *
   * @param {Listener} listener
   * @returns {() => void} Stops it.
   */
  subscribe(listener) {
    this.listeners.add(listener);
    if (this.shown) listener(this.shown);
    return () => { this.listeners.delete(listener); };
  }

  /**
   * A press that has begun: a finger stays on a button longer than a state takes to come.
   *
   * @param {Record<string, string>} change As of the press.
   */
  expect(change) {
    if (!this.state) return;
    const parameters = this.parametersOf(change);
    const answer = this.means.request(parameters);
    answer.catch(() => {}); // the press asks again, and says so
    this.expected = { asked: String(parameters), answer };
  }

  /**
   * A press.
   *
   * @param {Record<string, string>} change `{ press: "field:value" }` toggles a value,
   *   `{ see: theme }` changes the theme, with the usual classes unless it says others.
   */
  press(change) {
    return this.inTurn(async () => {
      const { session } = this;
      this.state = await this.ask(this.means.request, change);
      session.query = this.state.query;
      await this.show();
      this.unanswered.push(session.query);
      this.send("go", session.query);
    });
  }

  /**
   * To be called with every run of Python's: it has gone somewhere, or follows a press.
   *
   * @param {Session} session
   * @param {(name: string, value: string) => void} send Tells Python.
   * @param {Painter} paint Paints a state on the map; resolves with the adcodes selected.
   */
  followSession({ query, language, appearance, focus }, send, paint) {
    this.send = send;
    this.paint = paint;
    return this.inTurn(async () => {
      const { session } = this;
      const at = this.unanswered.indexOf(query);
      this.unanswered = at < 0 ? [] : this.unanswered.slice(at + 1);
      // An answer to an earlier press comes while a later one is shown already.
      Object.assign(session, { language, appearance, focus, query: at < 0 ? query : session.query });
      const { state } = this;
      if (!state || state.query !== session.query || state.language !== language) {
        // Without a first state there is nothing to see, and nothing to go on from.
        this.state = await this.ask(state ? this.means.request : this.means.insist);
      }
      await this.show();
    });
  }

  /**
   * @param {Means["request"]} request
   * @param {Record<string, string>} change
   */
  async ask(request, change = {}) {
    const { report } = this.means;
    const { language } = this.session;
    const parameters = this.parametersOf(change);
    const { expected } = this;
    this.expected = null;
    const late = setTimeout(() => report("late", language), LATE_MS);
    try {
      if (expected?.asked === String(parameters)) {
        const answer = await expected.answer.catch(() => null);
        if (answer) return answer;
      }
      return await request(parameters);
    } finally {
      clearTimeout(late);
      report("here", language);
    }
  }

  /** @param {Record<string, string>} change */
  parametersOf(change) {
    const { query, language } = this.session;
    const parameters = new URLSearchParams(query);
    // Another theme has other classes.
    if ("see" in change) CLASS_PARAMETERS.forEach((name) => parameters.delete(name));
    for (const [name, value] of Object.entries({ ...change, lang: language })) {
      parameters.set(name, value);
    }
    return parameters;
  }

  async show() {
    const { appearance, focus } = this.session;
    const { state } = this;
    if (!state) return;
    const version = [state.version, appearance, focus ?? ""].join(" ");
    if (this.shown?.version === version) return;
    const next = { ...state, appearance, focus, version };
    const shown = { ...next, selected: await this.paint(next) };
    this.shown = shown;
    this.listeners.forEach((listener) => listener(shown));
  }

  /** @param {() => Promise<void>} work */
  inTurn(work) {
    this.queue = this.queue.then(work).catch((error) => {
      this.means.report("failed", this.session.language);
      this.means.log(error);
    });
    return this.queue;
  }
}
