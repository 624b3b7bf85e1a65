import type { Provenance } from '../../../schemas/order/order';
import { dateIn } from './dates';
import type { Grid } from './grid';
import type { Table } from './types';

/** Rows that are looked at, from the top of a sheet. */
const MARKED = 30;

const WEEK_OF_DELIVERY =
  /\b(?:liefer\p{L}*|livr\p{L}*|deliver\p{L}*|consegn\p{L}*|entreg\p{L}*|lever\p{L}*|dostaw\p{L}*|dodat)\b.{0,25}\b(?:kw|woche|semaine|sem|week|wk|settimana|semana|uge|vecka|v|tydz\p{L}*)\.?\s?\d{1,2}\b/iu;

/** A week of delivery in a sentence above the tables, which is no day. */
export function weekOfDelivery(grid: Grid, tables: readonly Table[]): Provenance | undefined {
  const top = Math.min(MARKED, ...tables.map(({ first }) => first));
  for (const { number, cells } of grid.rows) {
    if (number >= top) return undefined;
    const column = cells.findIndex((cell) => cell?.value.is === 'text' && WEEK_OF_DELIVERY.test(cell.value.text));
    if (column > 0) return grid.from(number, column);
  }
  return undefined;
}

const DAY = /(?<![\d./-])(\d{1,2})[./-](\d{1,2})[./-](20\d\d)(?!\d)/g;

/** Texts above the tables with a day that no calendar has: `Deliver by 31/02/2026`. */
export function impossibleDays(grid: Grid, tables: readonly Table[]): Provenance[] {
  const top = Math.min(MARKED, ...tables.map(({ first }) => first));
  return grid.rows
    .filter(({ number }) => number < top)
    .flatMap(({ number, cells }) =>
      [...cells.entries()].flatMap(([column, cell]) => {
        if (cell?.value.is !== 'text') return [];
        const days = [...cell.value.text.matchAll(DAY)].map(([day]) => day);
        return days.some((day) => dateIn(day) === undefined) ? [grid.from(number, column)] : [];
      }),
    );
}
