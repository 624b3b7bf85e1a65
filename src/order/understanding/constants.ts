import { isBlank, textOf, type Grid, type GridRow } from './grid';
import { KNOWN } from './header-rows';
import { factLabelOf } from './lexicon/facts';
import { bestScore, meaningOf, scoreOf } from './lexicon/match';
import { figureOf } from './profile';
import { plainWords } from './text';
import { titledArticle } from './titled-grids';
import type { Constants, Constant, ColumnRole, HeaderBlock, Heading, MatrixLabel } from './types';
import { dayIn } from './values';

const NAMES = ['reference', 'ean', 'description'] as const;
const DELIVERY = /^(?:cons|consegna|delivery|del|livr|livraison|liefer\p{L}*|entrega|lever\p{L}*|dostawa)\b/u;

/** Whether a heading names one article: `Art. 4410`. */
export const namesArticle = ({ text }: Heading): boolean => {
  const [first = '', ...rest] = text.split(/\s+/);
  const code = rest.length <= 2 && /\d{2}|\p{L}-?\d/u.test(rest.join(' '));
  return code && scoreOf(meaningOf(first), 'reference') >= 0.9;
};

/**
 * The article that the headings of a grid, or a title right above them, name, where each article has a block with
 * headings of its own; the column under its name then has the colours. Undefined if the headings name columns alone.
 */
export function constantsOf(
  grid: Grid,
  header: HeaderBlock | undefined,
  rows: readonly GridRow[],
  labels: readonly MatrixLabel[],
  roles: Map<ColumnRole, number>,
): Constants | undefined {
  if (labels.length === 0) return titledIn(grid, header, roles);
  const end = Math.min(...labels.map(({ column }) => column));
  const before = [...(header?.headings.values() ?? [])].filter(({ column }) => column < end);
  const article = before.find(namesArticle);
  if (!article) return titledIn(grid, header, roles);
  const name = before.find(({ column, meaning }) => column > article.column && bestScore(meaning) < KNOWN);
  const at = ({ row, column }: Heading, value: string): Constant => ({ value, from: grid.from(row, column) });
  for (const [role, column] of [...roles]) if (column === article.column || column === name?.column) roles.delete(role);
  if (name) roles.set('variant', name.column);
  const prices = rows.filter(({ cells }) => figureOf(cells[roles.get('unit_price') ?? 0]) > 0);
  return {
    reference: at(article, article.text.replace(/^\p{L}+\.?\s*(?:n[°o]\.?|:)?\s*/u, '')),
    ...(name ? { description: at(name, name.text) } : {}),
    ...(prices.length === 1 ? { price: prices[0]?.number } : {}),
    delivery_date: deliveryIn(grid, rows),
  };
}

/** The article in the title of a block of which no column names any. */
const titledIn = (
  grid: Grid,
  header: HeaderBlock | undefined,
  roles: Map<ColumnRole, number>,
): Constants | undefined =>
  header && roles.has('variant') && !NAMES.some((role) => roles.has(role)) ? titledArticle(grid, header) : undefined;

/** Day of delivery in the foot of a block. */
function deliveryIn(grid: Grid, rows: readonly GridRow[]): Constant | undefined {
  for (const { number, cells } of rows) {
    for (const [column, cell] of cells.entries()) {
      if (cell?.value.is !== 'text') continue;
      const text = textOf(cell);
      if (factLabelOf(text) !== 'delivery_date' && !DELIVERY.test(plainWords(text))) continue;
      const next = cells.findIndex((other, at) => at > column && !isBlank(other));
      const read = dayIn(cells[next], 'day_first');
      if (read?.day) return { value: read.day, from: grid.from(number, next) };
    }
  }
  return undefined;
}
