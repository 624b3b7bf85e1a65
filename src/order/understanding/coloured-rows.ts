import type { Provenance } from '../../../schemas/order/order';
import { isBlank, textOf, type Grid, type GridRow } from './grid';
import { hueNamed, isColourLegend, meaningOfColour, type ColourMeaning } from './lexicon/colours';
import type { Remark, Table } from './types';

/** What a legend says of the rows of one colour. */
export interface Coloured {
  fill: string;
  means: ColourMeaning;
  from: Provenance;
}

const legends = new WeakMap<Grid, Coloured[]>();

/** The colours that a legend on the sheet explains: by the fill of its own cells, or by the colour's name. */
export function legendOf(grid: Grid): Coloured[] {
  const known = legends.get(grid);
  if (known) return known;
  const found: Coloured[] = [];
  for (const { number, cells } of grid.rows)
    for (const [column, cell] of cells.entries()) {
      if (cell?.value.is !== 'text' || !isBlank(cells[column + 1])) continue;
      const before = cells[column - 1];
      const whole = legendText(cells, column);
      const isBehind = whole !== textOf(cell);
      if (!isColourLegend(whole)) continue;
      const means = meaningOfColour(whole);
      const from = grid.from(number, column);
      for (const fill of fillsOf(grid, isBehind ? before?.fill : cell.fill, whole)) found.push({ fill, means, from });
    }
  legends.set(grid, found);
  return found;
}

/** Rows in which a legend stands, whether or not its colours are found. */
export const legendRows = (grid: Grid): number[] =>
  grid.rows.flatMap(({ number, cells }) =>
    cells.some((cell, column) => cell?.value.is === 'text' && isColourLegend(legendText(cells, column)))
      ? [number]
      : [],
  );

/** The text of a legend at a cell, with the name of the colour before it. */
function legendText(cells: GridRow['cells'], column: number): string {
  const [before, text] = [cells[column - 1], textOf(cells[column])];
  return before?.value.is === 'text' && /^\s*[=:–-]/.test(text) ? `${textOf(before)} ${text}` : text;
}

/** The fill of a legend's cell, else all fills of the sheet that have the colour that it names. */
function fillsOf(grid: Grid, own: string | undefined, text: string): string[] {
  if (own !== undefined) return [own];
  const hue = hueNamed(text);
  const all = new Set(grid.rows.flatMap(({ cells }) => cells.flatMap((cell) => cell?.fill ?? [])));
  return hue === undefined ? [] : [...all].filter((fill) => hueOf(fill) === hue);
}

/** Hue of a colour in the terms of `hueNamed`; undefined if it is not given by its light. */
function hueOf(fill: string): string | undefined {
  const [, red, green, blue] = /^rgb (..)(..)(..)$/.exec(fill) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  const [r, g, b] = [parseInt(red, 16), parseInt(green, 16), parseInt(blue, 16)];
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  if (most - least < GREY) return most > WHITE ? undefined : 'grey';
  const turn =
    most === r ? (g - b) / (most - least) : most === g ? 2 + (b - r) / (most - least) : 4 + (r - g) / (most - least);
  const angle = (60 * turn + 360) % 360;
  if (angle < 18 || angle >= 330) return 'red';
  if (angle < 42) return 'orange';
  if (angle < 70) return 'yellow';
  if (angle < 170) return 'green';
  return angle < 260 ? 'blue' : 'purple';
}

const GREY = 16;
const WHITE = 250;

/** The colour of a row: that of most of its cells. */
export function fillOfRow({ left, right }: Table, { cells }: GridRow): string | undefined {
  const filled = cells.filter((cell, column) => column >= left && column <= right && !isBlank(cell));
  const counts = new Map<string, number>();
  for (const cell of filled) if (cell?.fill !== undefined) counts.set(cell.fill, (counts.get(cell.fill) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most && most[1] > 0.5 * filled.length ? most[0] : undefined;
}

/** A row whose colour a legend explains as not, or not yet, ordered. */
export function colouredRow(table: Table, row: GridRow): Remark | undefined {
  if (table.grid.turned) return undefined;
  const legend = legendOf(table.grid);
  if (legend.length === 0) return undefined;
  const fill = fillOfRow(table, row);
  const said = new Set(legend.flatMap((one) => (one.fill === fill ? [one.means] : [])));
  const [means] = said;
  if (said.size !== 1 || (means !== 'cancelled' && means !== 'held')) return undefined;
  const from = legend.find((one) => one.fill === fill)?.from;
  return from && { why: 'coloured', sure: true, from };
}

/** Whether the legends of a sheet decide each of some rows. */
export function isDecided(rows: readonly { table: Table; row: GridRow }[]): boolean {
  const [first] = rows;
  if (!first) return true;
  const legend = legendOf(first.table.grid);
  const isPositive = legend.some(({ means }) => means === 'ordered');
  return rows.every(({ table, row }) => {
    const fill = fillOfRow(table, row);
    if (fill === undefined) return legend.length > 0 && !isPositive;
    const said = legend.filter((one) => one.fill === fill);
    return said.length > 0 && said.every(({ means }) => means !== 'unknown');
  });
}
