import { isBlank, saysNothing, textOf, type GridRow } from './grid';
import { isOpen } from './header-rows';
import { share } from './profile';
import type { Draft } from './role-draft';
import { plainWords } from './text';
import type { ColumnRole } from './types';

const LEAST = 2;

/** Headings of the number by which goods are ordered, or of the order: `Bestell-Nr.`. */
const EITHER =
  /^(?:best(?:ell)?|bestel|bestall\w*|bestill\w*|order|cde|commande|pedido|ped|ordine|ord|enc|encomenda|obj\w*|zam\w*) ?(?:nr|nummer|no|number|num|code|kod|ref|cislo|id|n)$|^(?:bestell|bestel|order|bestallnings|bestillings)(?:nr|nummer)$/;

/**
 * The column of the numbers of orders that no heading names for sure, where the rows show it: a code that stays the same
 * while the numbers of lines rise, and changes where they begin anew; one that stands on the first line of an order
 * alone, as in exports of an order with its lines; or one by which the orders of a merchant may be called as well as his
 * goods, and which stays the same while their references change.
 */
export function orderColumn(
  { header, columns, profiles }: Draft,
  roles: ReadonlyMap<ColumnRole, number>,
  rows: readonly GridRow[],
): number | undefined {
  if (roles.has('order_number')) return undefined;
  const quantity = roles.get('quantity');
  const lines = rows.filter(({ cells }) => quantity !== undefined && !isBlank(cells[quantity]));
  const taken = new Set([...roles].flatMap(([role, column]) => (role === 'reference' ? [] : [column])));
  const mayBeEither = (column: number) => EITHER.test(plainWords(header?.headings.get(column)?.text ?? ''));
  const reference = roles.get('reference');
  const open = columns.filter((column) => {
    const profile = profiles.get(column);
    const isNamed = isOpen(header?.headings.get(column)) || mayBeEither(column);
    return isNamed && !taken.has(column) && profile !== undefined && share(profile, 'codes') > 0.9;
  });
  return (
    open.find((column) => opensOrders(lines, column, columns)) ??
    open.find((column) => restarts(lines, column, columns)) ??
    open.find((column) => mayBeEither(column) && holdsReferences(lines, column, reference))
  );
}

/** Whether a code stands on few lines, and other columns that differ nowhere else stand with it. */
function opensOrders(lines: readonly GridRow[], column: number, columns: readonly number[]): boolean {
  const firsts = lines.filter(({ cells }) => !saysNothing(cells[column]));
  if (firsts.length < 1 || firsts[0] !== lines[0] || firsts.length > 0.5 * lines.length) return false;
  if (new Set(firsts.map(({ cells }) => textOf(cells[column]))).size < firsts.length) return false;
  const opening = new Set(firsts);
  const beside = columns.filter(
    (other) => other !== column && lines.every((line) => saysNothing(line.cells[other]) !== opening.has(line)),
  );
  return beside.length >= LEAST;
}

/** Whether a code stands on several lines, one below the other, which all have references of their own. */
function holdsReferences(lines: readonly GridRow[], column: number, reference: number | undefined): boolean {
  if (reference === undefined || reference === column) return false;
  const codes = lines.map(({ cells }) => textOf(cells[column]));
  const runs = codes.filter((code, at) => code !== codes[at - 1]).length;
  const pairs = lines.map(({ cells }, at) => `${codes[at] ?? ''} ${textOf(cells[reference])}`);
  const isWhole = !codes.includes('') && lines.every(({ cells }) => !saysNothing(cells[reference]));
  // `4711` over 4711-S and 4711-M is their style
  const isStyle = lines.some(({ cells }, at) => textOf(cells[reference]).startsWith(codes[at] ?? ''));
  // one code on all lines names none of their several articles, of which one may come again
  const isOne = runs === 1 && new Set(pairs).size > 1;
  const isTold = isOne || new Set(pairs).size === pairs.length;
  return isWhole && !isStyle && runs < codes.length && new Set(codes).size === runs && isTold;
}

/** Whether the numbers of lines begin anew where a code changes, and nowhere else. */
function restarts(lines: readonly GridRow[], column: number, columns: readonly number[]): boolean {
  const codes = lines.map(({ cells }) => textOf(cells[column]));
  const changes = codes.flatMap((code, at) => (at > 0 && code !== codes[at - 1] ? [at] : []));
  if (
    changes.length === 0 ||
    changes.length + 1 >= codes.length ||
    codes.includes('') ||
    new Set(codes).size !== changes.length + 1
  )
    return false;
  return columns.some((other) => {
    const numbers = lines.map(({ cells }) => Number(textOf(cells[other])));
    const begins = numbers.flatMap((number, at) => (at > 0 && number <= (numbers[at - 1] ?? 0) ? [at] : []));
    const [first] = numbers;
    return (
      numbers.every((number) => Number.isInteger(number) && number > 0) &&
      begins.join() === changes.join() &&
      begins.every((at) => numbers[at] === first) &&
      isCount(numbers)
    );
  });
}

/** Whether whole numbers rise by the same step from line to line, but for where they begin anew. */
const isCount = (numbers: readonly number[]): boolean => {
  const [first = 0] = numbers;
  return numbers.every((number, at) => at === 0 || number === first || number === (numbers[at - 1] ?? 0) + first);
};
