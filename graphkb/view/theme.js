// @ts-check
// Light or dark, as the reader's system says, for what is drawn on the canvas.

const DARK = window.matchMedia("(prefers-color-scheme: dark)");
const STILL = window.matchMedia("(prefers-reduced-motion: reduce)");

/**
 * @param {{light: string, dark: string}} style
 * @returns {string}
 */
export function colour(style) {
  return DARK.matches ? style.dark : style.light;
}

/**
 * The value of one of the style sheet's colours.
 *
 * @param {string} name
 */
export function sheetColour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * @param {() => void} listener
 * @param {AbortSignal} signal
 */
export function onThemeChange(listener, signal) {
  DARK.addEventListener("change", listener, { signal });
}

/** Whether the reader asked for less motion. */
export function wantsStillness() {
  return STILL.matches;
}
