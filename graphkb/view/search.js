// @ts-check
// Search as one types: a combobox over names, long names and aliases, worked by keyboard or mouse.

import { byId, element, glyph, isTyping } from "./dom.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./types.js").Entity} Entity */

const MOST = 12;

/**
 * @param {State} state
 * @param {(at: number) => void} go Called with the entity that was chosen.
 * @param {(text: string) => void} announce
 */
export function startSearch(state, go, announce) {
  const { data } = state;
  const input = /** @type {HTMLInputElement} */ (byId("search"));
  const list = byId("found");
  const keys = data.entities.map(searchKeys);
  /** @type {(() => void)[]} What choosing each of the found does. */
  let found = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  /** @param {number} to */
  const activate = (to) => {
    active = to;
    [...list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === active));
      if (at === active) option.scrollIntoView({ block: "nearest" });
    });
    if (active >= 0) input.setAttribute("aria-activedescendant", `found-${active}`);
    else input.removeAttribute("aria-activedescendant");
  };

  /**
   * @param {string} name
   * @param {() => void} act
   */
  const choosing = (name, act) => () => {
    close();
    input.value = name;
    act();
  };

  /**
   * @param {import("./types.js").Kind} kind
   * @param {string} name
   * @param {string} note
   * @param {() => void} act
   */
  const offer = (kind, name, note, act) => {
    const option = element(
      "li",
      { role: "option", id: `found-${found.length}`, "aria-selected": "false" },
      glyph(kind),
      element("span", { class: "text" }, name),
      element("small", {}, note),
    );
    const choose = choosing(name, act);
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", choose);
    found.push(choose);
    list.append(option);
  };

  /**
   * Offer what the served graph has and the page has not, once that is known.
   *
   * @param {HTMLElement} nothing
   */
  const lookBeyond = async (nothing) => {
    const { live } = state;
    const text = input.value;
    if (!live) return;
    const beyond = await live.find(text);
    if (signal.aborted || input.value !== text || list.hidden) return;
    for (const { id, label, name } of beyond) {
      const kind = data.kinds.find((each) => each.label === label);
      if (kind && !data.entities.some((entity) => entity.id === id)) {
        offer(kind, name, `${label}, not on the page yet`, () => live.add(id));
      }
    }
    if (found.length) nothing.remove();
    if (active < 0 && found.length) activate(0);
  };

  const look = () => {
    const sought = fold(input.value);
    if (sought === "") {
      close();
      return;
    }
    const ranked = data.entities
      .map((entity, at) => ({ at, rank: rank(keys[at], sought), weight: entity.weight }))
      .filter((each) => each.rank < 4)
      .sort((a, b) => a.rank - b.rank || b.weight - a.weight || a.at - b.at);
    found = [];
    list.replaceChildren();
    for (const { at } of ranked.slice(0, MOST)) {
      const { kind, name } = data.entities[at];
      const hidden = state.entityShown[at] ? "" : ", hidden now";
      offer(data.kinds[kind], name, `${data.kinds[kind].label}${hidden}`, () => go(at));
    }
    const nothing = element("li", { class: "nothing" }, "Nothing has that name");
    if (!found.length) list.append(nothing);
    lookBeyond(nothing);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    activate(found.length ? 0 : -1);
    const more = ranked.length > MOST ? `, the first ${MOST} are listed` : "";
    announce(ranked.length === 1 ? "1 entity found" : `${ranked.length} entities found${more}`);
  };

  const { signal } = state;
  /** @param {KeyboardEvent} event */
  const press = (event) => {
    const open = !list.hidden && found.length > 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) look();
      else {
        const step = event.key === "ArrowDown" ? 1 : -1;
        activate((active + step + found.length) % found.length);
      }
    } else if (event.key === "Enter" && open && active >= 0) {
      event.preventDefault();
      found[active]();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (list.hidden) input.value = "";
      close();
    }
  };
  /** @param {KeyboardEvent} event */
  const begin = (event) => {
    if (event.key === "/" && !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  };
  input.addEventListener("input", look, { signal });
  input.addEventListener("blur", close, { signal });
  input.addEventListener("keydown", press, { signal });
  document.addEventListener("keydown", begin, { signal });
}

/** @param {Entity} entity */
function searchKeys(entity) {
  const aliases = entity.facts?.aliases;
  const long = entity.facts?.long_name;
  const names = [entity.name, entity.id];
  if (typeof long === "string") names.push(long);
  if (Array.isArray(aliases)) names.push(...aliases);
  return names.map(fold);
}

/**
 * 0 the whole name, 1 its beginning, 2 the beginning of a word in it, 3 within it, 4 not at all.
 *
 * @param {string[]} names
 * @param {string} sought
 */
function rank(names, sought) {
  return Math.min(
    ...names.map((name) => {
      if (name === sought) return 0;
      const at = name.indexOf(sought);
      if (at < 0) return 4;
      if (at === 0) return 1;
      return name[at - 1] === " " || name.includes(` ${sought}`) ? 2 : 3;
    }),
  );
}

/**
 * Fold case, accents and hyphens, as people leave them out.
 *
 * @param {string} text
 */
function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[\s\-_]+/gu, " ")
    .trim();
}
