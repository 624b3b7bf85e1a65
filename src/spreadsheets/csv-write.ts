/** Beginning of a cell that a spreadsheet program takes for a formula, after what nobody sees (spaces, U+200B, bidi marks). */
const FORMULA = /^[\s\p{C}\p{Default_Ignorable_Code_Point}]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;

/** A text that no spreadsheet program runs as a formula: it gets an apostrophe where it would. */
export const defuse = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** A field of a CSV, in quotation marks where it needs them. */
export function quoteField(text: string, separator: string): string {
  const special = text.includes(separator) || /["\r\n]/.test(text) || text !== text.trim();
  return special ? `"${text.replaceAll('"', '""')}"` : text;
}
