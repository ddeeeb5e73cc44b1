/* The drawer at the foot of the map: table, files, print, a file that comes home. All of
 * it takes what is selected. A part is made when it is opened. */
import { element, pushButton } from "../map/atlas.js";
import { styleSheets, setPageLanguage } from "./appearance.js";
import { whenGone } from "./component-run.js";
import { markCounties, markedCounties, onMarks } from "./county-marks.js";
import { CountyTable } from "./county-table.js";
import { drawerPart, onDrawer, openDrawer } from "./drawer-state.js";
import { exportBox, saveFirst } from "./export-box.js";
import { filled } from "./filled.js";
import { sendToPython, subscribe } from "./page-state.js";
import { afterPaint, bundle, catalogue } from "./shared-data.js";

/** @typedef {import("../messages.js").Catalogue} Catalogue */
/** @typedef {import("../messages.js").PageState} PageState */
/** @typedef {import("../messages.js").Texts} Texts */
/** @typedef {import("./drawer-state.js").DrawerPart} DrawerPart */

const TOLD_MS = 8000;

/** @type {Exclude<DrawerPart, "">[]} */
const PARTS = ["table", "export", "print", "file"];

/**
 * What stands in the foot of the map while counties are marked.
 *
 * @param {Texts} texts
 */
function marksBar(texts) {
  const bar = element("div", "atlas-marks");
  bar.setAttribute("role", "status");
  bar.append(
    element("span", "", filled(texts.marked, { n: markedCounties().size })),
    pushButton(texts.marked_choose, () => {
      const codes = [...markedCounties()].join("");
      markCounties([]);
      sendToPython("marks", codes);
    }),
    pushButton(texts.marked_clear, () => markCounties([])),
  );
  return bar;
}

class Drawer {
  /** @param {import("../messages.js").Bundle["counties"]} records @param {Catalogue} all */
  constructor(records, all) {
    this.all = all;
    this.table = new CountyTable(records, all);
    this.box = element("section", "atlas-drawer");
    this.panel = element("div", "atlas-drawer-panel");
    this.tabs = element("div", "atlas-tabs");
    this.marks = element("div", "atlas-marks-place");
    // The selection in the format that most take, with one press.
    this.quick = pushButton("", () => this.save(), "atlas-quick");
    this.told = element("output", "atlas-result atlas-quick-told");
    this.told.setAttribute("aria-live", "polite");
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {Record<string, HTMLButtonElement>} */
    this.buttons = {};
    for (const part of PARTS) {
      const button = pushButton("", () => openDrawer(drawerPart() === part ? "" : part),
        "atlas-tab");
      this.buttons[part] = button;
      this.tabs.append(button);
      if (part === "export") this.tabs.append(this.quick);
    }
    this.tabs.append(this.marks);
    this.box.append(this.told, this.tabs, this.panel);
    this.box.addEventListener("keydown", ({ key }) => {
      const part = drawerPart();
      if (key !== "Escape" || !part) return;
      openDrawer("");
      this.buttons[part].focus();
    });
    /** Of which of two maps files are. */
    this.of = element("p", "atlas-export-of");
    /** @type {PageState | null} */
    this.state = null;
    this.language = "";
  }

  /** @param {PageState} state */
  update(state) {
    this.state = state;
    const texts = this.all.texts[state.language];
    if (state.language !== this.language) {
      this.language = state.language;
      this.box.lang = state.language;
      this.box.setAttribute("aria-label", texts.drawer);
      const { upload, upload_limit: limit } = texts;
      setPageLanguage(state.language, { upload, limit });
      for (const part of PARTS) this.buttons[part].textContent = texts[`drawer_${part}`];
      const [{ id, suffix }] = this.all.formats;
      const name = this.all.formats[0][`name_${state.language}`].split(/[，,]/)[0] || id;
      const does = filled(texts.quick_save, { format: name });
      this.quick.replaceChildren(element("span", "", "↓ "), element("span", "atlas-quick-name", name));
      this.quick.setAttribute("aria-label", does);
      this.quick.title = `${does} (${suffix})`;
      this.show(drawerPart(), false);
    }
    this.of.textContent = state.beside ? texts.files_of_left : "";
    this.of.hidden = !state.beside;
    this.buttons.table.textContent = filled(texts.drawer_rows, { n: state.selected.length });
    if (drawerPart() === "table") this.table.update(state);
  }

  /** Counties were marked, on the map or in the table. */
  mark() {
    const { state } = this;
    const some = state && markedCounties().size;
    this.marks.replaceChildren(...(some ? [marksBar(this.all.texts[state.language])] : []));
    if (drawerPart() === "table") this.table.draw();
  }

  async save() {
    if (!this.state) return;
    clearTimeout(this.timer);
    await saveFirst(this.all, this.state.language, this.state.query, this.quick, this.told);
    this.timer = setTimeout(() => { this.told.textContent = ""; }, TOLD_MS);
  }

  /** @param {DrawerPart} part @param {boolean} focus */
  show(part, focus) {
    for (const name of PARTS) {
      this.buttons[name].setAttribute("aria-expanded", String(name === part));
    }
    this.panel.hidden = !part || part === "file";
    this.panel.replaceChildren();
    if (!this.state) return;
    const { language } = this.state;
    if (part === "table") {
      this.panel.append(this.table.box);
      this.table.update(this.state);
      if (focus) this.table.scroller.focus();
    } else if (part === "export" || part === "print") {
      this.panel.append(this.of, exportBox(this.all, language, part === "print",
        () => this.state?.query ?? ""));
    }
  }
}

/** @param {import("../messages.js").Component} component */
export async function showDrawer({ parentElement }) {
  await styleSheets("styles.css");
  const [{ counties }, all] = await Promise.all([bundle(), catalogue()]);
  const drawer = new Drawer(counties, all);
  parentElement.atlasStop?.();
  parentElement.querySelector(".atlas-drawer")?.remove();
  parentElement.append(drawer.box);
  drawer.show(drawerPart(), false);
  const stops = [
    subscribe((state) => afterPaint(() => drawer.update(state))),
    onMarks(() => drawer.mark()),
    onDrawer((part, focus) => drawer.show(part, focus)),
  ];
  parentElement.atlasStop = () => stops.forEach((stop) => stop());
  return whenGone(parentElement, () => parentElement.atlasStop?.());
}
