import type { OtherCell, Provenance } from '../../../schemas/order/order';
import { saysNothing, textOf } from './grid';
import { stateIn } from './lexicon/states';
import type { UnnumberedLine } from './line';
import type { MatrixLabel } from './types';

/** Reports fields whose cells say `the same as above`. */
export function reportCarried({ table, row, issues }: UnnumberedLine, label: MatrixLabel | undefined): void {
  const cells = table.grid.row(row)?.cells ?? [];
  const columns = [...table.roles.values(), ...(label ? [label.column] : [])].filter(
    (column) => cells[column]?.carried,
  );
  if (columns.length > 0)
    issues.push({ code: 'line.carried', evidence: columns.map((column) => table.grid.from(row, column)) });
}

/** Reports the notes that people have put on cells of a line, and shows them with it. */
export function readNotes({ table, row, line, issues }: UnnumberedLine): void {
  for (const { column, text } of table.grid.notes.get(row) ?? []) {
    if (column < table.left || column > table.right) continue;
    const cell = table.grid.address(row, column);
    const { file, sheet } = table.grid;
    line.other = [...(line.other ?? []), { heading: 'Note', value: text.slice(0, 1_000), cell }];
    const held = stateIn(text) !== undefined;
    issues.push({
      code: held ? 'line.held' : 'line.noted',
      evidence: [{ file, sheet, cell, text: text.slice(0, 500) }],
      words: { text },
    });
  }
}

/** Most cells beside the fields of a line that it keeps. */
const MOST_OTHER = 40;

/** Keeps the filled cells of a row that have no field of their own. */
export function readOther({ table, row, line, issues }: UnnumberedLine): void {
  const { grid, used, header } = table;
  const other: OtherCell[] = [];
  const bare: Provenance[] = [];
  for (const [column, cell] of (grid.row(row)?.cells ?? []).entries()) {
    if (!cell || column < table.from || column > table.to || used.has(column) || saysNothing(cell)) continue;
    const heading = header?.headings.get(column)?.text ?? grid.text(header?.rows.at(-1) ?? 0, column);
    other.push({ heading, value: textOf(cell).slice(0, 1_000), cell: grid.address(row, column) });
    if (heading === '' && header) bare.push(grid.from(row, column));
  }
  if (other.length > 0) line.other = [...(line.other ?? []), ...other].slice(0, MOST_OTHER);
  if (bare.length > 0)
    issues.push({
      code: 'cells.no_heading',
      evidence: bare,
      severity: table.shifted.has(row) ? 'blocking' : undefined,
    });
}
