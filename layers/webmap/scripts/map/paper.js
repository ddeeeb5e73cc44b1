/* Paper has another shape than the screen: the map is laid out for it, and back. */

/** @typedef {import("./county-map.js").CountyMap} CountyMap */

/* A4 upright within margins of 12 mm, at 96 px an inch, with room for head and notes. */
const PAPER = { width: "703px", height: "640px", flex: "none" };
/* Two of them share the width. */
const PAPER_OF_TWO = { ...PAPER, height: "520px" };

/** How the screen was.
 * @typedef {{ centre: L.LatLng, zoom: number, appearance: string | undefined,
 *   closed: HTMLDetailsElement[] }} Screen */

/** Another map beside it, on paper and on the screen again.
 * @typedef {{ print: (paper: boolean) => void }} Beside */

/**
 * @typedef {object} PaperPage What of the page round the map goes to paper with it.
 * @property {() => Beside | null} two
 * @property {(act: (counties: CountyMap) => void) => void} each Of one map, or of both.
 * @property {(move: () => void) => void} [unasked] Moves the map though no reader does.
 * @property {(paper: boolean) => void} [turn] Lays out the rest.
 */

export class Paper {
  /** @param {L.Map} map @param {CountyMap} counties @param {PaperPage} page */
  constructor(map, counties, page) {
    this.map = map;
    this.counties = counties;
    this.page = page;
    /** @type {Screen | null} */
    this.screen = null;
    globalThis.addEventListener("beforeprint", () => this.toPaper());
    globalThis.addEventListener("afterprint", () => this.toScreen());
  }

  /** @param {() => void} move */
  move(move) { (this.page.unasked ?? ((act) => act()))(move); }

  toPaper() {
    const { map, page } = this;
    const container = map.getContainer();
    // The page of the map may have gone, and left it behind.
    if (this.screen || !container.isConnected) return;
    const closed = /** @type {NodeListOf<HTMLDetailsElement>} */ (
      document.querySelectorAll(".atlas-legend details:not([open])"));
    const { appearance } = container.dataset;
    this.screen = {
      centre: map.getCenter(), zoom: map.getZoom(), appearance, closed: [...closed],
    };
    for (const details of closed) details.open = true;
    container.classList.add("atlas-on-paper");
    // Ink on a white page, whatever the screen has.
    if (appearance === "dark") container.dataset.appearance = "light";
    const two = page.two();
    Object.assign(container.style, two ? PAPER_OF_TWO : PAPER);
    // The legend has the colours of the paper, too.
    page.each((counties) => counties.repaint());
    page.turn?.(true);
    this.move(() => {
      map.invalidateSize({ animate: false });
      two?.print(true);
      this.counties.home();
    });
  }

  toScreen() {
    const { map, page, screen } = this;
    if (!screen) return;
    this.screen = null;
    for (const details of screen.closed) details.open = false;
    const container = map.getContainer();
    container.classList.remove("atlas-on-paper");
    container.dataset.appearance = screen.appearance;
    page.turn?.(false);
    Object.assign(container.style, { width: "", height: "", flex: "" });
    this.move(() => {
      map.invalidateSize({ animate: false });
      page.two()?.print(false);
    });
    page.each((counties) => counties.repaint());
    this.move(() => { map.setView(screen.centre, screen.zoom, { animate: false }); });
  }
}
