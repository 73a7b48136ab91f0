// @ts-check
// What is visible as a table, to sort and to copy: the alternative to the picture for whoever
// cannot see or use it.

import { copied, csv } from "./clipboard.js";
import { button, byId, element } from "./dom.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {string | number} Cell */
/** @typedef {{at: number, cells: Cell[]}} Row */
/** @typedef {{name: string, counted: string, headings: string[], numbers: Set<number>, rows: () => Row[]}} Table */

const FIRST = 500;
// A title decides by its letters, "Method 10" comes after "Method 9".
const ORDER = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/**
 * @param {State} state
 * @param {(at: number) => void} go
 * @param {(text: string) => void} announce
 * @returns {() => void} Brings the table up to date once it is to be seen.
 */
export function startTable(state, go, announce) {
  const place = byId("list");
  const tables = [entityTable(state), relationshipTable(state), ...answerTable(state)];
  // What was just asked is what is to be seen first.
  let chosen = tables.length > 2 ? 2 : 0;
  /** @type {({column: number, down: boolean} | null)[]} */
  const sorted = tables.map(() => null);

  const ordered = () => {
    const rows = tables[chosen].rows();
    const by = sorted[chosen];
    if (by) rows.sort((a, b) => compare(a.cells[by.column], b.cells[by.column]) * (by.down ? -1 : 1));
    return rows;
  };

  /** @param {boolean} [all] */
  const show = (all = false) => {
    if (place.hidden) return;
    const { headings, numbers } = tables[chosen];
    const rows = ordered();
    const by = sorted[chosen];
    const choice = tables.map(({ name }, at) =>
      button(name, () => turn(at), { "aria-pressed": String(at === chosen) }),
    );
    const copy = button("Copy as CSV", async () => {
      const text = csv([headings, ...ordered().map((row) => row.cells)]);
      announce((await copied(text)) ? `${rows.length} rows copied` : "The browser did not allow to copy");
    });
    const bar = element("div", { class: "bar" }, ...choice, copy);
    const head = headings.map((name, column) =>
      element(
        "th",
        {
          scope: "col",
          "aria-sort": by?.column === column ? (by.down ? "descending" : "ascending") : undefined,
        },
        button(`${name}${by?.column === column ? (by.down ? " ↓" : " ↑") : ""}`, () => sort(column), {
          class: "sort",
          "aria-label": `Sort by ${name}`,
        }),
      ),
    );
    const body = (all ? rows : rows.slice(0, FIRST)).map((row) => shownRow(row, numbers));
    place.replaceChildren(
      bar,
      element(
        "table",
        {},
        element("caption", {}, `${rows.length} ${tables[chosen].counted}${by || chosen > 1 ? "" : FIRST_FIRST}`),
        element("thead", {}, element("tr", {}, ...head)),
        element("tbody", {}, ...body),
      ),
    );
    if (rows.length > body.length) {
      place.append(button(`Show ${rows.length - body.length} more`, () => show(true)));
    }
  };

  /** @param {number} at */
  const turn = (at) => {
    chosen = at;
    show();
    place.querySelectorAll("button")[at].focus();
  };

  /** @param {number} column */
  const sort = (column) => {
    const by = sorted[chosen];
    const isNumber = tables[chosen].numbers.has(column);
    // Numbers begin with the greatest, text with A; the third click is the order of importance.
    if (by?.column !== column) sorted[chosen] = { column, down: isNumber };
    else sorted[chosen] = by.down === isNumber ? { column, down: !isNumber } : null;
    show();
    /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("thead button"))[column].focus();
  };

  /**
   * @param {Row} row
   * @param {Set<number>} numbers
   */
  const shownRow = ({ at, cells }, numbers) => {
    const [first, ...rest] = cells.map(String);
    const act = chosen === 1 ? () => state.select({ line: at }) : () => go(at);
    const named = at < 0 ? element("span", { class: "text" }, first) : button(first, act, { class: "text" });
    return element(
      "tr",
      {},
      element(
        "th",
        { scope: "row" },
        named,
        // Where there is no room for columns, page.css shows this line in their place.
        element("small", {}, under(cells.slice(1), tables[chosen].headings.slice(1), chosen > 0)),
      ),
      ...rest.map((text, column) =>
        element("td", { class: numbers.has(column + 1) ? "number" : "text" }, text),
      ),
    );
  };

  state.listen((change) => {
    if (change === "filter") show();
  });
  return () => show();
}

const FIRST_FIRST = ", the most important first";

/**
 * @param {State} state
 * @returns {Table}
 */
function entityTable(state) {
  const { entities, kinds } = state.data;
  return {
    name: "Entities",
    counted: "entities",
    headings: ["Name", "Kind", "Year", "Support", "Relationships", ...(state.data.marks ? ["Change"] : [])],
    numbers: new Set([2, 3, 4]),
    rows: () =>
      entities
        .map((_, at) => at)
        .filter((at) => state.entityShown[at])
        .sort((a, b) => entities[b].weight - entities[a].weight || a - b)
        .map((at) => ({
          at,
          cells: [
            entities[at].name,
            kinds[entities[at].kind].label,
            state.years[at] ?? "",
            typeof entities[at].facts?.support === "number" ? Number(entities[at].facts.support) : "",
            state.linesOf[at].filter((line) => state.lineShown[line]).length,
            ...became(state.data, entities[at]),
          ],
        })),
  };
}

/**
 * @param {State} state
 * @returns {Table}
 */
function relationshipTable(state) {
  const { entities, lines, papers, relationships, sentences } = state.data;
  return {
    name: "Relationships",
    counted: "relationships",
    headings: [
      ...["From", "Relationship", "To", "Papers", "Date", "Paper", "Sentence"],
      ...(state.data.marks ? ["Change"] : []),
    ],
    numbers: new Set([3]),
    rows: () =>
      lines
        .map((_, at) => at)
        .filter((at) => state.lineShown[at])
        .sort(
          (a, b) =>
            entities[state.from[b]].weight +
              entities[state.to[b]].weight -
              entities[state.from[a]].weight -
              entities[state.to[a]].weight || a - b,
        )
        .map((at) => {
          const [best] = lines[at].statements;
          return {
            at,
            cells: [
              entities[state.from[at]].name,
              relationships[lines[at].type].outward.toLowerCase(),
              entities[state.to[at]].name,
              lines[at].papers,
              best.stated ?? "",
              best.basis === "curated" ? "curated" : papers[best.paper].title,
              best.sentence === undefined ? "" : sentences[best.sentence],
              ...became(state.data, lines[at]),
            ],
          };
        }),
  };
}

/**
 * The cell of what became of something, on the page of a difference.
 *
 * @param {import("./types.js").PageData} data
 * @param {{mark?: number}} marked
 */
function became({ marks }, { mark }) {
  if (!marks) return [];
  return [mark === undefined ? "as it was" : marks[mark].word.toLowerCase()];
}

/**
 * What a query or a statement answered, where one was asked.
 *
 * @param {State} state
 * @returns {Table[]}
 */
function answerTable(state) {
  const answer = state.data.rows;
  if (!answer) return [];
  const idOf = new Map(state.data.entities.map(({ id }, at) => [id, at]));
  const numbers = answer.columns.flatMap((_, column) =>
    answer.rows.some((row) => typeof row[column] === "number") ? [column] : [],
  );
  return [
    {
      name: "Answer",
      counted: answer.cut ? "rows, and there are more" : "rows",
      headings: answer.columns,
      numbers: new Set(numbers),
      rows: () =>
        answer.rows.map((row) => ({
          at: row.reduce(
            (/** @type {number} */ at, value) => (at < 0 ? (idOf.get(String(value)) ?? -1) : at),
            -1,
          ),
          cells: row.map(told),
        })),
    },
  ];
}

/**
 * @param {unknown} value
 * @returns {Cell}
 */
function told(value) {
  if (typeof value === "number" || typeof value === "string") return value;
  return value === null || value === undefined ? "" : JSON.stringify(value);
}

/**
 * @param {Cell[]} cells
 * @param {string[]} headings
 * @param {boolean} plain
 */
function under(cells, headings, plain) {
  if (plain) return cells.slice(0, 2).join(" ");
  const [kind, year, support, lines] = cells;
  return [
    kind,
    year === "" ? "" : year,
    support === "" ? "" : `${headings[2].toLowerCase()} ${support}`,
    lines === 1 ? "1 relationship" : `${lines} relationships`,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/**
 * @param {Cell} a
 * @param {Cell} b
 */
function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  // What is not known comes first, as before every number.
  return typeof a === typeof b ? ORDER.compare(String(a), String(b)) : a === "" ? -1 : 1;
}
