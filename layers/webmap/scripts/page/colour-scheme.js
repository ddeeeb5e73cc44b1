/* Light or dark: Streamlit keeps its own choice for each page, under a name of its own,
 * and reads it when a page is loaded. There is no other way to set it from a page. */

const VERSION = "v2";
/** @type {Record<string, string>} */
const NAMES = { light: "Light", dark: "Dark" };

/**
 * Chooses light or dark for all pages; the page is loaded anew if it looks different now.
 *
 * @param {string} look
 * @param {string[]} paths Of the pages.
 */
export function keepAppearance(look, paths) {
  const now = getComputedStyle(document.documentElement).colorScheme;
  for (const path of paths) {
    localStorage.setItem(`stActiveTheme-${path}-${VERSION}`, JSON.stringify(NAMES[look]));
  }
  if (now !== look) setTimeout(() => location.reload(), 300); // Python hears of it first
}
