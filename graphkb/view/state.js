// @ts-check
// What is shown and what is chosen. Everything else listens to this and changes nothing itself.

import { LINEAGE, pathBetween } from "./path.js";

/** @typedef {import("./types.js").PageData} PageData */
/** @typedef {import("./types.js").Selection} Selection */
/** @typedef {"filter" | "selection" | "layout" | "path"} Change */
/** @typedef {"map" | "lineage"} Layout */

export class State {
  /**
   * @param {PageData} data
   * @param {AbortSignal} signal Given when another state takes the place of this one.
   * @param {import("./live.js").Live | null} [live] What a served page can do beyond a sent one.
   */
  constructor(data, signal, live = null) {
    this.data = data;
    this.signal = signal;
    this.live = live;
    this.kindOn = data.kinds.map(() => true);
    this.typeOn = data.relationships.map((relationship) => relationship.shown);
    /** Of the page of a difference: each mark, and last what is as it was. */
    this.markOn = [...(data.marks ?? []), null].map(() => true);
    this.requestedOn = false;
    /** @type {Layout} */
    this.layout = "map";
    this.inLineage = new Uint8Array(data.entities.length);
    for (const [at] of data.lineage.places) this.inLineage[at] = 1;
    this.years = data.entities.map(({ facts }) => yearOf(facts?.first_stated ?? facts?.published));
    const known = [...this.years, ...data.lines.flatMap(yearsOf)].filter((year) => year !== null);
    /** The first and last year that anything here is of; null where nothing has a date. */
    this.span = known.length ? { from: Math.min(...known), to: Math.max(...known) } : null;
    /** What is kept of the years, the support and the confidence; the widest at first. */
    this.kept = { from: this.span?.from ?? 0, to: this.span?.to ?? 0, support: 0, confidence: 0 };
    this.from = data.network.edges.map((edge) => edge.from);
    this.to = data.network.edges.map((edge) => edge.to);
    /** @type {number[][]} */
    this.linesOf = data.entities.map(() => []);
    data.lines.forEach((_, line) => {
      this.linesOf[this.from[line]].push(line);
      if (this.from[line] !== this.to[line]) this.linesOf[this.to[line]].push(line);
    });
    this.loneOn = !data.lines.some((line) => this.typeOn[line.type]);
    /** @type {Selection} */
    this.selection = null;
    /** @type {number | null} Where a path shall begin whose end is chosen next. */
    this.pathFrom = null;
    /** @type {number[] | null} Two ends that nothing joins. */
    this.noPath = null;
    this.entityShown = new Uint8Array(data.entities.length);
    this.lineShown = new Uint8Array(data.lines.length);
    // Lines whose type, years and confidence are kept, whatever becomes of their ends.
    this.lineOn = new Uint8Array(data.lines.length);
    // Of what the page is about, 2 for the lineage and 1 for other neighbours: named before the rest.
    this.beside = new Uint8Array(data.entities.length);
    /** @type {((change: Change) => void)[]} */
    this.listeners = [];
    this.decide();
  }

  /** @param {(change: Change) => void} listener */
  listen(listener) {
    this.listeners.push(listener);
  }

  /** @param {Change} change */
  tell(change) {
    for (const listener of this.listeners) listener(change);
  }

  /**
   * Change what is shown.
   *
   * @param {() => void} change Sets kindOn, typeOn, markOn, requestedOn, loneOn or kept.
   */
  filter(change) {
    change();
    this.decide();
    this.tell("filter");
    this.letGoOfHidden();
  }

  /** @param {Layout} layout */
  arrange(layout) {
    if (layout === this.layout) return;
    this.layout = layout;
    this.decide();
    this.tell("layout");
    this.tell("filter");
    this.letGoOfHidden();
  }

  letGoOfHidden() {
    const seen = this.emphasis();
    if (seen === null) return;
    const hidden = [...seen.entities].some((at) => !this.entityShown[at]);
    if (hidden || [...seen.lines].some((line) => !this.lineShown[line])) this.select(null);
  }

  /**
   * Choose something, or nothing; where a path was begun, the entity is its end.
   *
   * @param {Selection} selection
   */
  select(selection) {
    const from = this.pathFrom;
    this.pathFrom = null;
    if (from !== null && selection !== null && "entity" in selection && selection.entity !== from) {
      const path = pathBetween(this, from, selection.entity);
      this.noPath = path === null ? [from, selection.entity] : null;
      this.selection = path === null ? { entity: from } : { path };
    } else {
      this.noPath = null;
      this.selection = selection;
    }
    this.tell("selection");
  }

  /**
   * Begin a path: what is chosen next is its end.
   *
   * @param {number} at
   */
  beginPath(at) {
    this.select({ entity: at });
    this.pathFrom = at;
    this.tell("path");
  }

  /**
   * Choose an entity, and switch on whatever keeps it from being shown.
   *
   * @param {number} at
   */
  reveal(at) {
    if (!this.entityShown[at]) {
      this.filter(() => {
        const entity = this.data.entities[at];
        this.kindOn[entity.kind] = true;
        this.markOn[this.markOf(entity)] = true;
        if (entity.request) this.requestedOn = true;
        if (!this.within(at)) this.kept = { ...this.widest(), confidence: this.kept.confidence };
        if (!this.isLinked(at)) this.loneOn = true;
      });
      if (!this.entityShown[at]) this.arrange("map");
    }
    this.select({ entity: at });
  }

  /**
   * Whether any relationship that is on touches the entity.
   *
   * @param {number} at
   */
  isLinked(at) {
    return this.linesOf[at].some((line) => this.lineOn[line]);
  }

  /**
   * The place in markOn of what became of an entity or a line.
   *
   * @param {{mark?: number}} marked
   */
  markOf({ mark }) {
    return mark ?? this.markOn.length - 1;
  }

  /**
   * Whether any line that came, went or changed, and that is on, touches an entity.
   *
   * @param {number} at
   */
  isMarkedAt(at) {
    const { entities, lines } = this.data;
    if (entities[at].mark !== undefined) return false;
    return this.linesOf[at].some((line) => this.lineOn[line] && lines[line].mark !== undefined);
  }

  /** The filter by years, support and confidence that keeps everything. */
  widest() {
    return { from: this.span?.from ?? 0, to: this.span?.to ?? 0, support: 0, confidence: 0 };
  }

  /**
   * Whether the years and the support that are kept are an entity's; what has none is kept.
   *
   * @param {number} at
   */
  within(at) {
    const year = this.years[at];
    const support = this.data.entities[at].facts?.support;
    return (
      (year === null || (year >= this.kept.from && year <= this.kept.to)) &&
      (typeof support !== "number" || support >= this.kept.support)
    );
  }

  /**
   * Whether anybody states a relationship within the years and the confidence that are kept.
   *
   * @param {import("./types.js").Line} line
   */
  isStated(line) {
    return line.statements.some(({ stated, confidence }) => {
      const year = yearOf(stated);
      return (
        (year === null || (year >= this.kept.from && year <= this.kept.to)) &&
        (confidence === undefined || confidence >= this.kept.confidence)
      );
    });
  }

  /** Whether a relationship is off that is shown at first. */
  isNarrowed() {
    const { lines, relationships } = this.data;
    return lines.some(({ type }) => relationships[type].shown && !this.typeOn[type]);
  }

  decide() {
    const { entities, lines, kinds } = this.data;
    const narrowed = this.isNarrowed();
    lines.forEach((line, at) => {
      const on = this.typeOn[line.type] && this.markOn[this.markOf(line)];
      this.lineOn[at] = on && this.isStated(line) ? 1 : 0;
    });
    entities.forEach((entity, at) => {
      // A paper that somebody loaded is shown even where nothing is known of it, or it would be
      // missed; but whoever asks for certain relationships asks for what has them.
      const loaded = !narrowed && kinds[entity.kind].label === "Paper" && !entity.facts?.stub;
      const wanted =
        entity.focus ||
        ((this.requestedOn || !entity.request) &&
          (this.loneOn || loaded || this.isLinked(at)));
      const placed = this.layout === "map" || this.inLineage[at];
      // What is as it was is the ground on which the rest happened: it stays where that touches it.
      const within =
        (entity.focus || this.within(at)) &&
        (this.markOn[this.markOf(entity)] || this.isMarkedAt(at));
      this.entityShown[at] = this.kindOn[entity.kind] && wanted && within && placed ? 1 : 0;
    });
    lines.forEach((line, at) => {
      const both = this.entityShown[this.from[at]] && this.entityShown[this.to[at]];
      this.lineShown[at] = this.lineOn[at] && both ? 1 : 0;
    });
    this.findBeside();
  }

  findBeside() {
    const { entities, lines, relationships } = this.data;
    this.beside.fill(0);
    lines.forEach((line, at) => {
      if (!this.lineShown[at]) return;
      const near = LINEAGE.has(relationships[line.type].type) ? 2 : 1;
      const [from, to] = [this.from[at], this.to[at]];
      if (entities[from].focus) this.beside[to] = Math.max(this.beside[to], near);
      if (entities[to].focus) this.beside[from] = Math.max(this.beside[from], near);
    });
  }

  /**
   * How much the name of an entity matters among the others.
   *
   * @param {number} at
   * @param {boolean} chosen Whether it is chosen or under the pointer.
   */
  standing(at, chosen) {
    const { weight, focus } = this.data.entities[at];
    const must = chosen || Boolean(focus);
    const rank = weight + this.beside[at] + (chosen ? 5 : 0) + (focus ? 3 : 0);
    return { rank, strong: must || weight > 0.5, must };
  }

  /**
   * The entities and lines that a choice brings forward, or null where nothing is chosen.
   *
   * @returns {{entities: Set<number>, lines: Set<number>} | null}
   */
  emphasis() {
    const chosen = this.selection;
    if (chosen === null) return null;
    if ("line" in chosen) {
      const ends = [this.from[chosen.line], this.to[chosen.line]];
      return { entities: new Set(ends), lines: new Set([chosen.line]) };
    }
    if ("path" in chosen) {
      return { entities: new Set(chosen.path.entities), lines: new Set(chosen.path.lines) };
    }
    const lines = this.linesOf[chosen.entity].filter((line) => this.lineShown[line]);
    const ends = lines.flatMap((line) => [this.from[line], this.to[line]]);
    return { entities: new Set([chosen.entity, ...ends]), lines: new Set(lines) };
  }
}

/**
 * @param {import("./types.js").Fact | undefined} date ISO, of whatever precision.
 * @returns {number | null}
 */
function yearOf(date) {
  const year = /^\d{4}/.exec(String(date ?? ""));
  return year ? Number(year[0]) : null;
}

/**
 * @param {import("./types.js").Line} line
 * @returns {(number | null)[]}
 */
function yearsOf(line) {
  return line.statements.map(({ stated }) => yearOf(stated));
}
