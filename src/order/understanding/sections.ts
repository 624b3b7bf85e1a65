import { isBlank, textOf, type Grid } from './grid';
import { isColourLegend } from './lexicon/colours';
import { meaningOf } from './lexicon/match';
import { speaksOfRows } from './lexicon/states';
import { stateOfSection } from './remarks';
import { plainWords } from './text';
import type { HeaderBlock, Table } from './types';

const OTHER_TITLE =
  /\b(?:stock|inventory|back ?orders?|reliquats?|previous|last|past|history|historique|precedentes?|forecast|previsions?|delivered|shipped|livrees?|expedie|vorjahr|geliefert)\b/;

/** Whether the text right above a header is about stock, backorders or an earlier order. */
export function isOtherTitle(grid: Grid, { rows, left, right }: HeaderBlock): boolean {
  const top = Math.min(...rows);
  for (let row = top - 1; row >= top - 2; row -= 1) {
    const cells =
      grid.row(row)?.cells.filter((cell, column) => column >= left && column <= right && !isBlank(cell)) ?? [];
    if (cells.length > 1) return false;
    const text = textOf(cells[0]);
    const meaning = OTHER_TITLE.test(plainWords(text)) ? meaningOf(text) : { senses: [] };
    if (meaning.senses.some(({ sense, score }) => sense === 'other_quantity' && score >= 0.4)) return true;
  }
  return false;
}

/** What a title right above a header makes of the lines below it, unless it is the title of the whole sheet. */
export function sectionAbove(grid: Grid, { rows, left, right, headings }: HeaderBlock): Table['section'] {
  const top = Math.min(...rows);
  // `Old tyres to be collected | Pieces`: the first heading is the title of the block
  const first = headings.get(left);
  const own = first && first.text.includes(' ') ? stateOfSection(first.text) : undefined;
  if (first && own?.why === 'returned') return { ...own, from: grid.from(first.row, first.column) };
  for (let row = top - 1; row >= top - 2; row -= 1) {
    const filled = (grid.row(row)?.cells ?? []).flatMap((cell, column) =>
      cell && !isBlank(cell) && column >= left && column <= right ? [{ cell, column }] : [],
    );
    const [only] = filled;
    if (filled.length > 1) return undefined;
    if (!only) continue;
    const first = (grid.rows[0]?.number ?? 0) === row;
    // `Struck lines are cancelled` is a rule, not a title
    const text = textOf(only.cell);
    const isRule = isColourLegend(text) || (speaksOfRows(text) && text.split(' ').length > 3);
    const state = first || isRule ? undefined : stateOfSection(text);
    if (state) return { ...state, from: grid.from(row, only.column) };
  }
  return undefined;
}
