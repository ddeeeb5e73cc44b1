/* The bar of every page: product, pages, search, language, appearance, help; before all
 * of it the ways past it. What was chosen goes to Python. */
import { element, pushButton } from "../map/atlas.js";
import { SearchBox } from "../search/box.js";
import { setPageLanguage, styleSheets } from "./appearance.js";
import { keepAppearance } from "./colour-scheme.js";
import { openDrawer } from "./drawer-state.js";
import { searchIndex } from "./search-index.js";

/**
 * @typedef {object} BarData
 * @property {string} index Address of the search index.
 * @property {import("../messages.js").LanguageCode} language
 * @property {string} product
 * @property {string} plan
 * @property {{ path: string, href: string, title: string }[]} pages
 * @property {string} here Path of the page that is open.
 * @property {string} help Address of the help about this page.
 * @property {string} appearance
 * @property {import("../messages.js").Texts & { search: import("../messages.js").Texts }} texts
 */

/** @typedef {(name: string, value: unknown) => void} Send */

const LOOKS = ["light", "dark", "contrast"];

/** The first of these that there is gets the focus. @param {string} selector */
function goTo(selector) {
  const place = /** @type {HTMLElement | null} */ (document.querySelector(selector));
  if (!place) return;
  if (place.tabIndex < 0 && !place.hasAttribute("tabindex")) place.tabIndex = -1;
  place.focus();
  place.scrollIntoView({ block: "nearest" });
}

class Bar {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.box = element("header", "atlas-bar-top");
    this.skips = element("div", "atlas-skips");
    this.brand = element("a", "atlas-brand");
    this.menu = pushButton("", () => this.toggle("menu"), "atlas-bar-menu");
    this.nav = element("nav", "atlas-pages");
    this.searchPlace = element("div", "atlas-bar-search");
    this.finder = pushButton("", () => this.toggle("search"), "atlas-bar-finder");
    this.tools = element("div", "atlas-bar-tools");
    /** @type {SearchBox | null} */
    this.search = null;
    /** @type {Send} */
    this.send = () => {};
    this.shown = "";
    // On a narrow page what is in here hides behind the menu.
    this.folded = element("div", "atlas-bar-folded");
    this.folded.append(this.nav, this.tools);
    this.box.append(this.skips, this.brand, this.finder, this.menu, this.folded,
      this.searchPlace);
    this.box.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") this.toggle("");
    });
    // Streamlit changes its own colours with those of the machine, and runs nothing: the map
    // would stay light in a dark page.
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", ({ matches }) => {
      if (this.box.isConnected) setTimeout(() => this.send("scheme", matches ? "dark" : "light"), 300);
    });
    parent.append(this.box);
  }

  /** On a narrow page menu and search open one at a time. @param {string} which */
  toggle(which) {
    const now = this.box.dataset.open === which ? "" : which;
    this.box.dataset.open = now;
    this.menu.setAttribute("aria-expanded", String(now === "menu"));
    this.finder.setAttribute("aria-expanded", String(now === "search"));
    if (now === "search") this.search?.input.focus();
  }

  /** @param {BarData} data @param {Send} send */
  update(data, send) {
    this.send = send;
    const shown = JSON.stringify(data);
    const { language, texts } = data;
    const chosen = (/** @type {import("../search/box.js").Choice} */ choice) => {
      this.toggle("");
      this.send("choose", choice);
    };
    const about = { language, texts: texts.search, index: data.index };
    if (this.search) this.search.update(about, chosen);
    else this.search = new SearchBox(this.searchPlace, about, chosen, searchIndex);
    if (shown === this.shown) return;
    this.shown = shown;
    this.box.lang = language;
    // The map page says its own limit of a file; elsewhere it stands over the box.
    /** @type {Record<string, string>} */
    const boxes = { upload: texts.upload };
    if (data.here) boxes.limit = " ";
    setPageLanguage(language, boxes);
    document.documentElement.dataset.atlasPage = data.here || "map";
    document.querySelector(".stMain")?.setAttribute("role", "main");
    this.toggle("");
    this.showSkips(data);
    this.showPages(data);
    this.showTools(data);
  }

  /** @param {BarData} data */
  showSkips({ here, texts }) {
    /** @type {[string, () => void][]} */
    const ways = [[texts.skip_search, () => {
      if (getComputedStyle(this.searchPlace).display === "none") this.toggle("search");
      this.search?.input.focus();
    }]];
    if (here) ways.push([texts.skip_content, () => goTo(".stMain h1")]);
    else {
      ways.push(
        [texts.skip_filters, () => goTo(".atlas-sentence button")],
        [texts.skip_map, () => goTo(".folium-map path.atlas-county[tabindex='0']")],
        [texts.skip_table, () => openDrawer("table", true)],
      );
    }
    this.skips.replaceChildren(...ways.map(([text, act]) => pushButton(text, act, "atlas-skip")));
  }

  /** @param {BarData} data */
  showPages({ product, plan, pages, here, texts }) {
    const link = (/** @type {BarData["pages"][number]} */ page, /** @type {HTMLAnchorElement} */ node) => {
      node.href = page.href;
      node.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
        this.toggle("");
        if (page.path !== here) this.send("page", page.path);
      });
      return node;
    };
    const brand = element("a", "atlas-brand");
    brand.append(element("span", "atlas-brand-name", product));
    if (plan) brand.append(element("span", "atlas-brand-plan", plan));
    link(pages[0], brand);
    this.brand.replaceWith(brand);
    this.brand = brand;
    this.menu.textContent = texts.menu;
    this.finder.textContent = texts.search.label;
    this.nav.setAttribute("aria-label", texts.pages);
    this.nav.replaceChildren(...pages.map((page) => {
      const node = link(page, element("a", "atlas-page", page.title));
      if (page.path === here) node.setAttribute("aria-current", "page");
      return node;
    }));
  }

  /** @param {BarData} data */
  showTools({ language, appearance, help, texts, pages }) {
    const other = language === "zh" ? "en" : "zh";
    const speak = pushButton(language === "zh" ? "English" : "中文",
      () => this.send("language", other), "atlas-bar-tool");
    speak.lang = other === "zh" ? "zh-Hans" : "en";
    const look = element("select", "atlas-bar-tool");
    look.setAttribute("aria-label", texts.appearance);
    look.title = texts.appearance;
    for (const name of LOOKS) {
      const option = element("option", "", texts[name]);
      option.value = name;
      look.append(option);
    }
    look.value = appearance;
    look.addEventListener("change", () => {
      const high = look.value === "contrast";
      if (high || appearance === "contrast") this.send("contrast", high ? "yes" : "no");
      if (!high) keepAppearance(look.value, pages.map(({ href }) => href));
    });
    // In a tab of its own: what is on the map stays there while one reads.
    const helper = element("a", "atlas-bar-tool atlas-help", "?");
    helper.href = help;
    helper.target = "_blank";
    helper.rel = "noopener";
    helper.title = texts.help;
    helper.setAttribute("aria-label", texts.help);
    this.tools.replaceChildren(speak, look, helper);
  }
}

/** @type {WeakMap<HTMLElement, Bar>} */
const bars = new WeakMap();

/** @param {import("../messages.js").Component<BarData>} component */
export async function showBar({ data, parentElement, setTriggerValue }) {
  await styleSheets("styles.css");
  let bar = bars.get(parentElement);
  if (!bar?.box.isConnected) {
    bar = new Bar(parentElement);
    bars.set(parentElement, bar);
  }
  bar.update(data, setTriggerValue);
}
