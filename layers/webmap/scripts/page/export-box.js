/* The selection as a file or on paper: format, detail, coordinate system, and the address
 * of it all.
 *
 * The file is the service's answer to the parameters of the page, so what is downloaded can
 * be fetched by QGIS or a script as well.
 */
import { element, pushButton } from "../map/atlas.js";
import { DEFAULT_SYSTEM, embedCode, fileAddress } from "./export-address.js";
import { filled } from "./filled.js";
import { noteParameter, reader } from "./map-address.js";

/** @typedef {import("../messages.js").Catalogue} Catalogue */
/** @typedef {import("../messages.js").LanguageCode} LanguageCode */
/** @typedef {import("./export-address.js").Offer} Offer */

/**
 * @param {string} label
 * @param {[value: string, text: string][]} options
 * @param {string} chosen
 */
function choice(label, options, chosen) {
  const box = element("label", "atlas-choice", label);
  const select = element("select");
  for (const [value, text] of options) {
    const option = element("option", "", text);
    option.value = value;
    select.append(option);
  }
  select.value = chosen;
  box.append(select);
  return { box, select };
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** @param {Response} answer @param {string} otherwise */
const nameOf = (answer, otherwise) => (answer.headers.get("content-disposition") || "")
  .match(/filename="([^"]+)"/)?.[1] || otherwise;

/**
 * @param {Catalogue} all
 * @param {LanguageCode} language
 * @param {boolean} paper Whether sheets are wanted, or files.
 * @returns {Offer[]}
 */
function offersOf(all, language, paper) {
  const texts = all.texts[language];
  if (paper) {
    return all.sheets.suffixes.map((suffix) => ({
      id: `sheet-${suffix}`, suffix: `.${suffix}`, sheet: true, vector: false, systems: [],
      title: filled(texts.export_sheet, { suffix: suffix.toUpperCase() }),
    }));
  }
  return [
    ...all.formats.map((format) => ({ ...format, title: format[`name_${language}`] })),
    {
      id: "html", suffix: ".html", themed: true, vector: false, systems: [],
      title: texts.export_one_file,
    },
  ];
}

/**
 * @param {Catalogue} all
 * @param {LanguageCode} language
 * @param {boolean} onPaper Whether sheets are offered, or files.
 * @param {() => string} query Selection and theme, as in an address.
 */
export function exportBox(all, language, onPaper, query) {
  const texts = all.texts[language];
  const offers = offersOf(all, language, onPaper);
  const { papers, orientations } = all.sheets;
  const format = choice(texts.export_format, offers.map(({ id, title }) => [id, title]),
    offers[0].id);
  const paper = choice(texts.export_paper, papers.map((name) => [name, name]), papers[0]);
  const turn = choice(texts.export_orientation,
    orientations.map((name) => [name, texts[`export_${name}`]]), orientations[0]);
  const detail = choice(texts.export_detail, [
    ["full", texts.export_detail_full], ["overview", texts.export_detail_overview]], "full");
  const system = choice(texts.export_crs,
    all.systems.map((it) => [it.id, it[`name_${language}`]]), DEFAULT_SYSTEM);
  const result = element("output", "atlas-result");
  result.setAttribute("aria-live", "polite");

  const offer = () => /** @type {Offer} */ (offers.find(({ id }) => id === format.select.value));
  const fit = () => {
    const { sheet, vector, systems, themed } = offer();
    paper.box.hidden = !sheet;
    turn.box.hidden = !sheet;
    detail.box.hidden = !vector;
    system.box.hidden = systems.length < 2;
    embed.hidden = !themed;
  };

  const address = () => new URL(fileAddress(all.layers, offer(), {
    detail: detail.select.value, system: system.select.value, paper: paper.select.value,
    orientation: turn.select.value, language,
  }, new URLSearchParams(query()), all.parameters,
  { ...reader, notes: reader.notes.map(noteParameter) }), location.origin).href;

  const go = pushButton(texts.export_go, () => (
    fetchTold(go, result, address(), offer().suffix, all, language)), "atlas-download");
  /** @param {string} text @param {string} said */
  const copied = async (text, said) => {
    try {
      await navigator.clipboard.writeText(text);
      tell(result, said, "done");
    } catch {
      tell(result, text, "told");
    }
  };
  const copy = pushButton(texts.export_copy,
    () => copied(address(), texts.export_copied), "atlas-link");
  const embed = pushButton(texts.export_embed,
    () => copied(embedCode(address(), document.title), texts.export_embedded), "atlas-link");
  format.select.addEventListener("change", fit);
  fit();
  const row = element("div", "atlas-export-row");
  row.append(format.box, detail.box, system.box, paper.box, turn.box, go, copy, embed, result);
  const box = element("section", "atlas-export");
  box.lang = language;
  box.append(element("h2", "", onPaper ? texts.print : texts.export), row);
  return box;
}

/** Says what became of a wish, and looks like it: done, told, wrong.
 * @param {HTMLElement} result @param {string} text @param {"done" | "told" | "wrong"} how */
export function tell(result, text, how) {
  result.textContent = text;
  result.dataset.how = how;
}

/**
 * Saves the selection in the first format, as it stands there.
 *
 * @param {Catalogue} all @param {LanguageCode} language @param {string} query
 * @param {HTMLButtonElement} button Waits meanwhile.
 * @param {HTMLElement} result Says what became of it.
 */
export function saveFirst(all, language, query, button, result) {
  const [first] = offersOf(all, language, false);
  const address = fileAddress(all.layers, first, {
    detail: "full", system: DEFAULT_SYSTEM, paper: "", orientation: "", language,
  }, new URLSearchParams(query), all.parameters);
  return fetchTold(button, result, new URL(address, location.origin).href, first.suffix, all, language);
}

/**
 * @param {HTMLButtonElement} button Waits meanwhile.
 * @param {HTMLElement} result
 * @param {string} address
 * @param {string} suffix
 * @param {Catalogue} all
 * @param {LanguageCode} language
 */
async function fetchTold(button, result, address, suffix, all, language) {
  const texts = all.texts[language];
  button.disabled = true;
  tell(result, texts.export_making, "told");
  try {
    tell(result, await download(address, suffix, all, language), "done");
  } catch (fault) {
    tell(result, fault instanceof Refused ? fault.message : texts.export_failed, "wrong");
  }
  button.disabled = false;
}

/** What the server says of a file that cannot be. */
class Refused extends Error {}

/**
 * Fetches a file and saves it; resolves with what is to be said of it.
 *
 * @param {string} address
 * @param {string} suffix
 * @param {Catalogue} all
 * @param {LanguageCode} language
 * @returns {Promise<string>}
 */
export async function download(address, suffix, all, language) {
  const answer = await fetch(address);
  if (!answer.ok) {
    const { faults, message } = await answer.json();
    throw new Refused((faults?.[0]?.message || message)[language]);
  }
  const blob = await answer.blob();
  const name = nameOf(answer, `hebei${suffix}`);
  save(blob, name);
  const size = Math.ceil(blob.size / 1024).toLocaleString("en-US");
  return filled(all.texts[language].export_done, { name, size });
}
