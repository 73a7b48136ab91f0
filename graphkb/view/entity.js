// @ts-check
// What the panel says of an entity: its facts, and its relationships with their sentences.

import { badge, button, element, folded, glyph, link, stroke } from "./dom.js";
import { results } from "./figure.js";
import { statements } from "./quote.js";
import { entityButton, heading } from "./reference.js";

/** @typedef {import("./state.js").State} State */

const FIRST = 6;
const PATH = "Then choose where it shall lead: on the picture, in the table or by search (P)";

const EXPAND = "Bring its next neighbours onto the page, those that tell most first (E)";
const DROP = "Take it off the page; the graph keeps it";

/**
 * @param {State} state
 * @param {number} at
 */
export function entityPanel(state, at) {
  const entity = state.data.entities[at];
  const kind = state.data.kinds[entity.kind];
  const facts = entity.facts ?? {};
  /** @type {HTMLElement[]} */
  const made = [heading(state, entity.name, glyph(kind))];
  const under = facts.kind && facts.kind !== kind.label.toLowerCase() ? String(facts.kind) : kind.label;
  made.push(
    element(
      "p",
      { class: "under" },
      facts.long_name ? element("span", { class: "text" }, String(facts.long_name)) : "",
      element("span", { class: "kind" }, under),
    ),
  );
  made.push(...became(state, entity));
  if (entity.reason) {
    made.push(
      element(
        "p",
        { class: "quiet", title: "The way to it from what the page is about" },
        "Here by ",
        element("span", { class: "text" }, entity.reason),
      ),
    );
  }
  const open = state.linesOf[at].some((line) => state.lineShown[line]);
  const actions = open ? [button("Path to …", () => state.beginPath(at), { title: PATH })] : [];
  if (state.live) {
    const { live } = state;
    const left = state.data.more?.[entity.id];
    const more = left === undefined ? "Expand" : `Expand (${left} more)`;
    const expand = button(more, () => live.expand(entity.id), { title: EXPAND });
    expand.disabled = left === 0;
    actions.push(expand, button("Take off", () => live.drop(entity.id), { title: DROP }));
  }
  if (actions.length) made.push(element("div", { class: "actions" }, ...actions));
  if (entity.links) {
    const items = entity.links.map(([text, address]) => element("li", {}, link(text, address)));
    made.push(element("ul", { class: "links", "aria-label": "Links" }, ...items));
  }
  const rows = kind.properties.flatMap(([name, headed, meaning]) =>
    name === "kind" || facts[name] === undefined
      ? []
      : [
          element("dt", { title: meaning }, headed),
          element("dd", {}, ...told(state, name, facts[name])),
        ],
  );
  if (rows.length) made.push(element("dl", {}, ...rows));
  if (facts.abstract) {
    const headed = facts.summary ? "graphkb's summary" : "Abstract";
    made.push(
      element(
        "details",
        { class: "abstract" },
        element("summary", {}, headed),
        element("p", { class: "text" }, String(facts.abstract)),
      ),
    );
  }
  made.push(...relationships(state, at), ...results(state, at));
  return made;
}

/**
 * What became of it, on the page of a difference, with the values that changed.
 *
 * @param {State} state
 * @param {import("./types.js").Entity} entity
 * @returns {HTMLElement[]}
 */
function became(state, { mark: at, changes }) {
  const mark = at === undefined ? undefined : state.data.marks?.[at];
  if (!mark) return [];
  const rows = (changes ?? []).flatMap(([headed, before, after]) => [
    element("dt", {}, headed),
    element(
      "dd",
      {},
      element("span", { class: "was text" }, before),
      " → ",
      element("span", { class: "text" }, after),
    ),
  ]);
  const named = element("p", { class: "became" }, badge(mark), mark.word);
  return rows.length ? [named, element("dl", { class: "changes" }, ...rows)] : [named];
}

/**
 * @param {State} state
 * @param {string} name
 * @param {import("./types.js").Fact} value
 * @returns {(Node | string)[]}
 */
function told(state, name, value) {
  if (value === true) return ["yes"];
  if (name === "senses" && Array.isArray(value)) {
    return value.map((id) => {
      const at = state.data.entities.findIndex((entity) => entity.id === id);
      return at < 0 ? element("span", { class: "text item" }, id) : entityButton(state, at);
    });
  }
  if (Array.isArray(value)) {
    return value.map((each) => element("span", { class: "text item" }, each));
  }
  return [element("span", { class: "text" }, String(value))];
}

/**
 * @param {State} state
 * @param {number} at
 */
function relationships(state, at) {
  const { data } = state;
  /** @type {HTMLElement[]} */
  const made = [];
  data.relationships.forEach(({ outward, inward }, type) => {
    const own = state.linesOf[at].filter((line) => data.lines[line].type === type);
    const from = own.filter((line) => state.from[line] === at);
    const to = own.filter((line) => state.to[line] === at);
    // A comparison has no direction: what is called the same from both ends is one group.
    if (outward === inward && own.length) made.push(group(state, at, type, outward, own));
    if (outward === inward) return;
    if (from.length) made.push(group(state, at, type, outward, from));
    if (to.length) made.push(group(state, at, type, inward, to));
  });
  return made;
}

/**
 * @param {State} state
 * @param {number} at
 * @param {number} type
 * @param {string} name
 * @param {number[]} lines
 */
function group(state, at, type, name, lines) {
  const { data } = state;
  const other = (/** @type {number} */ line) =>
    state.from[line] === at ? state.to[line] : state.from[line];
  lines.sort(
    (a, b) => data.entities[other(b)].weight - data.entities[other(a)].weight || a - b,
  );
  const items = lines.map((line) => {
    const held = data.lines[line];
    const item = element("li", {}, entityButton(state, other(line)));
    if (held.papers > 1) item.append(element("span", { class: "papers" }, `${held.papers} papers`));
    item.append(statements(state, line, FIRST / 2));
    return item;
  });
  return element(
    "section",
    { class: "group" },
    element(
      "h3",
      {},
      stroke(data.relationships[type]),
      name,
      element("span", { class: "count" }, String(lines.length)),
    ),
    folded(items, FIRST),
  );
}
