/* Rules for the scripts. Text that comes from data never becomes markup: `no-unsanitized`
 * refuses innerHTML and its like with anything but a literal. */
import js from "@eslint/js";
import noUnsanitized from "eslint-plugin-no-unsanitized";
import globals from "globals";

export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  noUnsanitized.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2022, sourceType: "module" },
    rules: {
      eqeqeq: "error",
      "no-console": ["error", { allow: ["error"] }],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-implicit-globals": "error",
      "no-new-func": "error",
      "no-shadow": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-const": "error",
    },
  },
  {
    files: ["layers/webmap/scripts/**/*.js"],
    languageOptions: { globals: { ...globals.browser, L: "readonly" } },
  },
  {
    // Before anything is known of the browser.
    files: ["layers/webmap/scripts/shell/*.js"],
    languageOptions: { ecmaVersion: 5, sourceType: "script" },
    rules: {
      "no-unused-vars": ["error", { caughtErrors: "none" }],
      "no-var": "off",
      "object-shorthand": "off",
      "prefer-const": "off",
    },
  },
  {
    files: ["tests/scripts/**/*.js", "eslint.config.js"],
    languageOptions: { globals: globals.node },
  },
];
