import { isBlank, textOf, type GridRow } from './grid';
import { changesOrder } from './lexicon/conditions';
import { stateIn, type RowState } from './lexicon/states';
import type { UnnumberedLine } from './line';
import { certaintyOf, sourced } from './line-cells';
import { rowsBetween } from './profile';
import { plainWords } from './text';
import type { Table } from './types';

const MOST_CONTINUED = 9;
/** Words before what a set is made of, which is no part of its name. */
const CONTENT =
  /^(?:composto da|compost[ao] di|contiene|consisting of|composed of|contains|content|contents|including|bestehend aus|enthalt|inhalt|compose de|composee de|comprend|comprenant|contenu|contenant|compuesto (?:por|de)|incluye|bestaande uit|inhoud|composto por|inclui|sklad sie z|obsahuje|bestar av|bestaende af)(?: |$)/;
/** Words before the paper or the sample that an article has to agree with, which are a remark on it: `gemäß Zeichnung 4711`. */
const ACCORDING =
  /^(?:gemass|gemaess|laut|lt|nach|according to|as per|per|selon|suivant|conforme|conformement|secondo|come da|segun|conforme a|volgens|conform|wedlug|wg|zgodnie z|podle|enligt|ifolge)(?: |$)/;
const LONGEST = 5_000;

/** Whether a text right below a line continues its description, in small letters or after a sign. */
export function continuesDescription(table: Table, row: GridRow, line: number): boolean {
  const column = table.roles.get('description');
  if (column === undefined || row.number !== line + 1) return false;
  const cell = row.cells[column];
  if (cell?.value.is !== 'text' || cell.bold || table.grid.merge(row.number, column)) return false;
  if (row.cells.some((other, at) => at !== column && at >= table.left && at <= table.right && !isBlank(other)))
    return false;
  const text = textOf(cell);
  // a longer text is a remark, and so is one in brackets that says something of the line: `(B-4002: counted as a box)`
  if (/^\(.*[:,;].*\)$/.test(text)) return false;
  return /^[\p{Ll}(+/,;&-]/u.test(text) && text.split(' ').length <= MOST_CONTINUED && !CONTENT.test(plainWords(text));
}

/** States of goods that are not to come. */
const TAKEN_BACK: ReadonlySet<RowState> = new Set(['cancelled', 'superseded', 'unavailable', 'suspended']);

/**
 * Adds a text below a line to its description where that was broken off, and else to its note: what the goods have to
 * agree with, or what is to be done with them.
 */
export function continueLine({ line, table, issues }: UnnumberedLine, row: GridRow): void {
  const column = table.roles.get('description') ?? 0;
  const text = textOf(row.cells[column]);
  const isPart = line.description && !ACCORDING.test(plainWords(text)) && isBrokenOff(table, row.number, text);
  if (isPart && line.description) {
    line.description.value = `${line.description.value} ${text}`.slice(0, LONGEST);
  } else {
    const evidence = [table.grid.from(row.number, column)];
    const state = stateIn(text);
    if (state?.begins && TAKEN_BACK.has(state.state)) issues.push({ code: 'line.held', evidence, words: { text } });
    else if (changesOrder(text)) issues.push({ code: 'line.remark', evidence, words: { text } });
    const note = line.note ? `${line.note.value} / ${text}` : text;
    line.note = sourced(note.slice(0, LONGEST), table.grid.from(row.number, column), certaintyOf(table, 'description'));
  }
}

/** Rows around a text that show how wide its column is. */
const NEAR = 100;

/**
 * Whether a description goes on in the text of the row below it: it ends or that begins in the middle of something, or
 * is a word or two in brackets, or the next word had no room in the column, of which the longest text shows the width.
 */
function isBrokenOff({ grid, roles, first, last }: Table, row: number, text: string): boolean {
  const column = roles.get('description') ?? 0;
  const before = grid.text(row - 1, column);
  if (/[-,/&+(]$/.test(before) || /^[+/,;&)-]|^\(\S+(?:\s\S+)?\)$/.test(text)) return true;
  const [word = ''] = text.split(' ');
  const near = rowsBetween(grid, Math.max(first, row - NEAR), Math.min(last, row + NEAR));
  return before.length + 1 + word.length > Math.max(...near.map(({ cells }) => textOf(cells[column]).length));
}
