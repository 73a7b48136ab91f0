// @ts-check
// Elements. Text reaches the page only here, as textContent; links lead to http and https only.

/**
 * Make an element.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | undefined>} [attributes] Names that this code chose.
 * @param {(Node | string)[]} children Strings become text.
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (typeof value === "string") made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/**
 * Make a button.
 *
 * @param {string} text
 * @param {() => void} action
 * @param {Record<string, string | undefined>} [attributes]
 */
export function button(text, action, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", action);
  return made;
}

/**
 * Make a link where the address is one that may be followed, else plain text.
 *
 * @param {string} text
 * @param {string | undefined} address
 * @returns {HTMLElement}
 */
export function link(text, address) {
  const safe = safeAddress(address);
  if (safe === null) return element("span", { class: "text" }, text);
  return element(
    "a",
    { href: safe, target: "_blank", rel: "noopener noreferrer", class: "text" },
    text,
  );
}

/**
 * @param {string | undefined} address
 * @returns {string | null}
 */
function safeAddress(address) {
  if (address === undefined) return null;
  try {
    const url = new URL(address);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * Find an element that the page has by construction.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no element #${id}`);
  return found;
}

/**
 * A list of which the first items are shown and the rest on request.
 *
 * @param {HTMLLIElement[]} items
 * @param {number} first
 */
export function folded(items, first) {
  const list = element("ul", { class: "lines" }, ...items.slice(0, first));
  const rest = items.slice(first);
  if (!rest.length) return list;
  const more = element("li", {});
  more.append(
    button(`Show ${rest.length} more`, () => {
      more.replaceWith(...rest);
      rest[0].querySelector("button")?.focus();
    }),
  );
  list.append(more);
  return list;
}

/**
 * Draw a kind's shape as an SVG picture for legends and headings.
 *
 * @param {import("./types.js").Kind} kind
 * @returns {SVGSVGElement}
 */
export function glyph(kind) {
  const picture = svg("svg", { viewBox: "-1.5 -1.5 3 3", class: "glyph", "aria-hidden": "true" });
  const shape = svg("path", { d: kind.outline });
  picture.append(shape);
  picture.style.setProperty("--light", kind.light);
  picture.style.setProperty("--dark", kind.dark);
  return picture;
}

/**
 * Draw a relationship's line as an SVG picture.
 *
 * @param {import("./types.js").Relationship} relationship
 * @returns {SVGSVGElement}
 */
export function stroke(relationship) {
  const picture = svg("svg", { viewBox: "0 0 34 12", class: "stroke", "aria-hidden": "true" });
  const line = svg("path", { d: "M1 6H26", "stroke-width": String(relationship.width) });
  if (relationship.dotted) line.setAttribute("stroke-dasharray", "1.5 3");
  picture.append(line);
  const heads = {
    triangle: "M33 6L24 1.5V10.5Z",
    vee: "M33 6L24 1.5L26.5 6L24 10.5Z",
    circle: "M24 6a4 4 0 1 1 8 0a4 4 0 1 1 -8 0Z",
    diamond: "M33 6L28 2L23 6L28 10Z",
    bar: "M29 1H31.5V11H29Z",
    box: "M25 2.5H32V9.5H25Z",
  };
  const head = heads[/** @type {keyof typeof heads} */ (relationship.arrow)];
  if (head) picture.append(svg("path", { d: head, class: "head" }));
  picture.style.setProperty("--light", relationship.light);
  picture.style.setProperty("--dark", relationship.dark);
  return picture;
}

/**
 * The sign of what became of something, in a disc; nothing for what is as it was.
 *
 * @param {import("./types.js").Mark | null} mark
 * @returns {SVGSVGElement}
 */
export function badge(mark) {
  const picture = svg("svg", { viewBox: "-1 -1 2 2", class: "badge-sign", "aria-hidden": "true" });
  if (mark === null) return picture;
  picture.append(
    svg("path", { class: "disc", d: "M-1 0A1 1 0 1 1 1 0A1 1 0 1 1 -1 0Z" }),
    svg("path", { class: "sign", d: mark.stroke, "stroke-width": "0.26", "stroke-linecap": "round" }),
  );
  picture.style.setProperty("--light", mark.light);
  picture.style.setProperty("--dark", mark.dark);
  return picture;
}

/**
 * Make an element of a drawing.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/**
 * Text without what no XML document may hold: most control characters, and half surrogate pairs.
 *
 * @param {string} text
 */
export function drawable(text) {
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd");
}

/**
 * Whether keys are text at the moment.
 *
 * @param {EventTarget | null} target
 */
export function isTyping(target) {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !["checkbox", "range"].includes(target.type))
  );
}
