import { namesDay } from './day-labels';
import { isBlank, textOf, type GridCell, type GridRow } from './grid';
import { factLabelOf } from './lexicon/facts';

const LEAST = 2;

/**
 * Columns of the days of a row that gives a day of delivery to each of several columns, as under or above the names of
 * branches: `Leverdatum | | 1-12 | 1-12 | 2-12`. Words before the days, if there are any, call them days of delivery.
 */
export function dayRow({ cells }: GridRow): number[] | undefined {
  const filled = [...cells.keys()].filter((column) => !isBlank(cells[column]));
  const days = filled.filter((column) => isDay(cells[column]));
  const words = filled.filter((column) => !days.includes(column));
  const [word] = words;
  if (days.length < LEAST || words.length > 1) return undefined;
  if (word !== undefined && (word > (days[0] ?? 0) || !saysDelivery(textOf(cells[word])))) return undefined;
  return days;
}

const isDay = (cell: GridCell | undefined): boolean =>
  cell?.value.is === 'date' || (cell?.value.is === 'text' && namesDay(textOf(cell)));

const saysDelivery = (text: string): boolean => {
  const label = factLabelOf(text.replace(/\s*[:：]\s*$/, ''));
  // `Levering` before days is the day, not the place
  return label === 'delivery_date' || label === 'delivery_address';
};
