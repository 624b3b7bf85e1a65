import { isBlank, textOf, type Grid } from './grid';
import { meaningOf } from './lexicon/match';
import type { Heading } from './types';

const LONGEST = 8;
const LEGEND = /^\s*([\p{L}\d./-]{1,8})\s*(?:=|:)\s*(\p{L}.{3,100})$/u;

/**
 * Explains short headings by the words that the sheet has for them outside its tables: `NR = Naturalrabatt, zusätzlich
 * kostenfrei`. What is explained means what its words say, and nothing where they are unknown.
 */
export function explainHeadings(grid: Grid, headings: Map<number, Heading>): void {
  const short = new Map(
    [...headings.values()].flatMap((each) => (each.text.length <= LONGEST ? [[each.text, each] as const] : [])),
  );
  if (short.size === 0 || grid.turned) return;
  for (const { cells } of grid.rows) {
    const filled = cells.filter((cell) => !isBlank(cell));
    const [first] = filled;
    if (filled.length !== 1 || first?.value.is !== 'text') continue;
    for (const part of textOf(first).split(/\s*;\s*/)) {
      const [, name = '', words = ''] = LEGEND.exec(part) ?? [];
      const heading = short.get(name);
      if (!heading) continue;
      const own = meaningOf(words.split(/\s*[,(.]/, 1)[0] ?? '');
      const meaning = own.senses.length > 0 ? own : { senses: [], languages: heading.meaning.languages };
      headings.set(heading.column, { ...heading, explained: words, meaning });
    }
  }
}
