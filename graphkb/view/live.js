// @ts-check
// The served page: grows by what is asked of the server, and every view has an address.

import { button, byId, element } from "./dom.js";
import { closing } from "./saving.js";

/** @typedef {import("./types.js").PageData} PageData */
/** @typedef {{id: string, label: string, name: string}} Found */
/** @typedef {{name: string, type: string, default: unknown, meaning: string}} Parameter */
/** @typedef {{name: string, title: string, parameters: Parameter[]}} Query */

const PAUSE = 120;

export class Live {
  /**
   * @param {string | null} token What a load needs; null where nothing may be loaded.
   * @param {(data: PageData) => void} show Puts a view in the place of the last.
   * @param {(text: string) => void} announce
   */
  constructor(token, show, announce) {
    this.token = token;
    this.show = show;
    this.announce = announce;
    /** @type {AbortController | null} */
    this.asking = null;
    /** @type {AbortController | null} */
    this.looking = null;
    window.addEventListener("popstate", () => this.visit(location.search));
    this.listen();
  }

  /** @param {string} id */
  expand(id) {
    return this.step([["expand", id]]);
  }

  /** @param {string} id */
  drop(id) {
    return this.step([["drop", id]]);
  }

  /**
   * Bring something onto the page, and choose it.
   *
   * @param {string} id
   */
  async add(id) {
    const said = new URLSearchParams(location.hash.slice(1));
    said.set("chosen", id);
    await this.step([["add", id]], said.toString());
  }

  /**
   * Go a step further, and keep it in the address.
   *
   * @param {[string, string][]} pairs
   * @param {string} [hash]
   */
  async step(pairs, hash = location.hash.slice(1)) {
    const steps = new URLSearchParams(location.search);
    for (const [name, value] of pairs) steps.append(name, value);
    await this.visit(`?${steps}`, hash);
  }

  /**
   * Ask for a view, and show it where no other was asked for meanwhile.
   *
   * @param {string} search
   * @param {string} [hash] Given where the view is a new one.
   */
  async visit(search, hash) {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    this.announce("Asking …");
    try {
      const response = await fetch(`/api/view${search}`, { signal: asking.signal });
      const data = await response.json();
      if (asking.signal.aborted) return;
      if (!response.ok) {
        this.tell(data.error);
        return;
      }
      if (hash !== undefined) history.pushState(null, "", `${location.pathname}${search}#${hash}`);
      this.tell("");
      this.show(data);
    } catch (error) {
      if (!asking.signal.aborted) this.tell(`The explorer does not answer: ${error}`);
    }
  }

  /**
   * What the whole graph has of a name, once typing has paused.
   *
   * @param {string} text
   * @returns {Promise<Found[]>}
   */
  async find(text) {
    this.looking?.abort();
    const looking = (this.looking = new AbortController());
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (looking.signal.aborted) return [];
    try {
      const asked = new URLSearchParams({ text });
      const response = await fetch(`/api/search?${asked}`, { signal: looking.signal });
      return response.ok ? (await response.json()).found : [];
    } catch {
      return [];
    }
  }

  /** @param {string} text */
  tell(text) {
    const place = byId("wrong");
    place.textContent = text;
    place.hidden = text === "";
    if (text) this.announce(text);
  }

  listen() {
    const menu = /** @type {HTMLDetailsElement} */ (byId("ask"));
    menu.hidden = false;
    closing(menu, new AbortController().signal);
    menu.addEventListener("toggle", () => this.showQueries(), { once: true });
    const statement = /** @type {HTMLTextAreaElement} */ (byId("statement"));
    const run = () => {
      menu.open = false;
      if (statement.value.trim()) this.answer([["cypher", statement.value]]);
    };
    byId("run-statement").addEventListener("click", run);
    statement.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
    });
    byId("new-view").addEventListener("click", () => {
      menu.open = false;
      this.visit("", "");
    });
    if (this.token !== null) this.acceptFiles();
  }

  /**
   * Show an answer as a table; what it names is on the map as well.
   *
   * @param {[string, string][]} pairs
   */
  answer(pairs) {
    const said = new URLSearchParams(location.hash.slice(1));
    said.set("view", "list");
    return this.step(pairs, said.toString());
  }

  async showQueries() {
    const response = await fetch("/api/queries");
    /** @type {Query[]} */
    const queries = response.ok ? (await response.json()).queries : [];
    const choice = element(
      "select",
      { id: "query", "aria-label": "Named query" },
      ...queries.map(({ name, title }) => element("option", { value: name, title }, name)),
    );
    const form = element("div", { class: "parameters" });
    const refresh = () => {
      const query = queries[choice.selectedIndex];
      form.replaceChildren(
        element("p", { class: "quiet" }, query.title),
        ...query.parameters.map(({ name, default: usual, meaning, type }) =>
          element(
            "label",
            {},
            element("span", { title: meaning }, `${name} (${type})`),
            element("input", {
              type: "text",
              name,
              value: usual === null || usual === undefined ? "" : String(usual),
            }),
          ),
        ),
        button("Run query", () => {
          const given = [...form.querySelectorAll("input")].filter((input) => input.value !== "");
          /** @type {[string, string][]} */
          const pairs = given.map((input) => [`p.${input.name}`, input.value]);
          /** @type {HTMLDetailsElement} */ (byId("ask")).open = false;
          this.answer([["query", query.name], ...pairs]);
        }),
      );
    };
    choice.addEventListener("change", refresh);
    byId("queries").replaceChildren(choice, form);
    if (queries.length) refresh();
  }

  acceptFiles() {
    const zone = byId("stage");
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.classList.add("dropping");
    });
    zone.addEventListener("dragleave", () => zone.classList.remove("dropping"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("dropping");
      const [file] = event.dataTransfer?.files ?? [];
      if (file) this.load(file);
    });
  }

  /** @param {File} file */
  async load(file) {
    this.announce(`Loading ${file.name} …`);
    const name = new URLSearchParams({ name: file.name });
    const response = await fetch(`/api/load?${name}`, {
      method: "POST",
      headers: { "x-graphkb-token": this.token ?? "" },
      body: file,
    });
    const report = await response.json();
    if (!response.ok) {
      this.tell(report.error);
      return;
    }
    await this.visit(location.search);
    const skipped = report.sources.flatMap(
      (/** @type {{skipped: {place: string, reason: string}[]}} */ source) =>
        source.skipped.map(({ place, reason }) => `${place}: ${reason}`),
    );
    const loaded = report.sources.map(
      (/** @type {{id: string, read: number, kept: number}} */ { id, read, kept }) =>
        `${id}: ${read} read, ${kept} kept`,
    );
    this.tell([...loaded, ...report.failures, ...skipped.slice(0, 5), `${report.changes} changes`].join("; "));
  }
}
