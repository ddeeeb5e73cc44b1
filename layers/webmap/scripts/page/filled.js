/**
 * A text with values in its named places, `{name}`.
 *
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export const filled = (text, values) => (
  text
    // As on the server: {n:county|counties} is the first for one, else the second.
    .replace(/\{(\w+):([^|{}]*)\|([^|{}]*)\}/g, (_, name, one, more) => (
      Number(values[name]) === 1 ? one : more))
    .replace(/\{(\w+)\}/g, (_, name) => String(values[name])));
