// @ts-check
// What is visible as a table: the alternative to the picture for whoever cannot see or use it.

import { button, byId, element } from "./dom.js";

/** @typedef {import("./state.js").State} State */

/**
 * @param {State} state
 * @param {(at: number) => void} go
 * @returns {() => void} Brings the table up to date once it is to be seen.
 */
export function startList(state, go) {
  const place = byId("list");
  const show = () => {
    if (place.hidden) return;
    const { entities, kinds } = state.data;
    const shown = entities
      .map((_, at) => at)
      .filter((at) => state.entityShown[at])
      .sort((a, b) => entities[b].weight - entities[a].weight || a - b);
    const rows = shown.map((at) => {
      const entity = entities[at];
      const lines = state.linesOf[at].filter((line) => state.lineShown[line]).length;
      const support = entity.facts?.support;
      const name = button(entity.name, () => go(at), { class: "text" });
      const kind = kinds[entity.kind].label;
      // Where there is no room for columns, page.css shows this line in their place.
      const under = [
        kind,
        support === undefined ? "" : `support ${support}`,
        lines === 1 ? "1 relationship" : `${lines} relationships`,
      ];
      return element(
        "tr",
        {},
        element("th", { scope: "row" }, name, element("small", {}, under.filter(Boolean).join(" · "))),
        element("td", {}, kind),
        element("td", { class: "number" }, support === undefined ? "" : String(support)),
        element("td", { class: "number" }, String(lines)),
      );
    });
    const headings = ["Name", "Kind", "Support", "Relationships"];
    place.replaceChildren(
      element(
        "table",
        {},
        element("caption", {}, `${shown.length} entities, the most important first`),
        element(
          "thead",
          {},
          element("tr", {}, ...headings.map((text) => element("th", { scope: "col" }, text))),
        ),
        element("tbody", {}, ...rows),
      ),
    );
  };
  state.listen((change) => {
    if (change === "filter") show();
  });
  return show;
}
