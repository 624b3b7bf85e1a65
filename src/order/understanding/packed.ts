import { asNumber } from './decimal';
import type { UnnumberedLine, TableReading } from './line';
import { figureOf } from './profile';

const LEAST = 3;
const MOST_COLUMNS = 14;

/**
 * Warns of lines whose packs do not hold what is ordered, where they do in all other lines: 2 cases of 12 are not 30
 * pieces.
 */
export function checkPacks({ table, drafts }: TableReading): void {
  const lines = drafts.filter(({ quantity }) => quantity !== undefined);
  if (table.layout !== 'rows' || lines.length < LEAST + 1) return;
  const taken = new Set(table.roles.values());
  const columns = [...table.profiles.values()]
    .filter(({ column, numbers, whole, seen }) => !taken.has(column) && numbers === seen && whole === seen && seen > 0)
    .map(({ column }) => column);
  if (columns.length < 2 || columns.length > MOST_COLUMNS) return;
  for (const [at, a] of columns.entries()) {
    for (const b of columns.slice(at + 1)) {
      const wrong = lines.filter((line) => !holds(line, a, b));
      const plain = lines.filter((line) => holds(line, a, b) && figureAt(line, a) > 1 && figureAt(line, b) > 1);
      if (plain.length < LEAST || wrong.length === 0 || wrong.length > 0.25 * lines.length) continue;
      for (const line of wrong) warn(line, a, b);
      return;
    }
  }
}

const figureAt = ({ table, row }: UnnumberedLine, column: number): number => figureOf(table.grid.cell(row, column));

const holds = (line: UnnumberedLine, a: number, b: number): boolean =>
  line.quantity !== undefined && figureAt(line, a) * figureAt(line, b) === asNumber(line.quantity);

function warn(draft: UnnumberedLine, a: number, b: number): void {
  const { table, row, line, issues } = draft;
  const product = figureAt(draft, a) * figureAt(draft, b);
  if (!Number.isFinite(product) || !line.quantity?.from) return;
  line.quantity.confidence = Math.min(line.quantity.confidence, 0.5);
  issues.push({
    code: 'line.packs_mismatch',
    evidence: [line.quantity.from, table.grid.from(row, a), table.grid.from(row, b)],
    words: { text: line.quantity.value, first: `${figureAt(draft, a)} × ${figureAt(draft, b)} = ${product}` },
  });
}
