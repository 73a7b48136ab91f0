// @ts-check
// What a reader takes away: the picture as PNG or SVG, what is visible as JSON, the page with its
// things where they were moved to, and a link that shows the same again.

import { copied } from "./clipboard.js";
import { byId } from "./dom.js";
import { drawing } from "./drawing.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./state.js").State} State */

const FINE = 2;
// Beyond this no browser makes a canvas.
const WIDEST = 8192;
// Written so that it does not end the element in which this script stands.
const END = "<" + "/script>";
const NOT_INERT = /[<>&\u2028\u2029\ud800-\udfff]/g;

/**
 * @param {State} state
 * @param {Scene} scene
 * @param {string} page The document as it came, without its doctype.
 * @param {(text: string) => void} announce
 */
export function startSaving(state, scene, page, announce) {
  const menu = /** @type {HTMLDetailsElement} */ (byId("take"));
  const name = state.data.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60);

  /**
   * @param {string} ending
   * @param {() => Blob | Promise<Blob>} make
   */
  const save = (ending, make) => async () => {
    menu.open = false;
    menu.querySelector("summary")?.focus();
    const file = `${name || "graph"}.${ending}`;
    download(file, await make());
    announce(`${file} saved`);
  };
  const picture = () => new XMLSerializer().serializeToString(drawing(state, scene));
  /** @type {Record<string, () => void>} */
  const actions = {
    "take-png": save("png", () => raster(picture())),
    "take-svg": save("svg", () => new Blob([picture()], { type: "image/svg+xml" })),
    "take-json": save("json", () => new Blob([visible(state)], { type: "application/json" })),
    "take-page": save("html", () => new Blob([saved(state, scene, page)], { type: "text/html" })),
    "take-link": async () => {
      menu.open = false;
      announce((await copied(location.href)) ? "Link copied" : "The browser did not allow to copy");
    },
  };
  const { signal } = state;
  for (const [id, action] of Object.entries(actions)) byId(id).addEventListener("click", action, { signal });
  closing(menu, signal);
}

/**
 * Close a menu on Escape, and on a click elsewhere.
 *
 * @param {HTMLDetailsElement} menu
 * @param {AbortSignal} signal
 */
export function closing(menu, signal) {
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
    event.stopPropagation();
  };
  /** @param {MouseEvent} event */
  const click = (event) => {
    if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
  };
  menu.addEventListener("keydown", press, { signal });
  document.addEventListener("click", click, { signal });
}

/**
 * @param {string} picture An SVG document.
 * @returns {Promise<Blob>} The same as PNG, twice as fine.
 */
async function raster(picture) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture)}`;
  await image.decode();
  const scale = Math.min(FINE, WIDEST / image.width, WIDEST / image.height);
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no PNG"))), "image/png");
  });
}

/**
 * What is visible as node-link JSON: every statement with its sentence, paper and date.
 *
 * @param {State} state
 */
function visible(state) {
  const { data } = state;
  const became = (/** @type {{mark?: number}} */ { mark }) =>
    mark === undefined ? {} : { change: data.marks?.[mark].name };
  const nodes = data.entities.flatMap((entity, at) =>
    state.entityShown[at]
      ? [
          {
            ...{ id: entity.id, label: data.kinds[entity.kind].label, name: entity.name },
            ...entity.facts,
            ...became(entity),
          },
        ]
      : [],
  );
  const links = data.lines.flatMap((line, at) =>
    state.lineShown[at]
      ? line.statements.map(({ basis, paper, sentence, stated, rule, confidence, mark }) => ({
          source: data.entities[state.from[at]].id,
          target: data.entities[state.to[at]].id,
          type: data.relationships[line.type].type,
          basis,
          paper: data.papers[paper].id,
          sentence: sentence === undefined ? undefined : data.sentences[sentence],
          stated,
          rule,
          confidence,
          ...became({ mark }),
        }))
      : [],
  );
  return `${JSON.stringify({ directed: true, multigraph: true, graph: { title: data.title }, nodes, links }, null, 1)}\n`;
}

/**
 * The page itself, with everything where it lies now.
 *
 * @param {State} state
 * @param {Scene} scene
 * @param {string} page
 */
function saved(state, scene, page) {
  const { data } = state;
  const round = (/** @type {import("./geometry.js").Place} */ { x, y }) => ({ x: Math.round(x), y: Math.round(y) });
  const nodes = data.network.nodes.map((node, at) => ({ ...node, ...round(scene.places.map[at]) }));
  const places = data.lineage.places.map(([at]) => {
    const { x, y } = round(scene.places.lineage[at]);
    return [at, x, y];
  });
  const moved = { ...data, lineage: { ...data.lineage, places }, network: { ...data.network, nodes } };
  const inert = JSON.stringify(moved).replace(
    NOT_INERT,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const begin = page.indexOf(">", page.indexOf('type="application/json"')) + 1;
  return `<!doctype html>\n${page.slice(0, begin)}${inert}${page.slice(page.indexOf(END, begin))}\n`;
}

/**
 * @param {string} file
 * @param {Blob} blob
 */
function download(file, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
