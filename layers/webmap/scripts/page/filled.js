/**
 * A text with values in its named places, `{name}`.
 *
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export const filled = (text, values) => (
  text.replace(/\{(\w+)\}/g, (_, name) => String(values[name])));
