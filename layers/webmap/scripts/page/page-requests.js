/* The requests of the page, and the notice that says how they stand. */
import { Requests } from "./requests.js";
import { texts } from "./request-texts.js";

/** @typedef {import("./requests.js").RequestTrouble} RequestTrouble */

export const requests = new Requests({
  fetch: (address) => globalThis.fetch(new URL(address, location.href)),
  pause: (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); }),
  report: showTrouble,
});

window.addEventListener("online", () => requests.resume());

/** The language of the page, as its address says it: all else may not have come. */
const language = () => (
  new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh");

/** @param {RequestTrouble} trouble */
function showTrouble({ repeated, failed }) {
  document.querySelector(".atlas-request-notice")?.remove();
  if (!repeated && !failed) return;
  const said = texts[language()];
  const notice = document.createElement("div");
  notice.className = "atlas-request-notice";
  notice.lang = language();
  notice.setAttribute("role", failed ? "alert" : "status");
  notice.textContent = failed ? said.failed : said.repeated;
  // Its style sheet may be what did not come.
  Object.assign(notice.style, {
    position: "fixed", insetInline: "1rem", bottom: "1rem", zIndex: "1000000",
    padding: "0.6rem 1rem", borderRadius: "0.4rem", background: "#fff3cd", color: "#332200",
    border: "1px solid #b08900",
  });
  if (failed) {
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = said.again;
    again.style.marginInlineStart = "1rem";
    again.addEventListener("click", () => requests.resume());
    notice.append(again);
  }
  document.body.append(notice);
}
