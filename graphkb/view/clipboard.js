// @ts-check
// Text for the clipboard and for other programs.

/**
 * Rows as CSV of RFC 4180: cells as they are, quoted where they must be.
 *
 * @param {(string | number)[][]} rows
 */
export function csv(rows) {
  const cell = (/** @type {string | number} */ value) => {
    const text = String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/**
 * Put text on the clipboard.
 *
 * @param {string} text
 * @returns {Promise<boolean>} Whether the browser allowed it.
 */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without a secure context, or without leave: the way that browsers had before.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
