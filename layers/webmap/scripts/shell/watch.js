/* Watches over the still picture that came with the page: takes it away when the page lives,
 * and says what to do when it will not. ECMAScript 5, for browsers that know no more.
 *
 * The picture lies under all that Streamlit draws, so that it can cover nothing. What
 * Streamlit draws, half done as it is, but for the bar, is hidden as long as the picture stands
 * for it. */
(function () {
  var LOOK_MS = 40;
  var LINE_MS = 10000; // with the application there, and no connection
  var START_MS = 60000; // without the application
  var LAST_MS = 20000; // after the bar has come: the picture goes, whatever is missing
  var PART_MS = 3000; // after the first part that shows that the page lives
  var root = document.documentElement;
  var still = document.getElementById("atlas-still");
  var told = document.getElementById("atlas-told");
  var parts = (still && still.getAttribute("data-live") || "").split("|");
  var begun = Date.now();
  var old = !window.atlasSyntax || !window.structuredClone || !window.WebSocket;
  var failed = false;
  /** @type {{ [what: string]: number }} When something was first seen. */
  var since = {};
  /** @type {any} */
  var timer = 0;

  /** Says why no more comes; with "" takes back what was said.
   * @param {string} why */
  function tell(why) {
    if (!told || (told.getAttribute("data-why") || "") === why) return;
    told.setAttribute("data-why", why);
    told.hidden = !why;
  }

  /** Lets the page be as without this picture. */
  function unwait() {
    root.className = root.className.replace(/\s*\batlas-waits\b/, "");
  }

  function end() {
    clearInterval(timer);
    unwait();
    [still, told].forEach(function (node) {
      if (node && node.parentNode) node.parentNode.removeChild(node);
    });
  }

  /** How long something has been so, in ms; 0 while it is not.
   * @param {string} what @param {boolean} isSo */
  function lasted(what, isSo) {
    if (!isSo) delete since[what];
    else if (!since[what]) since[what] = Date.now();
    return isSo ? Date.now() - since[what] : 0;
  }

  function look() {
    var app = document.querySelector('[data-testid="stApp"]');
    var bar = document.querySelector(".atlas-bar-top .atlas-pages");
    var state = app && app.getAttribute("data-test-connection-state");
    var there = parts.filter(function (part) { return document.querySelector(part); });
    var lives = bar && there.length === parts.length;
    var late = lasted("part", there.length > 0) > PART_MS || lasted("bar", Boolean(bar)) > LAST_MS;
    if (lives || late || document.querySelector('[data-testid="stException"]')) {
      end();
    } else if (app && !old) {
      tell(lasted("line", state !== "CONNECTED") > LINE_MS ? "line" : "");
    } else if (!old && (failed || Date.now() - begun > START_MS)) {
      tell("start");
    }
  }

  if (old) {
    tell("old");
    unwait(); // one part below the other, as without scripts
  }
  // A script that did not come or does not run, before there is an application to say so.
  window.addEventListener("error", function (event) {
    var from = /** @type {any} */ (event.target);
    failed = failed || from === window || from.tagName === "SCRIPT";
  }, true);
  timer = setInterval(look, LOOK_MS);
})();
