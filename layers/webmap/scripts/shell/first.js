/* Runs before anything else of the page, in whatever browser there is: ECMAScript 5.
 *
 * Notes what stands behind the # of the address before Streamlit writes it anew, takes the
 * reader's choice of light or dark, and gives browsers of up to three years before Streamlit's
 * own floor what it asks for without need: Windows 7 ends at Chromium 109. */
(function () {
  var root = document.documentElement;
  window.atlasHash = location.hash;
  root.className += " atlas-waits";
  try {
    var kept = localStorage.getItem("stActiveTheme-" + location.pathname + "-v2") || "";
    var look = /Dark/.test(kept) ? "dark" : /Light/.test(kept) ? "light" : "";
    if (look) root.setAttribute("data-atlas-look", look);
  } catch (refused) { /* No storage, no choice. */ }

  // The expressions that it is asked for with the flag "v" mean the same with "u".
  try {
    RegExp("a", "v");
  } catch (unknown) {
    var Native = RegExp;
    /** @type {any} */
    var Widened = function (/** @type {any} */ pattern, /** @type {any} */ flags) {
      return new Native(pattern,
        typeof flags === "string" ? flags.replace("v", "u") : flags);
    };
    Widened.prototype = Native.prototype;
    if (Object.setPrototypeOf) Object.setPrototypeOf(Widened, Native);
    window.RegExp = Widened;
  }
  /** @type {any} */
  var arrays = Array.prototype;
  if (!arrays.toSorted) {
    Object.defineProperty(arrays, "toSorted", {
      configurable: true,
      writable: true,
      value: function (/** @type {any} */ compare) {
        return arrays.slice.call(this).sort(compare);
      },
    });
  }
})();
