// @ts-check
// What is shown, drawn once more as an SVG picture: for slides, papers and print.

import { drawable, svg } from "./dom.js";
import { LINE } from "./labels.js";
import { colour, sheetColour } from "./theme.js";

/** @typedef {import("./geometry.js").Place} Place */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./state.js").State} State */

const MARGIN = 90;
const HEAD = 46;
const LEGEND = 30;
const ARROW = 9;
const FONT = "system-ui, sans-serif";

/**
 * Draw everything that is shown at the picture's own measure, at which every name has room.
 *
 * @param {State} state
 * @param {Scene} scene
 * @returns {SVGSVGElement}
 */
export function drawing(state, scene) {
  const { data } = state;
  const shown = data.entities.map((_, at) => at).filter((at) => state.entityShown[at]);
  const places = scene.places[state.layout];
  const [left, top] = [least(shown, (at) => places[at].x), least(shown, (at) => places[at].y)];
  const width = Math.round(-least(shown, (at) => -places[at].x) - left + 2 * MARGIN) || 2 * MARGIN;
  const height = Math.round(-least(shown, (at) => -places[at].y) - top + 2 * MARGIN) || 2 * MARGIN;
  const move = (/** @type {Place} */ { x, y }) => ({
    x: Math.round(x - left + MARGIN),
    y: Math.round(y - top + MARGIN + HEAD),
  });
  const at = (/** @type {number} */ node) => move(places[node]);
  const [ground, text, quiet] = ["--ground", "--text", "--quiet"].map(sheetColour);
  const whole = height + HEAD + LEGEND;
  const backdrop = scene.backdrop.shapes((node) => places[node], move);
  const picture = svg("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${width} ${whole}`,
    width: String(width),
    height: String(whole),
    "font-family": FONT,
    "font-size": "12",
  });
  picture.append(
    withText("title", {}, data.title),
    svg("rect", { width: String(width), height: String(whole), fill: ground }),
    withText("text", { x: "20", y: "30", fill: text, "font-size": "18", "font-weight": "600" }, data.title),
    ...behind(backdrop, quiet),
    ...data.lines.flatMap((_, line) => (state.lineShown[line] ? lineOf(state, scene, line, at) : [])),
    ...shown.flatMap((node) => shape(state, node, at(node))),
    ...names(state, scene, shown, at, {
      width,
      height: whole,
      reserved: backdrop.regions.map((region) => boxOf(region)),
    }),
    ...legend(state, whole - LEGEND / 2, text),
  );
  return picture;
}

/**
 * @param {ReturnType<Scene["backdrop"]["shapes"]>} drawn
 * @param {string} quiet
 */
function behind(drawn, quiet) {
  const [region, rule] = ["--region", "--rule"].map(sheetColour);
  return [
    ...drawn.regions.map(({ hull, room }) =>
      svg("polygon", {
        points: hull.map(({ x, y }) => `${x},${y}`).join(" "),
        fill: region,
        stroke: region,
        "stroke-width": String(2 * room),
        "stroke-linejoin": "round",
      }),
    ),
    ...drawn.regions.map(({ name, hull, room }) => {
      const box = boxOf({ name, hull, room });
      const x = (box.left + box.right) / 2;
      const place = { x: x.toFixed(1), y: String(box.bottom - 4), "text-anchor": "middle" };
      return withText("text", { ...place, fill: quiet, "font-weight": "600" }, name);
    }),
    ...drawn.periods.flatMap(({ name, x }) => [
      svg("line", { x1: String(x), x2: String(x), y1: String(HEAD), y2: "100%", stroke: rule }),
      withText("text", { x: String(x + 5), y: String(HEAD + 14), fill: quiet, "font-weight": "600" }, name),
    ]),
  ];
}

/**
 * Where the name of a region stands: above it, in letters of about this width.
 *
 * @param {{name: string, hull: Place[], room: number}} region
 */
function boxOf({ name, hull, room }) {
  const half = name.length * 3.6;
  const x = (least(hull, (place) => place.x) - least(hull, (place) => -place.x)) / 2;
  const bottom = Math.round(least(hull, (place) => place.y) - room - 2);
  return { left: x - half, right: x + half, top: bottom - LINE - 2, bottom };
}

/**
 * @param {State} state
 * @param {Scene} scene
 * @param {number} line
 * @param {(at: number) => Place} at
 */
function lineOf(state, scene, line, at) {
  const { data } = state;
  const style = data.relationships[data.lines[line].type];
  const [from, to] = [at(state.from[line]), at(state.to[line])];
  const { dashes, width, color } = scene.edgeLook(line);
  const mark = data.lines[line].mark;
  const became = mark === undefined ? undefined : data.marks?.[mark];
  const stroke = colour(became ?? style);
  const control = bend(state, line, from, to);
  const end = data.network.nodes[state.to[line]].size + 2;
  const { x: dx, y: dy } = towards(control[control.length - 1], to);
  const tip = { x: to.x - dx * end, y: to.y - dy * end };
  const curve = control.length === 2 ? "C" : "Q";
  const path = from === to ? "" : `${curve}${[...control, tip].map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(" ")}`;
  /** @type {SVGElement[]} */
  const made = [
    svg("path", {
      d: `M${from.x} ${from.y}${path}`,
      fill: "none",
      stroke,
      "stroke-width": width.toFixed(2),
      "stroke-opacity": String(color.opacity),
      ...(Array.isArray(dashes) ? { "stroke-dasharray": dashes.join(" ") } : {}),
    }),
  ];
  if (style.arrow !== "none") {
    const back = { x: tip.x - dx * ARROW, y: tip.y - dy * ARROW };
    const side = { x: (-dy * ARROW) / 2.4, y: (dx * ARROW) / 2.4 };
    const corners = [tip, { x: back.x + side.x, y: back.y + side.y }, { x: back.x - side.x, y: back.y - side.y }];
    const points = corners.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    made.push(svg("polygon", { points, fill: stroke, "fill-opacity": String(color.opacity) }));
  }
  if (became) made.push(...sign(became, (from.x + tip.x) / 2, (from.y + tip.y) / 2));
  return made;
}

/**
 * The control points of a line's curve.
 *
 * @param {State} state
 * @param {number} line
 * @param {Place} from
 * @param {Place} to
 */
function bend(state, line, from, to) {
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  if (state.layout === "lineage") return [{ x: middle.x, y: from.y }, { x: middle.x, y: to.y }];
  const smooth = /** @type {{type: string, roundness: number} | undefined} */ (
    state.data.network.edges[line].smooth
  );
  if (!smooth) return [middle];
  const aside = smooth.roundness * (smooth.type === "curvedCW" ? -1 : 1);
  return [{ x: middle.x - (to.y - from.y) * aside, y: middle.y + (to.x - from.x) * aside }];
}

/**
 * @param {State} state
 * @param {number} at
 * @param {Place} place
 * @returns {SVGElement[]}
 */
function shape(state, at, { x, y }) {
  const entity = state.data.entities[at];
  const kind = state.data.kinds[entity.kind];
  const ground = sheetColour("--ground");
  const hollow = Boolean(entity.facts?.stub);
  const size = state.data.network.nodes[at].size;
  const made = svg("path", {
    d: kind.outline,
    transform: `translate(${x} ${y}) scale(${size})`,
    fill: hollow ? ground : colour(kind),
    stroke: hollow ? colour(kind) : ground,
    "stroke-width": String((hollow ? 1.6 : 1) / size),
  });
  made.append(withText("title", {}, `${entity.name} · ${kind.label}`));
  const mark = entity.mark === undefined ? undefined : state.data.marks?.[entity.mark];
  if (!mark) return [made];
  return [made, ...sign(mark, x + 0.95 * size, y - 0.95 * size)];
}

/**
 * The sign of what became of something, in a disc.
 *
 * @param {import("./types.js").Mark} mark
 * @param {number} x
 * @param {number} y
 */
function sign(mark, x, y) {
  const ground = sheetColour("--ground");
  const [left, top] = [x.toFixed(1), y.toFixed(1)];
  const disc = { cx: left, cy: top, r: "6.5", fill: colour(mark), stroke: ground };
  const transform = `translate(${left} ${top}) scale(6.5)`;
  const drawn = svg("circle", { ...disc, "stroke-width": "1.5" });
  drawn.append(withText("title", {}, mark.word));
  /** @type {SVGElement[]} */
  const made = [
    drawn,
    svg("path", { d: mark.stroke, transform, stroke: ground, "stroke-width": "0.28", fill: "none" }),
  ];
  return made;
}

/**
 * @param {State} state
 * @param {Scene} scene
 * @param {number[]} shown
 * @param {(at: number) => Place} at
 * @param {{width: number, height: number, reserved: import("./labels.js").Box[]}} frame
 */
function names(state, scene, shown, at, frame) {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return [];
  const { network } = state.data;
  const drawn = shown.map((node) => ({
    at: node,
    ...at(node),
    radius: network.nodes[node].size,
    ...state.standing(node, false),
  }));
  const [ground, text] = ["--ground", "--text"].map(sheetColour);
  return scene.labels.place(context, drawn, frame, frame.reserved).flatMap(({ box, rows, font }) =>
    rows.map((row, line) =>
      withText(
        "text",
        {
          x: ((box.left + box.right) / 2).toFixed(1),
          y: (box.top + (line + 0.85) * LINE).toFixed(1),
          "text-anchor": "middle",
          "font-size": font.startsWith("600") ? "14" : "12",
          ...(font.startsWith("600") ? { "font-weight": "600" } : {}),
          fill: text,
          stroke: ground,
          "stroke-width": "3.5",
          "stroke-linejoin": "round",
          "paint-order": "stroke",
        },
        row,
      ),
    ),
  );
}

/**
 * @param {State} state
 * @param {number} y
 * @param {string} text
 */
function legend(state, y, text) {
  const { entities, kinds, lines, relationships } = state.data;
  /** @type {SVGElement[]} */
  const made = [];
  let x = 26;
  for (const mark of state.data.marks ?? []) {
    made.push(...sign(mark, x, y), withText("text", { x: String(x + 12), y: String(y + 4), fill: text }, mark.word));
    x += 34 + mark.word.length * 6.6;
  }
  kinds.forEach((kind, number) => {
    if (!entities.some((entity, at) => entity.kind === number && state.entityShown[at])) return;
    made.push(
      svg("path", { d: kind.outline, transform: `translate(${x} ${y}) scale(6)`, fill: colour(kind) }),
      withText("text", { x: String(x + 12), y: String(y + 4), fill: text }, kind.plural),
    );
    x += 34 + kind.plural.length * 6.6;
  });
  relationships.forEach((style, number) => {
    if (!lines.some((line, at) => line.type === number && state.lineShown[at])) return;
    made.push(
      svg("path", {
        d: `M${x} ${y}h22`,
        stroke: colour(style),
        "stroke-width": String(style.width),
        ...(style.dotted ? { "stroke-dasharray": "2 4" } : {}),
      }),
      withText("text", { x: String(x + 28), y: String(y + 4), fill: text }, style.outward.toLowerCase()),
    );
    x += 50 + style.outward.length * 6.2;
  });
  return made;
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {string} text
 */
function withText(tag, attributes, text) {
  const made = svg(tag, attributes);
  made.textContent = drawable(text);
  return made;
}

/**
 * @template Item
 * @param {Item[]} items
 * @param {(item: Item) => number} value
 */
function least(items, value) {
  return items.reduce((low, item) => Math.min(low, value(item)), Infinity);
}

/**
 * The direction from one place to another, of length 1.
 *
 * @param {Place} from
 * @param {Place} to
 */
function towards(from, to) {
  const [x, y] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(x, y) || 1;
  return { x: x / length, y: y / length };
}
