// @ts-check
// Reads the page's data and puts the parts together.

import { byId } from "./dom.js";
import { startFragment } from "./fragment.js";
import { startKeys } from "./keys.js";
import { showLegend } from "./legend.js";
import { Live } from "./live.js";
import { showPanel } from "./panel.js";
import { showRanges } from "./ranges.js";
import { Scene } from "./scene.js";
import { startSaving } from "./saving.js";
import { startSearch } from "./search.js";
import { State } from "./state.js";
import { startStatus } from "./status.js";
import { startTable } from "./table.js";
import { startViews } from "./views.js";

// Before anything is changed: what is saved is this with other places.
// eslint-disable-next-line no-restricted-properties -- read, never written
const page = document.documentElement.outerHTML;

/** @typedef {import("./types.js").PageData} PageData */
/** @typedef {import("./geometry.js").Place} Place */

/**
 * Put some data on the page.
 *
 * @param {PageData} data
 * @param {Live | null} live
 * @param {Map<string, Place>} moved What was moved by hand before.
 * @param {{position: Place, scale: number} | null} [view] What was looked at before.
 */
function start(data, live, moved, view = null) {
  byId("title").textContent = data.title;
  byId("subtitle").textContent = data.subtitle;
  byId("subtitle").hidden = data.subtitle === "";
  const ending = new AbortController();
  const state = new State(data, ending.signal, live);
  const announce = startStatus(state);
  showLegend(state);
  showRanges(state);
  showPanel(state);
  const scene = new Scene(state, moved);
  startKeys(state, scene);

  /** @param {number} at */
  const go = (at) => {
    state.reveal(at);
    document.getElementById("chosen")?.focus();
  };
  startSearch(state, go, announce);
  const views = startViews(state, startTable(state, go, announce));
  startSaving(state, scene, page, announce);
  scene.still = view !== null;
  startFragment(state, views);
  scene.still = false;
  if (view) scene.move({ ...view, animation: false });
  /** @param {KeyboardEvent} event */
  const letGo = (event) => {
    if (event.key !== "Escape" || (state.selection === null && state.pathFrom === null)) return;
    const inPanel = byId("panel").contains(document.activeElement);
    state.select(null);
    if (inPanel) byId("canvas").focus();
  };
  document.addEventListener("keydown", letGo, { signal: ending.signal });
  return {
    state,
    scene,
    announce,
    end: () => {
      ending.abort();
      scene.network.destroy();
    },
  };
}

/** @type {PageData} */
const first = JSON.parse(byId("data").textContent ?? "");
/** @type {Live | null} */
let live = null;
/** @type {ReturnType<typeof start>} */
let running;

/**
 * Put other data in the place of what is shown, which stays where it is.
 *
 * @param {PageData} data
 */
function restart(data) {
  const { scene, state } = running;
  const view = { position: scene.network.getViewPosition(), scale: scene.network.getScale() };
  const blank = !state.data.entities.length;
  running.end();
  running = start(data, live, scene.moved, blank ? null : view);
}

if (first.live) live = new Live(first.live.token, restart, (text) => running.announce(text));
running = start(first, live, new Map());
if (first.wrong) live?.tell(first.wrong);
if (window.matchMedia("(max-width: 760px)").matches) byId("filters").removeAttribute("open");

// What a script may ask of the page: what is shown, and where.
Object.defineProperty(window, "graphkb", {
  value: Object.freeze({
    placeOf: (/** @type {string} */ id) => {
      const { scene, state } = running;
      return scene.placeOf(state.data.entities.findIndex((entity) => entity.id === id));
    },
    shown: () => {
      const { data, entityShown } = running.state;
      return data.entities.filter((_, at) => entityShown[at]).map((entity) => entity.id);
    },
    placesOfNames: () => running.scene.placesOfNames(),
  }),
});
document.documentElement.dataset.ready = "true";
