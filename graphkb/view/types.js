// @ts-check
// The shapes of the data that payload.py writes into the page, for the type checker alone: no
// module imports this file when it runs.

/**
 * @typedef {object} Kind
 * @property {string} label The label of the schema.
 * @property {string} plural
 * @property {string} meaning
 * @property {string} light
 * @property {string} dark
 * @property {string} outline An SVG path within the square from -1 to 1.
 * @property {[string, string, string][]} properties Name, heading and meaning.
 */

/**
 * @typedef {object} Relationship
 * @property {string} type
 * @property {string} outward What it is called from its start.
 * @property {string} inward What it is called from its end.
 * @property {string} meaning
 * @property {string} light
 * @property {string} dark
 * @property {number} width
 * @property {string} arrow
 * @property {boolean} dotted
 * @property {boolean} shown False where it is drawn only when asked for.
 */

/** @typedef {string | number | boolean | string[]} Fact */

/**
 * @typedef {object} Entity
 * @property {string} id
 * @property {number} kind
 * @property {string} name
 * @property {number} weight From 0 to 1: what is labelled first.
 * @property {Record<string, Fact>} [facts]
 * @property {[string, string][]} [links] Text and address.
 * @property {boolean} [focus]
 * @property {string} [reason] Why it is on the page: the way to it from what the page is about.
 * @property {boolean} [request] Drawn only when asked for.
 * @property {number} [mark] What became of it, by its place among the marks; absent: it is as it was.
 * @property {[string, string, string][]} [changes] Heading, value before and value after.
 */

/**
 * @typedef {object} Statement
 * @property {"quote" | "title" | "summary" | "curated" | "source"} basis
 * @property {number} paper
 * @property {number} [sentence]
 * @property {string} [stated]
 * @property {string} [rule]
 * @property {number} [confidence] Per mille.
 * @property {string} [note]
 * @property {number} [mark]
 */

/**
 * @typedef {object} Line
 * @property {number} type
 * @property {number} papers
 * @property {boolean} [curated]
 * @property {Statement[]} statements
 * @property {number} [mark]
 */

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {string} [value_text]
 * @property {number | string} [value]
 * @property {string} [unit]
 * @property {string} [metric]
 * @property {string} [reading]
 * @property {string} [direction]
 * @property {string} [setting]
 * @property {number[]} [papers]
 * @property {(number | string)[]} [subjects] An entity's place, or a name where it is not drawn.
 * @property {(number | string)[]} [benchmarks]
 * @property {(number | string)[]} [baselines]
 * @property {Statement} [statement]
 */

/**
 * @typedef {object} Paper
 * @property {string} id
 * @property {string} title
 * @property {string} [date]
 * @property {string} [link]
 * @property {number} [entity]
 */

/** @typedef {{name: string, word: string, sign: string, stroke: string, light: string, dark: string}} Mark */
/** @typedef {{id: number, x: number, y: number, size: number}} Node */
/** @typedef {{id: number, from: number, to: number, smooth?: object}} Edge */

/**
 * @typedef {object} PageData
 * @property {string} title
 * @property {string} subtitle
 * @property {Kind[]} kinds
 * @property {Relationship[]} relationships
 * @property {Entity[]} entities Their place is their node's id.
 * @property {Line[]} lines Their place is their edge's id.
 * @property {Result[]} results
 * @property {Mark[]} [marks] Of the page of a difference: what came, went and changed.
 * @property {Paper[]} papers
 * @property {string[]} sentences
 * @property {number} leftOut
 * @property {{name: string, members: number[]}[]} communities Members by the place of the entity.
 * @property {{places: [number, number, number][], periods: [string, number][]}} lineage Entity, x
 *   and y of the second layout; its periods, each with where it begins.
 * @property {{token: string | null}} [live] Of the explorer: what a load needs, null without leave.
 * @property {Record<string, number>} [more] How many neighbours of an id are not on the page yet.
 * @property {{columns: string[], rows: unknown[][], cut: boolean} | null} [rows] The last answer.
 * @property {string} [wrong] Why there is nothing to show.
 * @property {{nodes: Node[], edges: Edge[], options: Record<string, unknown>}} network
 */

/** @typedef {{entity: number} | {line: number} | {path: import("./path.js").Path} | null} Selection */

export {};
