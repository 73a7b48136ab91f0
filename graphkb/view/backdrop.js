// @ts-check
// What lies behind the picture: the regions of communities on the map, the years of the lineage.

/** @typedef {import("./geometry.js").Place} Place */
/** @typedef {import("./labels.js").Box} Box */
/** @typedef {import("./state.js").State} State */
/** @typedef {{ground: string, region: string, rule: string, quiet: string}} Colours */

const LEAST = 3;
const STRAY = 2.5;
const ROOM = 34;
const MOST_NAMES = 16;
const FONT = "600 13px system-ui, sans-serif";
const ROW = 18;

export class Backdrop {
  /** @param {State} state */
  constructor(state) {
    this.state = state;
    /** @type {{name: string, hull: Place[]}[] | null} */
    this.regions = null;
  }

  /** Find the regions again: something is shown, hidden or moved. */
  forget() {
    this.regions = null;
  }

  /**
   * Draw what has the picture's own measure.
   *
   * @param {CanvasRenderingContext2D} context In the picture's coordinates.
   * @param {(at: number) => Place} placeOf
   * @param {Colours} colours
   */
  draw(context, placeOf, colours) {
    if (this.state.layout !== "map") return;
    this.regions ??= this.find(placeOf);
    context.fillStyle = context.strokeStyle = colours.region;
    context.lineJoin = "round";
    context.lineWidth = 2 * ROOM;
    for (const { hull } of this.regions) {
      context.beginPath();
      for (const { x, y } of hull) context.lineTo(x, y);
      context.closePath();
      context.stroke();
      context.fill();
    }
  }

  /**
   * Draw what has the screen's measure, and tell which places that takes.
   *
   * @param {CanvasRenderingContext2D} context In pixels of the canvas element.
   * @param {(place: Place) => Place} toScreen
   * @param {Colours} colours
   * @returns {Box[]}
   */
  drawNames(context, toScreen, colours) {
    context.font = FONT;
    context.textBaseline = "top";
    return this.state.layout === "map"
      ? this.drawRegionNames(context, toScreen, colours)
      : this.drawPeriods(context, toScreen, colours);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {(place: Place) => Place} toScreen
   * @param {Colours} colours
   */
  drawRegionNames(context, toScreen, colours) {
    /** @type {Box[]} */
    const taken = [];
    const { clientWidth, clientHeight } = context.canvas;
    context.textAlign = "center";
    context.lineJoin = "round";
    for (const { name, hull } of (this.regions ?? []).slice(0, MOST_NAMES)) {
      const places = hull.map(toScreen);
      const [left, right] = [Math.min(...places.map((p) => p.x)), Math.max(...places.map((p) => p.x))];
      const top = Math.min(...places.map((place) => place.y));
      const width = context.measureText(name).width;
      const x = (left + right) / 2;
      const room = ROOM * (toScreen({ x: 1, y: 0 }).x - toScreen({ x: 0, y: 0 }).x);
      const box = { left: x - width / 2, right: x + width / 2, top: top - room - ROW, bottom: top - room };
      const fits = width < (right - left + 2 * room) * 1.3;
      const seen = box.left > 0 && box.right < clientWidth && box.top > 0 && box.bottom < clientHeight;
      if (!fits || !seen || taken.some((other) => touch(other, box))) continue;
      taken.push(box);
      context.strokeStyle = colours.ground;
      context.lineWidth = 4;
      context.strokeText(name, x, box.top + 2);
      context.fillStyle = colours.quiet;
      context.fillText(name, x, box.top + 2);
    }
    return taken;
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {(place: Place) => Place} toScreen
   * @param {Colours} colours
   */
  drawPeriods(context, toScreen, colours) {
    const { clientWidth, clientHeight } = context.canvas;
    context.textAlign = "left";
    context.strokeStyle = colours.rule;
    context.fillStyle = colours.quiet;
    context.lineWidth = 1;
    let free = -Infinity;
    for (const [name, at] of this.state.data.lineage.periods) {
      const x = Math.round(toScreen({ x: at, y: 0 }).x) + 0.5;
      if (x < 0 || x > clientWidth) continue;
      context.beginPath();
      context.moveTo(x, 0);
      context.lineTo(x, clientHeight);
      context.stroke();
      if (x < free) continue;
      context.fillText(name, x + 5, 6);
      free = x + context.measureText(name).width + 12;
    }
    return [{ left: 0, right: clientWidth, top: 0, bottom: ROW + 6 }];
  }

  /**
   * What there is to draw, for a picture of another kind.
   *
   * @param {(at: number) => Place} placeOf
   * @param {(place: Place) => Place} move From the places here to those there.
   */
  shapes(placeOf, move) {
    const { layout, data } = this.state;
    const regions = layout === "map" ? this.find(placeOf) : [];
    const periods = layout === "map" ? [] : data.lineage.periods;
    return {
      regions: regions.map(({ name, hull }) => ({ name, hull: hull.map(move), room: ROOM })),
      periods: periods.map(([name, x]) => ({ name, x: move({ x, y: 0 }).x })),
    };
  }

  /** @param {(at: number) => Place} placeOf */
  find(placeOf) {
    const { communities } = this.state.data;
    // One community is no division.
    if (communities.length < 2) return [];
    return communities.flatMap(({ name, members }) => {
      const shown = members.filter((at) => this.state.entityShown[at]);
      return shown.length < LEAST ? [] : [{ name, hull: hullOf(together(shown.map(placeOf))) }];
    });
  }
}

/**
 * Leave out places far from the rest, for the sake of which a region would cover its neighbours.
 *
 * @param {Place[]} places
 */
function together(places) {
  const middle = (/** @type {number[]} */ numbers) =>
    [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
  const [x, y] = [middle(places.map((p) => p.x)), middle(places.map((p) => p.y))];
  const away = places.map((place) => Math.hypot(place.x - x, place.y - y));
  const far = STRAY * middle(away);
  return places.filter((_, at) => away[at] <= far);
}

/**
 * The convex hull of some places, by Andrew's monotone chain.
 *
 * @param {Place[]} places
 */
function hullOf(places) {
  const sorted = [...places].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (/** @type {Place[]} */ ordered) => {
    /** @type {Place[]} */
    const kept = [];
    for (const place of ordered) {
      while (kept.length > 1 && turn(kept[kept.length - 2], kept[kept.length - 1], place) <= 0) kept.pop();
      kept.push(place);
    }
    return kept.slice(0, -1);
  };
  const hull = [...half(sorted), ...half(sorted.reverse())];
  return hull.length ? hull : sorted;
}

/**
 * @param {Place} a
 * @param {Place} b
 * @param {Place} c
 */
function turn(a, b, c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/**
 * @param {Box} one
 * @param {Box} other
 */
function touch(one, other) {
  return (
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
  );
}
