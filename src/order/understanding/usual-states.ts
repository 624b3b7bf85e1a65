import { textOf, type GridRow } from './grid';
import { stateIn } from './lexicon/states';

/** The state that most cells of a column say, by column. */
export function usualStates(rows: readonly GridRow[], columns: readonly number[]): Map<number, string> {
  const usual = new Map<number, string>();
  for (const column of rows.length < LEAST_ROWS ? [] : columns) {
    const counts = new Map<string, number>();
    for (const { cells } of rows) {
      if (cells[column]?.value.is === 'text')
        counts.set(textOf(cells[column]), (counts.get(textOf(cells[column])) ?? 0) + 1);
    }
    const [text, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
    if (count > 0.5 * rows.length && stateIn(text)?.state === 'held') usual.set(column, text);
  }
  return usual;
}

const LEAST_ROWS = 3;
