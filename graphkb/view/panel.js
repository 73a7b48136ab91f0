// @ts-check
// The panel: what is known of the chosen entity or line, with the sentence behind everything.

import { badge, byId, element, stroke } from "./dom.js";
import { entityPanel } from "./entity.js";
import { statements } from "./quote.js";
import { entityButton, entityList, heading } from "./reference.js";

/** @typedef {import("./state.js").State} State */

const FIRST = 12;
const STARTING_POINTS = 8;

/** @param {State} state */
export function showPanel(state) {
  const panel = byId("panel");
  const refresh = () => {
    const chosen = state.selection;
    if (chosen === null) panel.replaceChildren(...overview(state));
    else if ("entity" in chosen) panel.replaceChildren(...entityPanel(state, chosen.entity));
    else if ("path" in chosen) panel.replaceChildren(...pathPanel(state, chosen.path));
    else panel.replaceChildren(...linePanel(state, chosen.line));
    panel.scrollTop = 0;
  };
  state.listen((change) => {
    if (change === "selection") refresh();
  });
  refresh();
}

/** @param {State} state */
function overview(state) {
  const { data } = state;
  if (data.entities.length === 0) {
    return [element("h2", {}, "Nothing to show"), element("p", {}, "The graph has no entities.")];
  }
  const ranked = data.entities
    .map((_, at) => at)
    .filter((at) => state.entityShown[at])
    .sort((a, b) => data.entities[b].weight - data.entities[a].weight || a - b);
  const focus = ranked.filter((at) => data.entities[at].focus);
  /** @type {HTMLElement[]} */
  const made = [element("h2", {}, "Where to start")];
  if (focus.length) {
    made.push(element("h3", {}, "This page is about"), entityList(state, focus));
  }
  const { kinds, marks } = data;
  // What came and went is what the page of a difference is about, of whatever kind.
  marks?.forEach((mark, number) => {
    const first = ranked.filter((at) => data.entities[at].mark === number);
    if (!first.length) return;
    const name = first.length > STARTING_POINTS ? `${mark.word}, the first` : mark.word;
    made.push(
      element("h3", {}, badge(mark), name),
      entityList(state, first.slice(0, STARTING_POINTS)),
    );
  });
  kinds.forEach((kind, number) => {
    if (marks || !["Method", "Model", "Benchmark", "Paper"].includes(kind.label)) return;
    const first = ranked.filter((at) => data.entities[at].kind === number && !focus.includes(at));
    if (first.length) {
      made.push(
        element("h3", {}, first.length > STARTING_POINTS ? `${kind.plural}, the first` : kind.plural),
        entityList(state, first.slice(0, STARTING_POINTS)),
      );
    }
  });
  made.push(
    element(
      "p",
      { class: "quiet" },
      "Click a shape for its facts, a line for the sentence behind it. Keys: / to search, arrow " +
        "keys in the picture to move, Enter to read, P for a path, Escape to let go, + and - to " +
        "zoom, 0 for all, M, L and T for map, lineage and table.",
    ),
  );
  return made;
}

/**
 * @param {State} state
 * @param {number} line
 */
function linePanel(state, line) {
  const { data } = state;
  const relationship = data.relationships[data.lines[line].type];
  const [from, to] = [state.from[line], state.to[line]];
  const name = `${data.entities[from].name} ${relationship.outward.toLowerCase()} ${data.entities[to].name}`;
  const counted = data.lines[line].papers;
  return [
    heading(state, name, stroke(relationship)),
    element(
      "p",
      { class: "under" },
      data.lines[line].curated ? "A curated fact" : counted === 1 ? "1 paper" : `${counted} papers`,
    ),
    statements(state, line, FIRST),
    element("h3", {}, "Its ends"),
    entityList(state, from === to ? [from] : [from, to]),
  ];
}

/**
 * @param {State} state
 * @param {import("./path.js").Path} path
 */
function pathPanel(state, path) {
  const { data } = state;
  const [first, last] = [path.entities[0], path.entities[path.entities.length - 1]];
  const steps = path.lines.map((line, step) => {
    const at = path.entities[step];
    const relationship = data.relationships[data.lines[line].type];
    const words = state.from[line] === at ? relationship.outward : relationship.inward;
    return element(
      "li",
      {},
      entityButton(state, at),
      element("p", { class: "step" }, stroke(relationship), words.toLowerCase()),
      statements(state, line, 1),
    );
  });
  const count = path.lines.length === 1 ? "1 step" : `${path.lines.length} steps`;
  return [
    heading(state, `${data.entities[first].name} to ${data.entities[last].name}`),
    element("p", { class: "under" }, `The shortest path over what is shown: ${count}`),
    element("ol", { class: "path" }, ...steps, element("li", {}, entityButton(state, last))),
  ];
}
