// @ts-check
// An entity where it is spoken of: its name as a button that leads to it, with its shape.

import { button, element, glyph } from "./dom.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./types.js").Entity} Entity */

/**
 * @param {State} state
 * @param {number[]} entities
 */
export function entityList(state, entities) {
  return element(
    "ul",
    { class: "entities" },
    ...entities.map((at) => element("li", {}, entityButton(state, at))),
  );
}

/**
 * @param {State} state
 * @param {number} at
 */
export function entityButton(state, at) {
  const { entities, kinds } = state.data;
  const made = button("", () => state.reveal(at), { class: "entity" });
  made.append(
    glyph(kinds[entities[at].kind]),
    element("span", { class: "text" }, entities[at].name),
    element("span", { class: "unseen" }, `, ${kinds[entities[at].kind].label}`),
  );
  return made;
}

/**
 * @param {State} state
 * @param {string} text
 * @param {SVGElement} [picture]
 */
export function heading(state, text, picture) {
  const close = button("×", () => state.select(null), { class: "close", "aria-label": "Let go" });
  const title = element("h2", { tabindex: "-1", id: "chosen" }, picture ?? "");
  title.append(element("span", { class: "text" }, text));
  return element("div", { class: "heading" }, title, close);
}

/** @param {Entity} entity */
export function spellings(entity) {
  const { aliases, long_name: long } = entity.facts ?? {};
  const names = [entity.name];
  if (typeof long === "string") names.push(long);
  if (Array.isArray(aliases)) names.push(...aliases);
  return names;
}
