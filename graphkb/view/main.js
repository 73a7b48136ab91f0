// @ts-check
// Reads the page's data and puts the parts together.

import { byId } from "./dom.js";
import { startFragment } from "./fragment.js";
import { startKeys } from "./keys.js";
import { showLegend } from "./legend.js";
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

/** @type {import("./types.js").PageData} */
const data = JSON.parse(byId("data").textContent ?? "");
byId("title").textContent = data.title;
byId("subtitle").textContent = data.subtitle;
byId("subtitle").hidden = data.subtitle === "";

const state = new State(data);
const announce = startStatus(state);
showLegend(state);
showRanges(state);
showPanel(state);
const scene = new Scene(state);
startKeys(state, scene);

/** @param {number} at */
const go = (at) => {
  state.reveal(at);
  document.getElementById("chosen")?.focus();
};
startSearch(state, go, announce);
const views = startViews(state, startTable(state, go, announce));
startSaving(state, scene, page, announce);
startFragment(state, views);

if (window.matchMedia("(max-width: 760px)").matches) byId("filters").removeAttribute("open");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || (state.selection === null && state.pathFrom === null)) return;
  const inPanel = byId("panel").contains(document.activeElement);
  state.select(null);
  if (inPanel) byId("canvas").focus();
});

// What a script may ask of the page: what is shown, and where.
Object.defineProperty(window, "graphkb", {
  value: Object.freeze({
    placeOf: (/** @type {string} */ id) =>
      scene.placeOf(data.entities.findIndex((entity) => entity.id === id)),
    shown: () => data.entities.filter((_, at) => state.entityShown[at]).map((entity) => entity.id),
    placesOfNames: () => scene.placesOfNames(),
  }),
});
document.documentElement.dataset.ready = "true";
