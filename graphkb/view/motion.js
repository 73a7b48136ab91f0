// @ts-check
// A large picture while it is moved: a copy of it moves, and it is drawn anew once it rests.

/** @typedef {import("./geometry.js").Place} Place */
/** @typedef {{x: number, y: number, scale: number}} View Where the origin is on the canvas. */

// Without a graphics card a frame of 1,500 shapes and lines takes 20 ms to draw.
const MANY = 1500;
const REST = 150;
// Of the canvas, as much without picture as is borne until it rests.
const MOST_BARE = 0.35;

export class Motion {
  /**
   * @param {vis.Network} network
   * @param {HTMLElement} place
   * @param {AbortSignal} signal
   * @param {() => boolean} isWhole Whether all that is shown is in sight.
   * @param {() => void} rest Draws the picture anew.
   */
  constructor(network, place, signal, isWhole, rest) {
    this.network = network;
    this.signal = signal;
    this.isWhole = isWhole;
    this.rest = rest;
    /** How many shapes and lines are shown. */
    this.count = 0;
    this.moving = false;
    this.held = false;
    this.copy = document.createElement("canvas");
    this.overview = document.createElement("canvas");
    /** @type {View | null} Of the picture that is on the canvas, and of its copy. */
    this.drawn = null;
    /** @type {View | null} Of the last picture that was whole, without names. */
    this.seen = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waiting = undefined;
    this.standIn();
    network.on("dragStart", ({ nodes }) => {
      if (!nodes.length) this.begin();
    });
    network.on("zoom", () => this.begin());
    // What is under a pointer that moves the picture is not asked for.
    const ignore = (/** @type {Event} */ event) => {
      if (this.moving) event.stopPropagation();
    };
    place.addEventListener("mousemove", ignore, { capture: true, signal });
    signal.addEventListener("abort", () => clearTimeout(this.waiting));
  }

  /** Keep vis-network, which can leave out lines alone, from drawing while the copy is shown. */
  standIn() {
    const { renderer } = this.network;
    const { _drawNodes: nodes, _drawEdges: edges, _drawArrows: arrows } = renderer;
    renderer._drawNodes = (...given) =>
      this.stands() ? { drawExternalLabels: () => {} } : nodes.apply(renderer, given);
    renderer._drawEdges = (...given) => void (this.stands() || edges.apply(renderer, given));
    renderer._drawArrows = (...given) => void (this.stands() || arrows.apply(renderer, given));
  }

  /** Whether vis-network draws nothing. */
  stands() {
    return this.moving || this.held;
  }

  /**
   * Change what is drawn: vis-network would draw all of it after each change, not after the last.
   *
   * @param {() => void} change
   */
  hold(change) {
    this.forget();
    this.held = true;
    try {
      change();
    } finally {
      this.held = false;
    }
    this.network.redraw();
  }

  /** The view changes from now on, or has just changed. */
  begin() {
    if (this.moving || this.count < MANY || this.drawn === null) return;
    copyTo(this.copy, this.network.renderer.canvas.frame.canvas);
    this.moving = true;
    this.wait();
  }

  /** Draw the picture itself from now on. */
  end() {
    clearTimeout(this.waiting);
    this.moving = false;
  }

  /** What is shown is another: no copy of it is of use. */
  forget() {
    this.end();
    this.seen = null;
  }

  wait() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.moving = false;
      this.rest();
    }, REST);
  }

  /**
   * Draw the copy where there is one that does.
   *
   * @param {CanvasRenderingContext2D} context
   * @returns {boolean} Whether the picture need not be drawn.
   */
  draw(context) {
    if (this.held) return true;
    if (!this.moving || this.drawn === null) return false;
    const { canvas } = context;
    const box = this.boxOf(this.copy, this.drawn);
    const covered =
      Math.max(Math.min(box.left + box.width, canvas.width) - Math.max(box.left, 0), 0) *
      Math.max(Math.min(box.top + box.height, canvas.height) - Math.max(box.top, 0), 0);
    const bare = 1 - covered / (canvas.width * canvas.height);
    const resized = this.copy.width !== canvas.width || this.copy.height !== canvas.height;
    if (resized || (this.seen === null && bare > MOST_BARE)) {
      this.end();
      return false;
    }
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (this.seen && bare > 0) {
      const around = this.boxOf(this.overview, this.seen);
      context.drawImage(this.overview, around.left, around.top, around.width, around.height);
      context.clearRect(box.left, box.top, box.width, box.height);
    }
    context.drawImage(this.copy, box.left, box.top, box.width, box.height);
    context.restore();
    this.wait();
    return true;
  }

  /** The picture has been drawn, but for its names, as the view has it. */
  keep() {
    this.drawn = this.view();
    if (this.count < MANY || !this.isWhole()) return;
    copyTo(this.overview, this.network.renderer.canvas.frame.canvas);
    this.seen = this.drawn;
  }

  /**
   * Where a copy lies on the canvas now, in its pixels.
   *
   * @param {HTMLCanvasElement} copy
   * @param {View} then
   */
  boxOf(copy, then) {
    const { canvas } = this.network.renderer.canvas.frame;
    const ratio = canvas.width / canvas.clientWidth;
    const now = this.view();
    const grown = now.scale / then.scale;
    return {
      left: (now.x - grown * then.x) * ratio,
      top: (now.y - grown * then.y) * ratio,
      width: copy.width * grown,
      height: copy.height * grown,
    };
  }

  /** @returns {View} */
  view() {
    return { ...this.network.canvasToDOM({ x: 0, y: 0 }), scale: this.network.getScale() };
  }
}

/**
 * @param {HTMLCanvasElement} copy
 * @param {HTMLCanvasElement} canvas
 */
function copyTo(copy, canvas) {
  // To set the size empties it.
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext("2d")?.drawImage(canvas, 0, 0);
}
