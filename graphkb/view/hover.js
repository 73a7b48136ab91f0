// @ts-check
// What the pointer is on: told in a chip, and forgotten as soon as it is on nothing of that.

import { byId } from "./dom.js";

/** @typedef {import("./state.js").State} State */

// No picture reaches as far as this.
const NOWHERE = -1e7;

export class Hover {
  /**
   * @param {State} state
   * @param {vis.Network} network
   * @param {HTMLElement} place
   */
  constructor(state, network, place) {
    this.state = state;
    this.network = network;
    this.place = place;
    /** @type {number | null} */
    this.node = null;
    network.on("hoverNode", ({ node }) => this.tell(node, this.describeEntity(node)));
    network.on("blurNode", () => this.tell(null, ""));
    network.on("hoverEdge", ({ edge }) => this.tell(null, this.describeLine(edge)));
    network.on("blurEdge", () => this.tell(null, ""));
    network.on("dragStart", () => this.forget());
    network.on("zoom", () => this.forget());
    for (const event of ["pointerleave", "mouseleave", "pointercancel", "blur"]) {
      place.addEventListener(event, () => this.forget(), { signal: state.signal });
    }
    byId("as-list").addEventListener("click", () => this.forget(), { signal: state.signal });
    state.listen((change) => {
      if (change === "filter") this.forget();
    });
  }

  /** The pointer is on nothing any more, which vis-network learns from movements alone. */
  forget() {
    const nowhere = { clientX: NOWHERE, clientY: NOWHERE };
    this.place.querySelector("canvas")?.dispatchEvent(new MouseEvent("mousemove", nowhere));
    if (byId("hint").textContent !== "") this.tell(null, "");
  }

  /**
   * @param {number | null} node
   * @param {string} text
   */
  tell(node, text) {
    this.node = node;
    byId("hint").textContent = text;
    this.place.style.cursor = text ? "pointer" : "";
    this.network.redraw();
  }

  /** @param {number} at */
  describeEntity(at) {
    const entity = this.state.data.entities[at];
    return `${entity.name} · ${this.state.data.kinds[entity.kind].label}`;
  }

  /** @param {number} at */
  describeLine(at) {
    const { data, from, to } = this.state;
    const line = data.lines[at];
    const said = data.relationships[line.type].outward.toLowerCase();
    const papers = line.curated ? "curated" : line.papers === 1 ? "1 paper" : `${line.papers} papers`;
    return `${data.entities[from[at]].name} ${said} ${data.entities[to[at]].name} · ${papers}`;
  }
}
