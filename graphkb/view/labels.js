// @ts-check
// Names on the picture: always of readable size, the important ones first, never on each other.

/**
 * @typedef {object} Drawn
 * @property {number} at
 * @property {number} x In pixels of the canvas element.
 * @property {number} y
 * @property {number} radius
 * @property {number} rank Higher is placed first.
 * @property {boolean} strong
 * @property {boolean} must Placed even where it covers another name.
 */

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

/** @typedef {{at: number, box: Box, rows: string[], font: string}} Placed */

const CELL = 48;
/** The height of a row, in pixels. */
export const LINE = 15;
const LETTERS = 22;
const CROWD = 300;
const COVERS = 0.3;
const AREA_OF_A_NAME = 7000;
// Marks that turn the direction of text would let a name overwrite its neighbours.
const TURNS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

export class Labels {
  /** @param {string[]} names */
  constructor(names) {
    this.rows = names.map((name) => wrap(name.replace(TURNS, "")));
    /** @type {Map<string, number>} */
    this.widths = new Map();
    /** @type {Placed[]} */
    this.placed = [];
  }

  /**
   * Place and draw the names of what is drawn.
   *
   * @param {CanvasRenderingContext2D} context With a transform to pixels of the canvas element.
   * @param {Drawn[]} drawn
   * @param {{text: string, ground: string}} colours
   * @param {Box[]} reserved Where no name may stand.
   */
  draw(context, drawn, colours, reserved) {
    const { clientWidth: width, clientHeight: height } = context.canvas;
    this.placed = this.place(context, drawn, { width, height }, reserved);
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.strokeStyle = colours.ground;
    context.lineWidth = 3.5;
    context.fillStyle = colours.text;
    for (const { box, rows, font } of this.placed) {
      context.font = font;
      rows.forEach((row, line) => {
        const x = (box.left + box.right) / 2;
        const y = box.top + 1.5 + line * LINE;
        context.strokeText(row, x, y);
        context.fillText(row, x, y);
      });
    }
  }

  /**
   * Find places for names: the important ones first, none on another.
   *
   * @param {CanvasRenderingContext2D} context To measure with.
   * @param {Drawn[]} drawn
   * @param {{width: number, height: number}} frame
   * @param {Box[]} reserved
   * @returns {Placed[]}
   */
  place(context, drawn, frame, reserved) {
    const shapes = new Grid();
    const taken = new Grid();
    for (const box of reserved) taken.add(box, -1);
    /** @type {Placed[]} */
    const placed = [];
    const ordered = [...drawn].sort((a, b) => b.rank - a.rank || a.at - b.at);
    // Names stay off shapes, except off the smallest ones where there are very many.
    const least = ordered.length > CROWD ? 7 : 2;
    for (const node of ordered) {
      if (node.radius >= least) shapes.add(around(node), node.at);
    }
    const most = ordered.length > CROWD ? (frame.width * frame.height) / AREA_OF_A_NAME : Infinity;
    for (const node of ordered) {
      if (placed.length >= most && !node.must) continue;
      const font = `${node.strong ? "600 14px" : "12px"} system-ui, sans-serif`;
      const rows = this.rows[node.at];
      const width = Math.max(...rows.map((row) => this.width(context, row, font)));
      const wanted = spots(node, width, rows.length * LINE);
      const open = wanted.filter(
        (spot) => spot.left >= 0 && spot.right <= frame.width && taken.free(spot, node.at),
      );
      // What matters is named even where its name covers a neighbour's shape.
      const box =
        open.find((spot) => shapes.free(spot, node.at)) ??
        (node.rank > COVERS ? open[0] : undefined) ??
        (node.must ? wanted[0] : undefined);
      if (!box) continue;
      taken.add(box, node.at);
      placed.push({ at: node.at, box, rows, font });
    }
    return placed;
  }

  /**
   * The entity whose name is at a place, if any.
   *
   * @param {number} x
   * @param {number} y
   * @returns {number | null}
   */
  at(x, y) {
    const hit = this.placed.find(
      ({ box }) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom,
    );
    return hit ? hit.at : null;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {string} text
   * @param {string} font
   */
  width(context, text, font) {
    const key = font + text;
    let width = this.widths.get(key);
    if (width === undefined) {
      context.font = font;
      width = context.measureText(text).width;
      this.widths.set(key, width);
    }
    return width;
  }
}

/** Which places of the picture are taken, looked up by squares. */
class Grid {
  constructor() {
    /** @type {Map<number, {box: Box, at: number}[]>} */
    this.cells = new Map();
  }

  /**
   * @param {Box} box
   * @param {number} at Whose it is: a name may touch its own shape.
   */
  add(box, at) {
    this.each(box, (key) => {
      const cell = this.cells.get(key);
      if (cell) cell.push({ box, at });
      else this.cells.set(key, [{ box, at }]);
      return true;
    });
  }

  /**
   * @param {Box} box
   * @param {number} at
   */
  free(box, at) {
    return this.each(
      box,
      (key) =>
        !this.cells
          .get(key)
          ?.some(
            (other) =>
              other.at !== at &&
              other.box.left < box.right &&
              other.box.right > box.left &&
              other.box.top < box.bottom &&
              other.box.bottom > box.top,
          ),
    );
  }

  /**
   * @param {Box} box
   * @param {(key: number) => boolean} ask
   */
  each(box, ask) {
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); x += 1) {
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); y += 1) {
        if (!ask(x * 65536 + y)) return false;
      }
    }
    return true;
  }
}

/** @param {Drawn} node */
function around(node) {
  const { x, y, radius } = node;
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

/**
 * Where a name may stand: beneath, above, to the right, to the left.
 *
 * @param {Drawn} node
 * @param {number} width
 * @param {number} height
 * @returns {Box[]}
 */
function spots(node, width, height) {
  const { x, y } = node;
  const away = node.radius * 1.15 + 2;
  const half = width / 2 + 2;
  return [
    { left: x - half, top: y + away, right: x + half, bottom: y + away + height },
    { left: x - half, top: y - away - height, right: x + half, bottom: y - away },
    { left: x + away, top: y - height / 2, right: x + away + 2 * half, bottom: y + height / 2 },
    { left: x - away - 2 * half, top: y - height / 2, right: x - away, bottom: y + height / 2 },
  ];
}

/**
 * Break a name into at most two rows.
 *
 * @param {string} name
 * @returns {string[]}
 */
function wrap(name) {
  /** @type {string[]} */
  const rows = [""];
  for (const word of name.split(" ")) {
    const row = rows[rows.length - 1];
    if (row === "") rows[rows.length - 1] = word;
    else if (row.length + word.length < LETTERS) rows[rows.length - 1] = `${row} ${word}`;
    else rows.push(word);
  }
  const kept = rows.slice(0, 2).map((row) => cut(row, LETTERS + 4));
  if (rows.length > 2) kept[1] = `${kept[1].replace(/[…:,;]$/u, "")}…`;
  return kept;
}

/**
 * @param {string} text
 * @param {number} most
 */
function cut(text, most) {
  const letters = [...text];
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : text;
}
