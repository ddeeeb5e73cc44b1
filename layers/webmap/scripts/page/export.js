/* Take the selection away: format, detail, coordinate system, and the address of it all.
 *
 * The selection stands in the page's own address; the file is the service's answer to the
 * same parameters, so what is downloaded can be fetched by QGIS or a script as well.
 */
import "./atlas.js";

const { element } = AtlasMap;

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
  return [box, select];
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const nameOf = (answer, otherwise) => (answer.headers.get("content-disposition") || "")
  .match(/filename="([^"]+)"/)?.[1] || otherwise;

export function exportBox(all, language) {
  const texts = all.texts[language];
  const title = `name_${language}`;
  const box = element("details", "atlas-export");
  box.lang = language;
  box.append(element("summary", "", texts.export));
  const papers = all.sheets.suffixes.map((suffix) => ({
    id: `sheet-${suffix}`, suffix: `.${suffix}`, sheet: true, vector: false, systems: [],
    [title]: texts.export_sheet.replace("{suffix}", suffix.toUpperCase()),
  }));
  const oneFile = {
    id: "html", suffix: ".html", way: true, vector: false, systems: [],
    [title]: texts.export_one_file,
  };
  const offered = [...all.formats, oneFile, ...papers];
  const [formatBox, format] = choice(texts.export_format,
    offered.map((f) => [f.id, f[title]]), "geojson");
  const [paperBox, paper] = choice(texts.export_paper,
    all.sheets.papers.map((name) => [name, name]), all.sheets.papers[0]);
  const [turnBox, turn] = choice(texts.export_orientation,
    all.sheets.orientations.map((name) => [name, texts[`export_${name}`]]),
    all.sheets.orientations[0]);
  const [detailBox, detail] = choice(texts.export_detail, [
    ["full", texts.export_detail_full], ["overview", texts.export_detail_overview]], "full");
  const [systemBox, system] = choice(texts.export_crs,
    all.systems.map((s) => [s.id, s[title]]), "EPSG:4326");
  const go = element("button", "atlas-download", texts.export_go);
  go.type = "button";
  const copy = element("button", "atlas-link", texts.export_copy);
  copy.type = "button";
  const said = element("output", "atlas-said");
  said.setAttribute("aria-live", "polite");
  const row = element("div", "atlas-export-row");
  row.append(formatBox, detailBox, systemBox, paperBox, turnBox, go, copy, said);
  box.append(row);

  const chosen = () => offered.find((f) => f.id === format.value);
  const fit = () => {
    const { sheet, vector, systems } = chosen();
    paperBox.hidden = !sheet;
    turnBox.hidden = !sheet;
    detailBox.hidden = !vector;
    systemBox.hidden = systems.length < 2;
    if (systems.length < 2) system.value = "EPSG:4326";
  };
  format.addEventListener("change", fit);
  fit();

  const address = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (all.parameters.includes(name)) query.append(name, value);
    }
    if (chosen().vector && detail.value !== "full") query.set("detail", detail.value);
    if (system.value !== "EPSG:4326") query.set("crs", system.value);
    if (chosen().sheet) {
      query.set("paper", paper.value);
      query.set("orientation", turn.value);
    }
    if (chosen().sheet || chosen().way) {
      const way = new URLSearchParams(location.search).get("see");
      if (way) query.set("see", way);
    }
    if (language !== "zh") query.set("lang", language);
    const text = query.toString();
    return new URL(`${all.layers}${chosen().suffix}${text && `?${text}`}`, location.origin).href;
  };

  go.addEventListener("click", async () => {
    go.disabled = true;
    said.textContent = texts.export_making;
    try {
      const answer = await fetch(address());
      if (answer.ok) {
        const blob = await answer.blob();
        const name = nameOf(answer, `hebei${chosen().suffix}`);
        save(blob, name);
        said.textContent = texts.export_done.replace("{name}", name)
          .replace("{size}", Math.ceil(blob.size / 1024).toLocaleString("en-US"));
      } else {
        const { faults, message } = await answer.json();
        said.textContent = (faults?.[0]?.message || message)[language];
      }
    } catch {
      said.textContent = texts.export_failed;
    }
    go.disabled = false;
  });
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(address());
      said.textContent = texts.export_copied;
    } catch {
      said.textContent = address();
    }
  });
  return box;
}
