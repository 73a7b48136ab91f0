// @ts-check
// The picture by keyboard: arrows walk from entity to entity, plus and minus zoom.

import { nearest } from "./geometry.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./state.js").State} State */

const CLOSER = 1.3;

/** @type {Record<string, [number, number]>} */
const DIRECTIONS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * @param {State} state
 * @param {Scene} scene
 */
export function startKeys(state, scene) {
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = DIRECTIONS[event.key];
    if (direction) walk(state, scene, direction);
    else if (event.key === "+" || event.key === "=") scene.zoom(CLOSER);
    else if (event.key === "-") scene.zoom(1 / CLOSER);
    else if (event.key === "0") scene.showAll(true);
    else if (event.key.toLowerCase() === "p") beginPath(state);
    else if (event.key.toLowerCase() === "e") expand(state);
    else if (event.key === "Enter") document.getElementById("chosen")?.focus();
    else return;
    event.preventDefault();
  };
  scene.place.addEventListener("keydown", press, { signal: state.signal });
}

/**
 * Choose the nearest entity in a direction; the most important one where nothing is chosen.
 *
 * @param {State} state
 * @param {Scene} scene
 * @param {[number, number]} direction
 */
function walk(state, scene, direction) {
  const { entities } = state.data;
  const chosen = state.selection;
  const shown = entities.map((_, at) => at).filter((at) => state.entityShown[at]);
  if (!shown.length) return;
  if (chosen === null || !("entity" in chosen)) {
    const first = shown.reduce((a, b) => (entities[b].weight > entities[a].weight ? b : a));
    state.select({ entity: first });
    return;
  }
  const next = nearest(scene.network.getPositions(shown), chosen.entity, direction);
  if (next !== null) state.select({ entity: next });
}

/** @param {State} state */
function beginPath(state) {
  const chosen = state.selection;
  if (chosen !== null && "entity" in chosen) state.beginPath(chosen.entity);
}

/** @param {State} state */
function expand(state) {
  const chosen = state.selection;
  if (chosen !== null && "entity" in chosen) state.live?.expand(state.data.entities[chosen.entity].id);
}
