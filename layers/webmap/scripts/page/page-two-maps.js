/* What two maps have of the page: the states of both, one legend under the other in the
 * card, and where presses on them lead. */
import { offerSecondLegend } from "./map-host.js";
import { press, stateAt } from "./page-state.js";
import { bundleAt, catalogue } from "./shared-data.js";

/** @typedef {import("../two_maps/two-maps.js").Page} Page */

/**
 * @param {Pick<Page, "addresses" | "insets" | "notes" | "reader" | "write" | "refit">} own
 * @returns {Page}
 */
export const pageOf = (own) => ({
  ...own,
  load: bundleAt,
  stateOf: async ({ beside, language, appearance, focus }) => ({
    ...await stateAt(beside?.query ?? "", language), appearance, focus }),
  themes: async () => (await catalogue()).themes,
  offerLegend: offerSecondLegend,
  acts: {},
});

/** @param {import("../two_maps/two-maps.js").TwoMaps} maps */
export function offerActs(maps) {
  Object.assign(maps.page.acts, {
    swipe: () => press({ press: "split:swipe" }),
    side: () => press({ press: "split:side" }),
    alone: () => press({ press: "alone" }),
    swap: () => {
      maps.swapYears();
      press({ press: "swap" });
    },
  });
}
