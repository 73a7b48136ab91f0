// @ts-check
// The picture itself: vis-network draws what the state shows, where the layout put it.

import { Backdrop } from "./backdrop.js";
import { byId } from "./dom.js";
import { fitting } from "./geometry.js";
import { Hover } from "./hover.js";
import { Labels } from "./labels.js";
import { Motion } from "./motion.js";
import { LINEAGE } from "./path.js";
import { colour, onThemeChange, sheetColour, wantsStillness } from "./theme.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./labels.js").Drawn} Drawn */

const FAINT = 0.13;
const BEHIND = 0.2;
// What is as it was, on the page of a difference.
const UNCHANGED = 0.3;
const BADGE = 6;
const LINES_TO_SEE = 600;
const LEGIBLE = 0.5;

export class Scene {
  /**
   * @param {State} state
   * @param {Map<string, import("./geometry.js").Place>} [moved] What was moved by hand before, by id.
   */
  constructor(state, moved = new Map()) {
    this.state = state;
    const { data } = state;
    this.moved = moved;
    /** Whether the view stays where it is, whatever is chosen. */
    this.still = false;
    this.place = byId("canvas");
    this.outlines = data.kinds.map((kind) => new Path2D(kind.outline));
    this.backdrop = new Backdrop(state);
    this.labels = new Labels(data.entities.map((entity) => entity.name));
    /** @type {Drawn[]} */
    this.drawn = [];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waiting = undefined;
    /** @type {string[]} How each entity and each line was handed over to be drawn. */
    this.nodesSeen = [];
    /** @type {string[]} */
    this.edgesSeen = [];
    this.forward = state.emphasis();
    this.inSight = this.countInSight();
    this.colours = this.readColours();
    const { nodes, edges, options } = data.network;
    // Of both layouts where everything lies, moved by hand or not; what the lineage has no place
    // for stays where the map has it, unseen.
    const map = nodes.map(({ id, x, y }) => moved.get(data.entities[id].id) ?? { x, y });
    this.places = { map, lineage: map.map((place) => ({ ...place })) };
    for (const [at, x, y] of data.lineage.places) this.places.lineage[at] = { x, y };
    this.thickness = this.thicknessAt(fitting(nodes, this.place)?.scale ?? 1);
    this.nodes = new vis.DataSet(nodes.map((node) => ({ ...node, ...map[node.id], ...this.nodeLook(node.id) })));
    this.edges = new vis.DataSet(edges.map((edge) => ({ ...edge, ...this.edgeLook(edge.id) })));
    this.changes();
    this.network = new vis.Network(
      this.place,
      { nodes: this.nodes, edges: this.edges },
      /** @type {object} */ (options),
    );
    // vis-network puts its frame at the end of the tab order; the place around it takes the focus.
    this.place.querySelector(".vis-network")?.setAttribute("tabindex", "-1");
    this.place.querySelector("canvas")?.setAttribute("aria-hidden", "true");
    this.hover = new Hover(state, this.network, this.place);
    // After the hover, which lets go of what was under the pointer before the copy is made.
    this.motion = new Motion(
      this.network,
      this.place,
      state.signal,
      () => this.isWhole(),
      () => this.settle(),
    );
    this.count();
    this.listen();
    this.showAll(false);
  }

  listen() {
    const { moved, network, state } = this;
    network.on("beforeDrawing", (context) => {
      this.drawn = [];
      if (this.motion?.draw(context)) return;
      this.backdrop.draw(context, (at) => this.places[state.layout][at], this.colours);
    });
    network.on("dragEnd", ({ nodes }) => {
      for (const at of nodes) {
        this.places[state.layout][at] = network.getPosition(at);
        if (state.layout === "map") moved.set(state.data.entities[at].id, this.places.map[at]);
      }
      this.backdrop.forget();
      this.motion.forget();
    });
    network.on("afterDrawing", (context) => {
      // vis-network draws once while it is made.
      if (this.motion?.stands()) return;
      this.motion?.keep();
      this.drawNames(context);
      if (!performance.getEntriesByName("drawn").length) performance.mark("drawn");
      this.keepThickness();
    });
    network.on("click", ({ nodes, edges, pointer, event }) => {
      const named = this.labels.at(pointer.DOM.x, pointer.DOM.y);
      const at = nodes.length ? nodes[0] : named;
      const chosen = state.selection;
      // With Shift: a path from what is chosen to what is clicked.
      if (at !== null && event.srcEvent?.shiftKey && chosen !== null && "entity" in chosen) {
        state.pathFrom = chosen.entity;
      }
      if (at !== null) state.select({ entity: at });
      else if (edges.length) state.select({ line: edges[0] });
      else state.select(null);
    });
    state.listen((change) => {
      this.forward = state.emphasis();
      if (change === "layout") this.rearrange();
      if (change === "filter") this.backdrop.forget();
      if (change === "filter" || change === "layout") this.inSight = this.countInSight();
      this.refresh();
      if (change === "layout" && !this.still) this.showAll(false);
      if (change === "selection" && !this.still) this.follow();
    });
    onThemeChange(() => {
      this.colours = this.readColours();
      this.refresh();
    }, state.signal);
    network.on("doubleClick", ({ nodes }) => {
      if (nodes.length) state.live?.expand(state.data.entities[nodes[0]].id);
    });
    const { signal } = state;
    byId("fit").addEventListener("click", () => this.showAll(true), { signal });
    byId("closer").addEventListener("click", () => this.zoom(1.3), { signal });
    byId("farther").addEventListener("click", () => this.zoom(1 / 1.3), { signal });
  }

  /** How many lines are to be read: along time those of the lineage. */
  countInSight() {
    const { data, layout, lineShown } = this.state;
    if (layout === "map") return data.lines.length;
    const isLineage = data.relationships.map(({ type }) => LINEAGE.has(type));
    return data.lines.filter(({ type }, at) => lineShown[at] && isLineage[type]).length;
  }

  /** From 1 down to 0, as ever more lines are in each other's way. */
  crowd() {
    return Math.sqrt(LINES_TO_SEE / Math.max(this.inSight, LINES_TO_SEE));
  }

  /**
   * Lines are drawn in the picture's own measure: thicker where it is seen from far away, but
   * very many of them thin, or nothing could be seen for them.
   *
   * @param {number} scale
   */
  thicknessAt(scale) {
    return Math.max(Math.min(Math.max(scale ** -0.7, 1), 2.5) * this.crowd(), 1);
  }

  /** Follow the zoom with the lines' thickness, once it has come to rest. */
  keepThickness() {
    clearTimeout(this.waiting);
    if (!this.isThicknessOff()) return;
    this.waiting = setTimeout(() => {
      if (!this.state.signal.aborted) this.settle();
    }, 150);
  }

  isThicknessOff() {
    const wanted = this.thicknessAt(this.network.getScale());
    return Math.abs(Math.log(wanted / this.thickness)) >= 0.3;
  }

  /** Draw as it is to be looked at. */
  settle() {
    if (this.isThicknessOff()) {
      this.thickness = this.thicknessAt(this.network.getScale());
      this.refresh();
    } else this.network.redraw();
  }

  /** Whether all that is shown is in sight. */
  isWhole() {
    const { clientWidth: width, clientHeight: height } = this.place;
    const scale = this.network.getScale();
    const origin = this.network.canvasToDOM({ x: 0, y: 0 });
    return this.places[this.state.layout].every(({ x, y }, at) => {
      if (!this.state.entityShown[at]) return true;
      const [left, top] = [origin.x + x * scale, origin.y + y * scale];
      return left >= 0 && left <= width && top >= 0 && top <= height;
    });
  }

  count() {
    const { entityShown, lineShown } = this.state;
    const sum = (/** @type {Uint8Array} */ flags) => flags.reduce((all, flag) => all + flag, 0);
    this.motion.count = sum(entityShown) + sum(lineShown);
  }

  /** Move everything to where the layout has it. */
  rearrange() {
    this.hover.forget();
    const places = this.places[this.state.layout];
    this.motion.hold(() => this.nodes.update(places.map((place, id) => ({ id, ...place }))));
  }

  readColours() {
    return {
      region: sheetColour("--region"),
      rule: sheetColour("--rule"),
      quiet: sheetColour("--quiet"),
      text: sheetColour("--text"),
      ground: sheetColour("--ground"),
      accent: sheetColour("--accent"),
    };
  }

  /** @param {number} at */
  nodeLook(at) {
    return {
      shape: "custom",
      hidden: !this.state.entityShown[at],
      ctxRenderer: (/** @type {vis.RendererInput} */ drawing) => this.renderer(drawing),
    };
  }

  /** @param {number} at */
  edgeLook(at) {
    const { data } = this.state;
    const line = data.lines[at];
    const style = data.relationships[line.type];
    const chosen = this.forward?.lines.has(at);
    const many = 1 + 0.35 * Math.log2(line.papers);
    const mark = line.mark === undefined ? undefined : data.marks?.[line.mark];
    const shade = colour(mark ?? style);
    // Along time the lineage is what is to be read; the rest stays behind it.
    const behind = this.state.layout === "lineage" && !LINEAGE.has(style.type);
    const open = mark ? 0.9 : Math.max(0.7 * this.crowd(), 0.25) * (data.marks ? UNCHANGED : 1);
    const usual = behind ? Math.min(BEHIND, open) : open;
    const smooth =
      this.state.layout === "map"
        ? (data.network.edges[at].smooth ?? { enabled: false })
        : { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.5 };
    return {
      smooth,
      hidden: !this.state.lineShown[at],
      width: style.width * many * this.thickness * (chosen ? 1.4 : 1) * (mark ? 1.4 : 1),
      hoverWidth: 1,
      selectionWidth: 0,
      dashes: line.curated ? [9, 6] : style.dotted ? [2, 4] : false,
      color: {
        color: shade,
        hover: shade,
        highlight: shade,
        opacity: chosen ? 1 : this.forward ? FAINT : usual,
        inherit: false,
      },
      arrows:
        style.arrow === "none"
          ? ""
          : { to: { enabled: true, type: style.arrow, scaleFactor: 0.5 } },
      label: this.forward && !chosen ? undefined : lineSign(line, mark),
      font: {
        size: mark ? 20 : 11,
        face: "system-ui, sans-serif",
        color: mark ? shade : this.colours.text,
        strokeColor: this.colours.ground,
        strokeWidth: 3,
      },
    };
  }

  /** Hand over what looks other than before, which with 25,000 lines must not be all of them. */
  refresh() {
    const { entityShown, lineShown } = this.state;
    const { entities: changed, lines } = this.changes();
    this.count();
    this.motion.hold(() => {
      if (changed.length) this.nodes.update(changed.map((id) => ({ id, hidden: !entityShown[id] })));
      if (lines.length) {
        this.edges.update(
          lines.map((id) => (lineShown[id] ? { id, ...this.edgeLook(id) } : { id, hidden: true })),
        );
      }
    });
  }

  /** What looks other than when it was last asked. */
  changes() {
    const { entityShown, lineShown, layout } = this.state;
    const usual = [layout, this.thickness, this.colours.ground, this.forward !== null].join();
    return {
      entities: this.changed(this.nodesSeen, entityShown, (id) => String(entityShown[id])),
      lines: this.changed(this.edgesSeen, lineShown, (id) =>
        lineShown[id] ? `${usual},${this.forward?.lines.has(id)}` : "hidden",
      ),
    };
  }

  /**
   * The places whose look is another than it was, which is kept for the next time.
   *
   * @param {string[]} seen
   * @param {Uint8Array} all
   * @param {(id: number) => string} look
   */
  changed(seen, all, look) {
    /** @type {number[]} */
    const found = [];
    for (let id = 0; id < all.length; id += 1) {
      const now = look(id);
      if (now !== seen[id]) found.push(id);
      seen[id] = now;
    }
    return found;
  }

  /**
   * How vis-network is told to draw a node: our shape, at least a few pixels wide.
   *
   * @param {vis.RendererInput} drawing
   */
  renderer({ ctx, id, x, y }) {
    const { state } = this;
    const entity = state.data.entities[id];
    const kind = state.data.kinds[entity.kind];
    const scale = this.network?.getScale() ?? 1;
    const size = state.data.network.nodes[id].size;
    // From far away a shape keeps a few pixels, more where it matters more.
    const radius = Math.max(size, (3 + size / 6) / scale);
    const near = !this.forward || this.forward.entities.has(id);
    const chosen = this.isChosen(id);
    return {
      drawNode: () => {
        this.note(id, x, y, radius);
        ctx.globalAlpha = near ? 1 : FAINT;
        ctx.translate(x, y);
        const hovered = this.isHovered(id);
        if (entity.focus || chosen || hovered) {
          ctx.beginPath();
          ctx.arc(0, 0, radius * 1.25 + 4 / scale, 0, 2 * Math.PI);
          ctx.lineWidth = (chosen ? 3 : 2) / scale;
          ctx.strokeStyle = chosen || hovered ? this.colours.accent : this.colours.text;
          ctx.stroke();
        }
        ctx.save();
        ctx.scale(radius, radius);
        ctx.fillStyle = entity.facts?.stub ? this.colours.ground : colour(kind);
        ctx.fill(this.outlines[entity.kind]);
        ctx.lineWidth = (entity.facts?.stub ? 1.6 : 1) / (radius * scale);
        ctx.strokeStyle = entity.facts?.stub ? colour(kind) : this.colours.ground;
        ctx.stroke(this.outlines[entity.kind]);
        ctx.restore();
        if (state.data.marks && entity.mark !== undefined) {
          this.drawBadge(ctx, state.data.marks[entity.mark], radius, scale);
        }
      },
      nodeDimensions: { width: 2 * radius, height: 2 * radius },
    };
  }

  /**
   * The sign of what became of something, in a disc at its shoulder; a ring around what went is
   * broken.
   *
   * @param {CanvasRenderingContext2D} ctx In whose middle the shape is.
   * @param {import("./types.js").Mark} mark
   * @param {number} radius
   * @param {number} scale
   */
  drawBadge(ctx, mark, radius, scale) {
    const shade = colour(mark);
    const size = BADGE / Math.max(scale, 0.35);
    ctx.beginPath();
    ctx.arc(0, 0, radius * 1.25 + 1 / scale, 0, 2 * Math.PI);
    ctx.setLineDash(mark.name === "added" ? [] : [4 / scale, 3 / scale]);
    ctx.lineWidth = 2 / scale;
    ctx.strokeStyle = shade;
    ctx.stroke();
    ctx.setLineDash([]);
    // On the ring, to the upper right, and mostly outside of it: the shape is to be seen.
    const away = 0.71 * (radius * 1.25 + size * 0.6);
    const [x, y] = [away, -away];
    ctx.beginPath();
    ctx.arc(x, y, size, 0, 2 * Math.PI);
    ctx.fillStyle = shade;
    ctx.fill();
    ctx.lineWidth = size / 4;
    ctx.strokeStyle = this.colours.ground;
    ctx.stroke();
    ctx.save();
    ctx.translate(x, y);
    ctx.scale(size, size);
    ctx.lineWidth = 0.28;
    ctx.stroke(new Path2D(mark.stroke));
    ctx.restore();
  }

  /**
   * @param {number} at
   * @param {number} x
   * @param {number} y
   * @param {number} radius
   */
  note(at, x, y, radius) {
    const near = !this.forward || this.forward.entities.has(at);
    const chosen = this.isChosen(at) || this.isHovered(at);
    if (!near && !chosen) return;
    const dom = this.network.canvasToDOM({ x, y });
    this.drawn.push({
      at,
      x: dom.x,
      y: dom.y,
      radius: radius * this.network.getScale(),
      ...this.state.standing(at, chosen),
    });
  }

  /** @param {CanvasRenderingContext2D} context */
  drawNames(context) {
    const ratio = context.canvas.width / context.canvas.clientWidth;
    // vis-network draws a chosen or hovered node a second time, on top.
    const once = new Map(this.drawn.map((node) => [node.at, node]));
    context.save();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const taken = this.backdrop.drawNames(
      context,
      (place) => this.network.canvasToDOM(place),
      this.colours,
    );
    this.labels.draw(context, [...once.values()], this.colours, taken);
    context.restore();
  }

  /** @param {number} at */
  isHovered(at) {
    // vis-network draws once while it is made.
    return this.hover?.node === at;
  }

  /** @param {number} at */
  isChosen(at) {
    const chosen = this.state.selection;
    return chosen !== null && "entity" in chosen && chosen.entity === at;
  }

  /** Move the view where the choice would be out of sight, to its neighbours too if they fit. */
  follow() {
    const chosen = this.state.selection;
    if (chosen === null || "line" in chosen || this.place.hidden) return;
    if ("path" in chosen) {
      const view = fitting(chosen.path.entities.map((at) => this.network.getPosition(at)), this.place);
      if (view) this.move({ ...view, animation: this.animation() });
      return;
    }
    const position = this.network.getPosition(chosen.entity);
    const dom = this.network.canvasToDOM(position);
    const edge = 60;
    const { clientWidth: width, clientHeight: height } = this.place;
    const inside = dom.x > edge && dom.x < width - edge && dom.y > edge && dom.y < height - edge;
    if (inside && this.network.getScale() >= LEGIBLE) return;
    const near = Object.values(this.network.getPositions([...(this.forward?.entities ?? [])]));
    const all = fitting(near, this.place);
    const view = all && all.scale >= LEGIBLE ? all : { position, scale: LEGIBLE };
    const scale = Math.min(view.scale, Math.max(this.network.getScale(), 0.9));
    this.move({ position: view.position, scale, animation: this.animation() });
  }

  /** @param {number} factor */
  zoom(factor) {
    const scale = Math.min(Math.max(this.network.getScale() * factor, 0.05), 6);
    this.move({ scale, animation: this.animation() });
  }

  /** @param {boolean} animated */
  showAll(animated) {
    const shown = this.state.data.network.nodes
      .map((node) => node.id)
      .filter((id) => this.state.entityShown[id]);
    const view = fitting(Object.values(this.network.getPositions(shown)), this.place);
    if (view) this.move({ ...view, animation: animated && this.animation() });
  }

  /** @param {Parameters<vis.Network["moveTo"]>[0]} view */
  move(view) {
    // What is under the pointer moves away from it.
    this.hover.forget();
    if (view.animation) this.motion.begin();
    this.network.moveTo(view);
  }

  animation() {
    return wantsStillness() ? false : { duration: 250, easingFunction: "easeInOutQuad" };
  }

  /**
   * Where something lies on the screen, for tests and for whoever scripts the page.
   *
   * @param {number} at
   */
  placeOf(at) {
    const dom = this.network.canvasToDOM(this.network.getPosition(at));
    const { left, top } = this.place.getBoundingClientRect();
    return { x: dom.x + left, y: dom.y + top };
  }

  /**
   * Where the middle of each name that is drawn lies on the screen, by the entity's id.
   *
   * @returns {Record<string, {x: number, y: number}>}
   */
  placesOfNames() {
    const { left, top } = this.place.getBoundingClientRect();
    return Object.fromEntries(
      this.labels.placed.map(({ at, box }) => [
        this.state.data.entities[at].id,
        { x: (box.left + box.right) / 2 + left, y: (box.top + box.bottom) / 2 + top },
      ]),
    );
  }
}

/**
 * What stands on a line: what became of it, and how many papers state it.
 *
 * @param {import("./types.js").Line} line
 * @param {import("./types.js").Mark | undefined} mark
 */
function lineSign(line, mark) {
  const papers = line.papers > 1 ? `×${line.papers}` : "";
  return [mark?.sign ?? "", papers].filter((part) => part !== "").join(" ") || undefined;
}
