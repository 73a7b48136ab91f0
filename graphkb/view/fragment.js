// @ts-check
// The state in the address, after the #: a link to it shows the same again.

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./views.js").View} View */
/** @typedef {import("./views.js").Views} Views */

const KEPT = /** @type {const} */ (["from", "to", "support", "confidence"]);

/**
 * @param {State} state
 * @param {Views} views
 */
export function startFragment(state, views) {
  const { entities, kinds, relationships } = state.data;
  const idOf = new Map(entities.map(({ id }, at) => [id, at]));
  const first = { kinds: [...state.kindOn], types: [...state.typeOn] };
  const lone = state.loneOn;
  let reading = false;

  const write = () => {
    if (reading) return;
    const said = new URLSearchParams();
    if (views.now() !== "map") said.set("view", views.now());
    const chosen = state.selection;
    if (chosen !== null && "entity" in chosen) said.set("chosen", entities[chosen.entity].id);
    if (chosen !== null && "path" in chosen) {
      const ends = [chosen.path.entities[0], chosen.path.entities[chosen.path.entities.length - 1]];
      said.set("path", JSON.stringify(ends.map((at) => entities[at].id)));
    }
    const changed = [
      ...kinds.filter((_, at) => state.kindOn[at] !== first.kinds[at]).map(({ label }) => label),
      ...relationships.filter((_, at) => state.typeOn[at] !== first.types[at]).map(({ type }) => type),
    ];
    if (changed.length) said.set("changed", changed.join(" "));
    if (state.requestedOn) said.set("requested", "1");
    if (state.loneOn !== lone) said.set("lone", state.loneOn ? "1" : "0");
    const widest = state.widest();
    for (const what of KEPT) {
      if (state.kept[what] !== widest[what]) said.set(what, String(state.kept[what]));
    }
    const text = said.toString();
    // Framed in a notebook the page has no address that could hold its state.
    if (location.protocol === "about:") return;
    if (text !== location.hash.slice(1)) history.replaceState(history.state, "", text ? `#${text}` : "#");
  };

  // What a link says is anybody's text: only names that the page has, and numbers, are taken.
  const read = () => {
    reading = true;
    const said = new URLSearchParams(location.hash.slice(1));
    const changed = new Set((said.get("changed") ?? "").split(" "));
    state.filter(() => {
      state.kindOn = kinds.map(({ label }, at) => first.kinds[at] !== changed.has(label));
      state.typeOn = relationships.map(({ type }, at) => first.types[at] !== changed.has(type));
      state.requestedOn = said.get("requested") === "1";
      state.loneOn = said.has("lone") ? said.get("lone") === "1" : lone;
      state.kept = state.widest();
      for (const what of KEPT) {
        const value = Number(said.get(what) ?? Number.NaN);
        if (Number.isFinite(value)) state.kept[what] = value;
      }
    });
    const view = said.get("view");
    views.turn(view === "lineage" || view === "list" ? view : "map");
    state.select(null);
    const [chosen, ...ends] = [said.get("chosen"), ...endsOf(said.get("path"))].map((id) =>
      id === null ? undefined : idOf.get(id),
    );
    if (chosen !== undefined) state.reveal(chosen);
    if (ends.length === 2 && ends[0] !== undefined && ends[1] !== undefined) {
      state.beginPath(ends[0]);
      state.select({ entity: ends[1] });
    }
    reading = false;
  };

  if (location.hash.length > 1) read();
  window.addEventListener("hashchange", read, { signal: state.signal });
  state.listen(write);
  for (const id of ["as-map", "as-lineage", "as-list"]) {
    document.getElementById(id)?.addEventListener("click", write, { signal: state.signal });
  }
}

/**
 * @param {string | null} text
 * @returns {string[]}
 */
function endsOf(text) {
  try {
    const ends = JSON.parse(text ?? "[]");
    return Array.isArray(ends) ? ends.filter((end) => typeof end === "string") : [];
  } catch {
    return [];
  }
}
