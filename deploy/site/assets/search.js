/* The theme searches when a key is released. A word that comes without one, chosen with the
 * mouse from an input method, spoken, pasted, is searched as well. */
document.addEventListener("input", ({ target }) => {
  if (target instanceof HTMLInputElement && target.matches(".md-search__input")) {
    target.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  }
});

/* The theme gives its dialog no name. */
const search = document.querySelector(".md-search");
search?.setAttribute("aria-label", search.querySelector("input")?.placeholder ?? "");
