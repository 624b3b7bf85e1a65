import { isBlank, textOf, type Grid, type GridRow } from './grid';
import { isDestination } from './lexicon/labels';
import { meaningOf, scoreOf } from './lexicon/match';
import type { Sense } from './lexicon/headings/sense';
import { figureOf, type Profile } from './profile';
import { plainWords } from './text';
import type { ColumnRole, HeaderBlock, Heading, MatrixLabel } from './types';
import { decimal, fromDigits } from './decimal';

/**
 * Labels of articles side by side, each with a size and a count under its name: `Home shirt: Size | Qty`,
 * `Socks: Size | Qty`. None if fewer than two groups have both.
 */
export function articlePairs(headings: Iterable<Heading>): MatrixLabel[] {
  const groups = new Map<string, { size: number[]; count: number[] }>();
  for (const { column, text, group } of headings) {
    if (group === '' || group === text) continue;
    const found = groups.get(group) ?? { size: [], count: [] };
    if (isAmongst(text, ['variant'])) found.size.push(column);
    if (isAmongst(text, ['quantity', 'ordered'])) found.count.push(column);
    groups.set(group, found);
  }
  const pairs = [...groups].flatMap(([description, { size, count }]): MatrixLabel[] => {
    const [variantColumn, column] = [size[0], count[0]];
    const isPair = size.length === 1 && count.length === 1 && variantColumn !== undefined && column !== undefined;
    return isPair ? [{ column, variantColumn, description }] : [];
  });
  return pairs.length >= 2 ? pairs : [];
}

const isAmongst = (text: string, senses: readonly Sense[]): boolean =>
  senses.some((sense) => scoreOf(meaningOf(text), sense) >= 0.9);

/** Whether labels name articles, so that the rows are people. */
export const areArticles = (labels: readonly MatrixLabel[]): boolean =>
  labels.length > 0 &&
  labels.every(({ description, variantColumn }) => description !== undefined && variantColumn !== undefined);

/** Headings that people and articles share. */
const NAMES = /^(?:names?|noms?|namen?|nombres?|nom[ei]|naam|namen|navn|namn|imie|nazwisko|jmeno)$/;

/** Whether the rows of a grid may be people who want the articles in its columns, or articles for the shops there. */
export function mayBePeople(
  header: HeaderBlock | undefined,
  roles: ReadonlyMap<ColumnRole, number>,
  labels: readonly MatrixLabel[],
): boolean {
  const heading = plainWords(header?.headings.get(roles.get('description') ?? 0)?.text ?? '');
  const isOpen = labels.every(({ destination }) => destination !== undefined && !isDestination(destination));
  return NAMES.test(heading) && !roles.has('reference') && !roles.has('ean') && labels.length > 1 && isOpen;
}

/** Makes the first column of names, which are people's, a note, and takes away what their numbers were taken for. */
export function namePeople(
  roles: Map<ColumnRole, number>,
  header: HeaderBlock | undefined,
  profiles: ReadonlyMap<number, Profile>,
  labels: readonly MatrixLabel[],
): void {
  for (const role of ['reference', 'ean', 'description', 'variant', 'note'] as const) roles.delete(role);
  const taken = new Set(labels.flatMap(({ column, variantColumn }) => [column, variantColumn]));
  const names = [...profiles.values()].find(
    ({ column, texts, seen }) => !taken.has(column) && texts > 0.7 * seen && header?.headings.has(column),
  );
  if (names) roles.set('note', names.column);
}

const PRICE =
  /^(?:price|prices|price each|unit price|cost|prix|prix unitaire|pu|preis|preise|stuckpreis|prezzo|precio|prijs|preco|cena|pris)(?: |$)/;

/** The row with the price of each article under its column; undefined without one. */
export function priceRowOf(grid: Grid, rows: readonly GridRow[], labels: readonly MatrixLabel[]): number | undefined {
  const row = rows.find(({ cells }) => {
    const first = cells.find((cell) => !isBlank(cell));
    return PRICE.test(plainWords(textOf(first))) && labels.every(({ column }) => figureOf(cells[column]) > 0);
  });
  if (!row) return undefined;
  for (const label of labels) {
    const cell = row.cells[label.column];
    const price = cell?.value.is === 'number' ? fromDigits(cell.value.digits) : decimal(String(figureOf(cell)));
    if (price) label.price = { value: price, from: grid.from(row.number, label.column) };
  }
  return row.number;
}
