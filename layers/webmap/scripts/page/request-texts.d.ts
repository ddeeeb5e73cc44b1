/* Made by layers/edition/assets.py: texts that must be there when nothing else comes. */
export const texts: Record<import("../messages.js").LanguageCode,
  { repeated: string, failed: string, again: string }>;
