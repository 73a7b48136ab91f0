// @ts-check
// A statement as people read it: the sentence with its paper, or why a curated fact is there.

import { badge, element, folded, link } from "./dom.js";
import { spellings } from "./reference.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./types.js").PageData} PageData */
/** @typedef {import("./types.js").Statement} Statement */

/**
 * The statements behind a line, the first of them at once and the rest on request.
 *
 * @param {State} state
 * @param {number} line
 * @param {number} first
 */
export function statements(state, line, first) {
  const { data } = state;
  const ends = [state.from[line], state.to[line]];
  const names = ends.flatMap((at) => spellings(data.entities[at]));
  const items = data.lines[line].statements.map((statement) =>
    element("li", {}, quote(data, statement, names, ends)),
  );
  const list = folded(items, first);
  list.classList.add("statements");
  return list;
}

/**
 * @param {PageData} data
 * @param {Statement} statement
 * @param {string[]} names What to mark in the sentence.
 * @param {number[]} beside Entities named beside it, which need not be named as its paper again.
 * @returns {HTMLElement}
 */
export function quote(data, statement, names, beside = []) {
  const text = statement.sentence === undefined ? "" : data.sentences[statement.sentence];
  const made = element("div", { class: `statement ${statement.basis}` });
  const became = statement.mark === undefined ? undefined : data.marks?.[statement.mark];
  if (became) made.append(element("p", { class: "became" }, badge(became), became.word));
  if (statement.basis === "curated") {
    made.append(
      element("p", {}, element("span", { class: "badge" }, "curated"), " ", ...mark(text, names)),
    );
  } else if (statement.basis === "source") {
    made.append(element("p", {}, "A loaded source says so, without a sentence."));
  } else if (statement.basis === "summary") {
    made.append(
      element(
        "p",
        {},
        element("span", { class: "badge" }, "graphkb's summary"),
        " ",
        ...mark(text, names),
      ),
    );
  } else {
    made.append(element("blockquote", {}, ...mark(text, names)));
  }
  if (statement.note) made.append(element("p", { class: "note" }, `On or as: ${statement.note}`));
  made.append(source(data, statement, beside));
  return made;
}

/**
 * @param {PageData} data
 * @param {Statement} statement
 * @param {number[]} beside
 */
function source(data, statement, beside) {
  const paper = data.papers[statement.paper];
  const date = statement.stated || paper.date;
  const before = { title: "Title of ", curated: "See " }[/** @type {string} */ (statement.basis)];
  const named = paper.entity !== undefined && beside.includes(paper.entity);
  const name = named ? "this paper" : paper.title;
  const line = element("p", { class: "source" }, before ?? "", link(name, paper.link));
  if (date) line.append(", ", element("time", {}, date));
  if (statement.rule && statement.basis !== "curated") {
    const sure =
      statement.confidence === undefined ? "" : `, confidence ${statement.confidence / 1000}`;
    line.append(element("span", { class: "rule" }, ` · rule ${statement.rule}${sure}`));
  }
  return line;
}

/**
 * Mark names where they stand as words of their own.
 *
 * @param {string} text
 * @param {string[]} names
 * @returns {(Node | string)[]}
 */
function mark(text, names) {
  const longFirst = names.filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
  if (longFirst.length === 0) return [text];
  const escaped = longFirst.map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&"));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${escaped.join("|")})(?![\\p{L}\\p{N}])`, "giu");
  return text
    .split(pattern)
    .map((part, at) => (at % 2 ? element("mark", {}, part) : part))
    .filter((part) => part !== "");
}
