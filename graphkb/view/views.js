// @ts-check
// The three ways to look at what is shown: the map, the lineage along time, the table.

import { byId, isTyping } from "./dom.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {"map" | "lineage" | "list"} View */
/** @typedef {{turn: (view: View) => void, now: () => View}} Views */

/** @type {View[]} */
const VIEWS = ["map", "lineage", "list"];
/** @type {Record<string, View>} */
const KEYS = { m: "map", l: "lineage", t: "list" };

/**
 * @param {State} state
 * @param {() => void} showList
 * @returns {Views}
 */
export function startViews(state, showList) {
  const lineage = /** @type {HTMLButtonElement} */ (byId("as-lineage"));
  lineage.disabled = !state.data.lineage.places.length;
  lineage.title = lineage.disabled
    ? "Nothing here extends or generalises anything"
    : "What extends or generalises what, along time (L)";
  const tell = () => {
    const asList = !byId("list").hidden;
    for (const view of VIEWS) {
      const on = asList ? view === "list" : view === state.layout;
      byId(`as-${view}`).setAttribute("aria-pressed", String(on));
    }
  };
  /** @param {View} view */
  const turn = (view) => {
    if (view === "lineage" && lineage.disabled) return;
    const asList = view === "list";
    byId("list").hidden = !asList;
    byId("canvas").hidden = asList;
    byId("zoom").hidden = asList;
    if (asList) showList();
    else state.arrange(view);
    tell();
  };
  for (const view of VIEWS) {
    byId(`as-${view}`).addEventListener("click", () => turn(view), { signal: state.signal });
  }
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    const typing = isTyping(event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
    const view = KEYS[event.key.toLowerCase()];
    if (view) turn(view);
  };
  document.addEventListener("keydown", press, { signal: state.signal });
  state.listen((change) => {
    if (change === "layout") tell();
  });
  return { turn, now: () => (byId("list").hidden ? state.layout : /** @type {View} */ ("list")) };
}
