// @ts-check
// The legend, which is the filter at once: a row a kind, a row a relationship, two switches.

import { badge, byId, button, element, glyph, stroke } from "./dom.js";

/** @typedef {import("./state.js").State} State */

const LONE =
  "Entities without a relationship shown (loaded papers too once a relationship is off)";

/** @param {State} state */
export function showLegend(state) {
  const { data } = state;
  const kinds = data.kinds.map((_, at) => data.entities.filter((e) => e.kind === at).length);
  const types = data.relationships.map((_, at) => data.lines.filter((l) => l.type === at).length);
  /** @type {(() => void)[]} */
  const refreshers = [];

  /**
   * @param {boolean[]} switches
   * @param {number} at
   * @param {Element} picture
   * @param {string} name
   * @param {string} meaning
   * @param {() => string} count
   */
  const row = (switches, at, picture, name, meaning, count) => {
    const box = element("input", { type: "checkbox" });
    box.addEventListener("change", () => {
      state.filter(() => {
        switches[at] = box.checked;
      });
    });
    const counted = element("span", { class: "count" });
    refreshers.push(() => {
      box.checked = switches[at];
      counted.textContent = count();
    });
    const named = element("span", { class: "name" }, name);
    return element("label", { class: "row", title: meaning }, box, picture, named, counted);
  };

  const kindRows = data.kinds.flatMap((kind, at) => {
    const count = () => share(shownOf(state.entityShown, (i) => data.entities[i].kind === at), kinds[at]);
    return kinds[at] ? [row(state.kindOn, at, glyph(kind), kind.plural, kind.meaning, count)] : [];
  });
  const typeRows = data.relationships.flatMap((type, at) => {
    const count = () => share(shownOf(state.lineShown, (i) => data.lines[i].type === at), types[at]);
    return types[at]
      ? [row(state.typeOn, at, stroke(type), type.outward, `${type.type}: ${type.meaning}`, count)]
      : [];
  });
  for (const id of ["kinds", "types", "more"]) byId(id).replaceChildren();
  byId("kinds").append(...kindRows, everyNone(state, () => state.kindOn, "kinds"));
  const paper = data.kinds.find((kind) => kind.label === "Paper");
  if (paper && data.entities.some((entity) => entity.facts?.stub)) {
    const hollow = glyph(paper);
    hollow.classList.add("hollow");
    byId("kinds").append(element("p", { class: "hint-hollow" }, hollow, "Hollow: cited, not loaded"));
  }
  byId("types").append(...typeRows, everyNone(state, () => state.typeOn, "relationships"));
  if (data.lines.some((line) => line.curated)) {
    byId("types").append(element("p", { class: "hint-dashed" }, "Dashed: curated, not quoted"));
  }

  const requested = data.entities.filter((entity) => entity.request && !entity.focus).length;
  const lone = data.entities.some((entity) => !entity.focus);
  if (requested) {
    refreshers.push(
      addSwitch(`Tasks that one paper names (${requested})`, () => state.requestedOn, (on) => {
        state.filter(() => {
          state.requestedOn = on;
        });
      }),
    );
  }
  if (lone) {
    refreshers.push(
      addSwitch(LONE, () => state.loneOn, (on) => {
        state.filter(() => {
          state.loneOn = on;
        });
      }),
    );
  }
  showMarks(state, row);
  byId("kinds-field").hidden = kindRows.length === 0;
  byId("types-field").hidden = typeRows.length === 0;
  byId("more-field").hidden = !requested && !lone;
  const refresh = () => refreshers.forEach((each) => each());
  state.listen((change) => {
    if (change === "filter") refresh();
  });
  refresh();
}

/**
 * What came, went and changed, on the page of a difference.
 *
 * @param {State} state
 * @param {(switches: boolean[], at: number, picture: Element, name: string, meaning: string, count: () => string) => HTMLElement} row
 */
function showMarks(state, row) {
  const { entities, lines, marks } = state.data;
  const place = byId("marks");
  place.replaceChildren();
  byId("marks-field").hidden = !marks;
  if (!marks) return;
  const has = (/** @type {{mark?: number}} */ one, /** @type {number} */ at) => state.markOf(one) === at;
  [...marks, null].forEach((mark, at) => {
    const counted = () => {
      const shown = shownOf(state.entityShown, (i) => has(entities[i], at));
      const drawn = shownOf(state.lineShown, (i) => has(lines[i], at));
      return `${shown} and ${drawn}`;
    };
    const name = mark?.word ?? "As it was";
    place.append(row(state.markOn, at, badge(mark), name, `${name}: entities and relationships`, counted));
  });
}

/**
 * @param {string} text
 * @param {() => boolean} isOn
 * @param {(on: boolean) => void} turn
 * @returns {() => void}
 */
function addSwitch(text, isOn, turn) {
  const box = element("input", { type: "checkbox" });
  box.addEventListener("change", () => turn(box.checked));
  byId("more").append(element("label", { class: "row" }, box, text));
  return () => {
    box.checked = isOn();
  };
}

/**
 * @param {State} state
 * @param {() => boolean[]} switches
 * @param {string} what
 */
function everyNone(state, switches, what) {
  /** @param {boolean} on */
  const turn = (on) => () => state.filter(() => void switches().fill(on));
  return element(
    "p",
    { class: "every" },
    button("All", turn(true), { "aria-label": `All ${what}` }),
    button("None", turn(false), { "aria-label": `None of the ${what}` }),
  );
}

/**
 * @param {Uint8Array} shown
 * @param {(at: number) => boolean} belongs
 */
function shownOf(shown, belongs) {
  return shown.reduce((count, on, at) => count + (on && belongs(at) ? 1 : 0), 0);
}

/**
 * @param {number} part
 * @param {number} whole
 */
function share(part, whole) {
  return part === whole ? String(whole) : `${part} of ${whole}`;
}
