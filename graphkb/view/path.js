// @ts-check
// The path between two things: over as few relationships as can be, lineage before the rest.

/** @typedef {import("./state.js").State} State */
/** @typedef {{entities: number[], lines: number[]}} Path */

// In tenths of a step: whole numbers, so that the waiting can be kept in buckets.
const STEP = 12;
const LINEAGE_STEP = 10;
const CONTEXT_STEP = 20;
/** The relationships of which a lineage consists. */
export const LINEAGE = new Set(["EXTENDS", "GENERALIZES"]);
const CONTEXT = new Set(["MENTIONS", "CITES", "AUTHORED_BY", "AFFILIATED_WITH"]);

/**
 * Find the shortest path over what is shown, whichever way its lines point (Dijkstra, with Dial's
 * buckets).
 *
 * @param {State} state
 * @param {number} from
 * @param {number} to
 * @returns {Path | null} From end to end; null where nothing that is shown joins them.
 */
export function pathBetween(state, from, to) {
  const costs = state.data.relationships.map(({ type }) =>
    LINEAGE.has(type) ? LINEAGE_STEP : CONTEXT.has(type) ? CONTEXT_STEP : STEP,
  );
  /** @type {Map<number, number>} */
  const reached = new Map([[from, 0]]);
  /** @type {Map<number, number>} */
  const by = new Map();
  const done = new Set();
  /** @type {number[][]} */
  const waiting = [[from]];
  for (let cost = 0; cost < waiting.length && !done.has(to); cost += 1) {
    for (const at of waiting[cost] ?? []) {
      if (done.has(at)) continue;
      done.add(at);
      for (const line of state.linesOf[at]) {
        if (!state.lineShown[line]) continue;
        const other = state.from[line] === at ? state.to[line] : state.from[line];
        const sum = cost + costs[state.data.lines[line].type];
        if (sum >= (reached.get(other) ?? Infinity)) continue;
        reached.set(other, sum);
        by.set(other, line);
        (waiting[sum] ??= []).push(other);
      }
    }
  }
  if (!done.has(to)) return null;
  const entities = [to];
  const lines = [];
  for (let at = to; at !== from; ) {
    const line = /** @type {number} */ (by.get(at));
    at = state.from[line] === at ? state.to[line] : state.from[line];
    lines.push(line);
    entities.push(at);
  }
  return { entities: entities.reverse(), lines: lines.reverse() };
}
