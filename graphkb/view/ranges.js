// @ts-check
// What is kept of the years, the support and the confidence, by sliders.

import { byId, element } from "./dom.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {"from" | "to" | "support" | "confidence"} Kept */

/** @param {State} state */
export function showRanges(state) {
  const { data, span } = state;
  /** @type {(() => void)[]} */
  const refreshers = [];
  byId("kept").replaceChildren();

  /**
   * @param {Kept} what
   * @param {string} name
   * @param {{min: number, max: number, step: number, meaning: string}} scale
   * @param {(value: number) => string} told
   */
  const slider = (what, name, { min, max, step, meaning }, told) => {
    const input = element("input", {
      id: `keep-${what}`,
      type: "range",
      min: String(min),
      max: String(max),
      step: String(step),
    });
    const value = element("span", { class: "count", "aria-hidden": "true" });
    input.addEventListener("input", () => {
      state.filter(() => {
        state.kept = { ...state.kept, [what]: Number(input.value) };
        // The years cross nowhere: the one that is moved pushes the other.
        if (what === "from") state.kept.to = Math.max(state.kept.to, state.kept.from);
        if (what === "to") state.kept.from = Math.min(state.kept.from, state.kept.to);
      });
    });
    refreshers.push(() => {
      const now = Math.max(state.kept[what], min);
      input.value = String(now);
      input.setAttribute("aria-valuetext", told(now));
      value.textContent = told(now);
    });
    byId("kept").append(
      element(
        "div",
        { class: "range", title: meaning },
        element("label", { for: input.id }, name),
        value,
        input,
      ),
    );
  };

  if (span && span.from < span.to) {
    const scale = { min: span.from, max: span.to, step: 1 };
    const meaning = "By the date of a paper, or when a thing was first stated; what has none stays";
    slider("from", "From year", { ...scale, meaning }, String);
    slider("to", "To year", { ...scale, meaning }, String);
  }
  const supports = data.entities.flatMap(({ facts }) =>
    typeof facts?.support === "number" ? [facts.support] : [],
  );
  const most = Math.max(0, ...supports);
  if (most > Math.min(...supports)) {
    const meaning = "Papers that introduce, use, extend or evaluate on it; what has no such figure stays";
    const papers = (/** @type {number} */ n) => (n === 0 ? "any" : n === 1 ? "1 paper" : `${n} papers`);
    slider("support", "Support at least", { min: 0, max: Math.min(most, 50), step: 1, meaning }, papers);
  }
  const sure = data.lines.flatMap((line) =>
    line.statements.flatMap(({ confidence }) => (confidence === undefined ? [] : [confidence])),
  );
  const [low, high] = [Math.min(...sure), Math.max(...sure)];
  if (low < high) {
    const meaning = "Of what was read in papers, how sure the reader is; what is curated stays";
    const min = Math.floor(low / 50) * 50;
    const told = (/** @type {number} */ perMille) =>
      perMille <= low ? "any" : (perMille / 1000).toFixed(2);
    slider("confidence", "Confidence at least", { min, max: high, step: 50, meaning }, told);
  }
  byId("kept-field").hidden = refreshers.length === 0;
  const refresh = () => refreshers.forEach((each) => each());
  state.listen((change) => {
    if (change === "filter") refresh();
  });
  refresh();
}
