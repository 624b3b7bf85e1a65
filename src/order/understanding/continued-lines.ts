import { isBlank, textOf, type GridRow } from './grid';
import type { UnnumberedLine } from './line';
import { certaintyOf, sourced } from './line-cells';
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

/** Adds a text below a line to its description, or to its note where it only says what the goods have to agree with. */
export function continueLine({ line, table }: UnnumberedLine, row: GridRow): void {
  const column = table.roles.get('description') ?? 0;
  const text = textOf(row.cells[column]);
  if (ACCORDING.test(plainWords(text))) {
    const note = line.note ? `${line.note.value} / ${text}` : text;
    line.note = sourced(note, table.grid.from(row.number, column), certaintyOf(table, 'description'));
  } else if (line.description) {
    line.description.value = `${line.description.value} ${text}`.slice(0, LONGEST);
  }
}
