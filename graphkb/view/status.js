// @ts-check
// The status line, which screen readers follow: what is shown, what was left out, what was chosen.

import { byId } from "./dom.js";

/** @typedef {import("./state.js").State} State */

const ALL_OFF = "Everything is switched off; choose All in the legend";

/**
 * @param {State} state
 * @returns {(text: string) => void} Says something that is not on the page otherwise.
 */
export function startStatus(state) {
  const { data } = state;
  const live = byId("live");
  byId("nothing").textContent = ALL_OFF;
  const announce = (/** @type {string} */ text) => {
    live.textContent = text;
  };
  const show = () => {
    const entities = count(state.entityShown);
    const lines = count(state.lineShown);
    const parts = [
      `${counted(entities, "entity", "entities")}, ${counted(lines, "relationship", "relationships")}`,
    ];
    const hidden = data.entities.length - entities;
    const hiddenLines = data.lines.length - lines;
    if (hidden || hiddenLines) {
      parts.push(
        `switched off: ${counted(hidden, "entity", "entities")}, ` +
          counted(hiddenLines, "relationship", "relationships"),
      );
    }
    if (data.leftOut) parts.push(`left out of this page: ${counted(data.leftOut, "entity", "entities")}`);
    const blank = data.entities.length > 0 && entities === 0;
    byId("nothing").hidden = !blank;
    if (blank) parts.unshift(ALL_OFF);
    byId("status").textContent = parts.join(" · ");
  };
  state.listen((change) => {
    if (change === "filter") {
      show();
      announce(byId("status").textContent ?? "");
      return;
    }
    const chosen = state.selection;
    byId("choose").hidden = state.pathFrom === null && state.noPath === null;
    if (change === "path") {
      const name = data.entities[/** @type {number} */ (state.pathFrom)].name;
      byId("choose").textContent = `Choose where the path from ${name} shall lead; Escape gives up`;
      announce(byId("choose").textContent ?? "");
    } else if (state.noPath) {
      const [from, to] = state.noPath.map((at) => data.entities[at].name);
      byId("choose").textContent = `Nothing that is shown joins ${from} and ${to}`;
      announce(byId("choose").textContent ?? "");
    } else if (chosen === null) announce("Nothing chosen");
    else if ("entity" in chosen) {
      const lines = counted(state.linesOf[chosen.entity].length, "relationship", "relationships");
      announce(`${data.entities[chosen.entity].name}, ${lines}`);
    } else if ("path" in chosen) {
      announce(`A path over ${counted(chosen.path.lines.length, "relationship", "relationships")}`);
    } else {
      const relationship = data.relationships[data.lines[chosen.line].type].outward.toLowerCase();
      const [from, to] = [state.from[chosen.line], state.to[chosen.line]];
      announce(`${data.entities[from].name} ${relationship} ${data.entities[to].name}`);
    }
  });
  show();
  return announce;
}

/** @param {Uint8Array} flags */
function count(flags) {
  return flags.reduce((sum, flag) => sum + flag, 0);
}

/**
 * @param {number} number
 * @param {string} one
 * @param {string} many
 */
function counted(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}
