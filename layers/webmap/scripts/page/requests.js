/* Asking again for what did not come: without a browser, so that it can be tested.
 *
 * A request is tried a few times with growing pauses. If it still fails, a *shared* one
 * waits until it is asked for again (by the reader, by another script, by a browser that
 * is online again); no failure is ever kept. What is going on is reported.
 */

/** How many requests are being repeated, and how many have been given up for now.
 * @typedef {{ repeated: number, failed: number }} RequestTrouble */

/** @typedef {{ promise: Promise<any>, resume: () => void }} Shared */

export const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 500;

export class StatusError extends Error {
  /** @param {string} address @param {number} status */
  constructor(address, status) {
    super(`${address}: ${status}`);
    this.status = status;
  }
}

/**
 * Whether another try may help: a server that is busy or restarts, a line that is down.
 *
 * @param {unknown} error
 */
export function isPassing(error) {
  if (!(error instanceof StatusError)) return true;
  return error.status >= 500 || error.status === 408 || error.status === 429;
}

export class Requests {
  /**
   * @param {object} means
   * @param {(address: string) => Promise<Pick<Response, "ok" | "status" | "json">>} means.fetch
   * @param {(milliseconds: number) => Promise<void>} means.pause
   * @param {(trouble: RequestTrouble) => void} means.report
   */
  constructor({ fetch, pause, report }) {
    this.fetch = fetch;
    this.pause = pause;
    this.report = report;
    /** @type {Map<string, Shared>} */
    this.shared = new Map();
    /** @type {Map<string, keyof RequestTrouble>} */
    this.troubles = new Map();
  }

  /**
   * JSON that is fetched once and for all who ask.
   *
   * @param {string} address
   * @returns {Promise<any>}
   */
  sharedJson(address) { return this.share(address, () => this.json(address)); }

  /**
   * One try.
   *
   * @param {string} address
   * @returns {Promise<any>}
   */
  async json(address) {
    const answer = await this.fetch(address);
    if (!answer.ok) throw new StatusError(address, answer.status);
    return answer.json();
  }

  /**
   * Does a work once for all who ask for it. Never rejects: a work that has failed is
   * taken up again by whoever asks next, or by `resume`.
   *
   * @template T
   * @param {string} key
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  share(key, work) {
    const known = this.shared.get(key);
    if (known) {
      known.resume();
      return known.promise;
    }
    const shared = { promise: Promise.resolve(), resume() {} };
    this.shared.set(key, shared);
    const promise = this.untilDone(key, work, shared);
    return Object.assign(shared, { promise }).promise;
  }

  /**
   * The same for a work whose result is of use once only.
   *
   * @template T
   * @param {string} key
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async insist(key, work) {
    try {
      return await this.share(key, work);
    } finally {
      this.shared.delete(key);
    }
  }

  /** Takes up again whatever has been given up. */
  resume() { this.shared.forEach((shared) => shared.resume()); }

  /**
   * @template T
   * @param {string} key
   * @param {() => Promise<T>} work
   * @param {{ resume: () => void }} shared
   * @returns {Promise<T>}
   */
  async untilDone(key, work, shared) {
    for (;;) {
      try {
        return await this.repeat(key, work);
      } catch {
        this.note(key, "failed");
        await new Promise((resolve) => { shared.resume = () => resolve(undefined); });
        shared.resume = () => {};
        this.note(key, "repeated");
      }
    }
  }

  /**
   * Tries a few times, with growing pauses; rejects with the last error.
   *
   * @template T
   * @param {string} key
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async repeat(key, work) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await work();
        this.note(key, null);
        return result;
      } catch (error) {
        if (attempt === ATTEMPTS || !isPassing(error)) {
          this.note(key, null);
          throw error;
        }
        this.note(key, "repeated");
        await this.pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
      }
    }
  }

  /** @param {string} key @param {keyof RequestTrouble | null} trouble */
  note(key, trouble) {
    if ((this.troubles.get(key) ?? null) === trouble) return;
    if (trouble) this.troubles.set(key, trouble);
    else this.troubles.delete(key);
    const all = [...this.troubles.values()];
    this.report({
      repeated: all.filter((it) => it === "repeated").length,
      failed: all.filter((it) => it === "failed").length,
    });
  }
}
