import { originalsOf } from './earlier';
import { KNOWN } from './header-rows';
import { baseInHeading } from './price-base';
import type { Owned } from './reference-owner';
import { senseOf, type Draft, type Triple } from './role-draft';
import { share } from './profile';
import { isPricedUnit } from './priced-unit';
import type { Score } from './scores';
import { plainWords } from './text';
import type { ColumnRole, Doubt } from './types';
import { unitCode } from './units';
import { countProducts, productWeight } from './witness';

/** Difference of scores below which two columns fit equally well. */
const MARGIN = 0.35;

/** Doubts about the columns that were chosen. */
export function doubtsOf(
  draft: Draft,
  triples: readonly Triple[],
  pairs: readonly { role: ColumnRole; score: Score }[],
  roles: ReadonlyMap<ColumnRole, number>,
  owned: Owned | undefined,
): Doubt[] {
  const best = triples[0];
  if (best?.headed) return [...arithmeticDoubts(draft, best), ...unitDoubts(draft, roles)];
  const witness = best?.witness ?? 0;
  const chosen = best
    ? [
        ...quantityDoubts(draft, triples, best),
        ...(roles.has('unit_price') ? moneyDoubts(draft, triples, best, 'price', roles) : []),
        ...(roles.has('amount') ? moneyDoubts(draft, triples, best, 'amount', roles) : []),
      ]
    : [];
  return [
    ...chosen,
    ...rivalDoubts(draft, roles, witness, chosen),
    ...(witness >= PROVEN ? [] : unitDoubts(draft, roles)),
    ...(owned ? ownedDoubts(draft, owned) : referenceDoubts(draft, pairs, roles)),
  ];
}

/** Weight of products from which on they prove their columns. */
const PROVEN = 0.6;

function quantityDoubts(draft: Draft, triples: readonly Triple[], best: Triple): Doubt[] {
  if (!best.quantity) return [];
  const { column, word } = best.quantity;
  const doubts: Doubt[] = [];
  if (senseOf(draft.header, column, 'amount') >= KNOWN && senseOf(draft.header, column, 'quantity') < KNOWN)
    doubts.push({ blocking: false, columns: [column], why: 'amount' });
  if (word === 0 && isUnitOver(draft, column)) return doubts;
  if (word === 0) {
    const blocking = best.witness < PROVEN && !isCounted(draft, column);
    return [...doubts, { blocking, columns: [column], why: 'no_heading' }];
  }
  const isSaid = isPricedUnit(draft.header, best.price?.column, column);
  const packed = best.witness < PROVEN && !isSaid ? packedColumns(draft, triples, column) : [];
  if (packed.length > 0) {
    // `Cases` × `Case size` = `Units` in every row: both say the same, and either may be exported
    const blocking = !packed.every((other) => isPacked(draft, column, other));
    return [...doubts, { blocking, columns: [column, ...packed], why: 'close' }];
  }
  const before = originalsOf(draft.header?.headings, new Map([['quantity', column]])).get('quantity');
  const rival = triples.find(
    ({ quantity }) => quantity && ![column, before].includes(quantity.column) && hasCounts(draft, quantity.column),
  );
  if (rival && !isSaid && isClose(draft, best, rival, 'quantity'))
    doubts.push({ blocking: true, columns: [column, rival.quantity?.column ?? column], why: 'close' });
  return doubts;
}

/** Whether a column has a figure that is not zero: what nothing is counted in rivals no quantity. */
const hasCounts = ({ profiles }: Draft, column: number): boolean => {
  const profile = profiles.get(column);
  return profile !== undefined && profile.numbers > profile.zeros;
};

/** Whether known units stand right beside figures, on every line: they are what is counted. */
function isCounted({ profiles }: Draft, column: number): boolean {
  const own = profiles.get(column);
  return [column - 1, column + 1].some((at) => {
    const beside = profiles.get(at);
    return own !== undefined && beside !== undefined && beside.filled >= own.filled && share(beside, 'units') > 0.9;
  });
}

/** Whether a unit heads the only figures of a table: `Cut flowers | Bunches`. */
const isUnitOver = ({ header, profiles }: Draft, column: number): boolean =>
  unitCode(header?.headings.get(column)?.text ?? '') !== undefined &&
  [...profiles.values()].every((profile) => profile.column === column || profile.numbers === 0);

function moneyDoubts(
  draft: Draft,
  triples: readonly Triple[],
  best: Triple,
  key: 'price' | 'amount',
  roles: ReadonlyMap<ColumnRole, number>,
): Doubt[] {
  const mine = best[key];
  if (!mine) return [];
  const { column, word } = mine;
  const rival = triples.find(
    (triple) => triple[key] && triple[key].column !== column && triple.quantity?.column === best.quantity?.column,
  );
  if (rival && isClose(draft, best, rival, key) && !isLessDiscount(draft, column, rival[key]?.column, roles))
    return [{ blocking: false, columns: [column, rival[key]?.column ?? column], why: 'close' }];
  if (best.witness >= PROVEN) return [];
  if (senseOf(draft.header, column, 'money') >= KNOWN)
    return [{ blocking: !isNoAmount(draft, best, column), columns: [column], why: 'money' }];
  if (word === 0) return [{ blocking: false, columns: [column], why: 'no_heading' }];
  const isList = key === 'price' && word < 0.5 && !roles.has('discount_percent');
  return isList ? [{ blocking: false, columns: [column], why: 'list_price' }] : [];
}

/** Whether two columns are a price before and after the discount of each row, so that both are explained. */
function isLessDiscount(
  { figures }: Draft,
  price: number,
  other: number | undefined,
  roles: ReadonlyMap<ColumnRole, number>,
): boolean {
  const [a, b, less] = [price, other, roles.get('discount_percent')].map((column) => figures.columns.get(column ?? 0));
  if (!a || !b || !less) return false;
  const isNet = (full: number, net: number, percent: number) =>
    [percent / 100, percent].some((share) => Math.abs(full * (1 - share) - net) <= 0.006);
  const rows = [...a.keys()].filter((row) => [a, b].every((column) => (column[row] ?? Number.NaN) > 0));
  return (
    rows.length >= LEAST_ROWS &&
    rows.every((row) => {
      const [one = 0, two = 0, percent = 0] = [a[row], b[row], less[row] || 0];
      return isNet(one, two, percent) || isNet(two, one, percent);
    })
  );
}

const LEAST_ROWS = 2;

/** Whether a column of the rival fits nearly as well as that of the best, and has other figures. */
function isClose(draft: Draft, best: Triple, rival: Triple, key: 'quantity' | 'price' | 'amount'): boolean {
  const [mine, other] = [best[key], rival[key]];
  return (
    mine !== undefined &&
    other !== undefined &&
    other.word >= 0.7 &&
    best.total - rival.total < MARGIN &&
    !haveSameFigures(draft, mine.column, other.column)
  );
}

function referenceDoubts(
  draft: Draft,
  pairs: readonly { role: ColumnRole; score: Score }[],
  roles: ReadonlyMap<ColumnRole, number>,
): Doubt[] {
  const [first, second] = pairs.filter(
    ({ role, score }) =>
      role === 'reference' && ![...roles].some(([name, column]) => column === score.column && name !== 'reference'),
  );
  if (!first || !second || first.score.column !== roles.get('reference')) return [];
  const close = second.score.word >= 0.7 && first.score.total - second.score.total < 0.15;
  const columns = [first.score.column, second.score.column] as const;
  return close && !haveSameFigures(draft, ...columns) ? [{ blocking: false, columns: [...columns], why: 'close' }] : [];
}

/** Doubt about a column of references that stands beside another which may be meant. */
const ownedDoubts = (draft: Draft, { column, rival }: Owned): Doubt[] =>
  rival === undefined || haveSameFigures(draft, column, rival)
    ? []
    : [{ blocking: false, columns: [column, rival], why: 'close' }];

/** Columns whose headings say something else than their arithmetic. Another quantity than the one so called is asked. */
function arithmeticDoubts(draft: Draft, { quantity, price, amount, headed }: Triple): Doubt[] {
  const columns = [quantity, price, amount].flatMap((score) => (score ? [score.column] : []));
  // what no heading names is contradicted by nothing
  if ([headed?.quantity, headed?.price, headed?.amount].every((score) => !score || score.word === 0)) return [];
  const named = headed?.quantity?.word ? headed.quantity.column : undefined;
  const other = named !== undefined && named !== quantity?.column;
  // `Cases` × `Case size` = `Units`, which is what the price is for
  const packed = other && quantity !== undefined && isPacked(draft, named, quantity.column);
  return [{ blocking: other && !packed, columns: other ? [named, ...columns] : columns, why: 'arithmetic' }];
}

/** Whether money cannot be for a whole line: it stands where nothing is counted, or one would cost fractions of cents. */
function isNoAmount({ figures, profiles }: Draft, { quantity }: Triple, column: number): boolean {
  const [money, counts] = [figures.columns.get(column), figures.columns.get(quantity?.column ?? 0)];
  if (!money || !counts) return false;
  if ((profiles.get(column)?.numbers ?? 0) > (profiles.get(quantity?.column ?? 0)?.filled ?? 0) + 1) return true;
  return money.some((value, row) => {
    const cents = (100 * value) / (counts[row] ?? Number.NaN);
    return Number.isFinite(cents) && Math.abs(cents - Math.round(cents)) > 0.01;
  });
}

/** Doubts about other quantity columns with other figures that no role explains: `Qty` and `Qty confirmed`. */
function rivalDoubts(
  draft: Draft,
  roles: ReadonlyMap<ColumnRole, number>,
  witness: number,
  doubts: readonly Doubt[],
): Doubt[] {
  const quantity = roles.get('quantity');
  if (quantity === undefined) return [];
  // what was ordered before the amendment is no rival
  const before = originalsOf(draft.header?.headings, roles).get('quantity');
  const taken = new Set([...roles.values(), before, ...doubts.flatMap(({ columns }) => columns)]);
  const rivals = draft.columns.filter((column) => {
    const said = Math.max(...QUANTITIES.map((sense) => senseOf(draft.header, column, sense)));
    const figures = hasCounts(draft, column);
    // no doubt about `Order qty` beside `Qty`, nor about pieces beside `Cartons` if the multiplication holds
    const plain = said >= 0.9 && (witness >= 0.6 || senseOf(draft.header, quantity, 'ordered') >= 0.9);
    const open = !taken.has(column) && !draft.hiddenColumns.has(column) && figures;
    return (
      open && said >= 0.4 && !plain && !haveSameFigures(draft, quantity, column) && !isPacked(draft, quantity, column)
    );
  });
  return rivals.length > 0 ? [{ blocking: witness < 0.6, columns: [quantity, ...rivals], why: 'close' }] : [];
}

const QUANTITIES = ['quantity', 'ordered', 'total_quantity'] as const;

/** Whether two columns count the same in packs and in pieces, by a third column. */
const isPacked = ({ figures, columns }: Draft, a: number, b: number): boolean =>
  columns.some(
    (size) =>
      ![a, b].includes(size) &&
      [countProducts(figures, a, size, b), countProducts(figures, b, size, a)].some(
        (products) => productWeight(products) >= 0.6,
      ),
  );

const PACKS =
  /\b(?:cartons?|ctns?|box|boxes|packs?|cases?|bags?|sets?|colis|caisses?|boites?|paquets?|lots?|sachets?|kartons?|pakete?|packungen|cajas?|scatole|dozen|koli)\b.*(?:\b(?:of|de|a|von|zu|da|di|van)|x)\s?\d+\b/;

const PACK = /\b(?:cartons?|boxes|cases|packs|colis|caisses|boites|kartons?|cajas|scatole|koli)\b/;
const PACK_SIZE =
  /^(?:pcb|spcb|colisage|pack size|pack|case size|inner|vpe|ve|conditionnement|koli ici)$|\b(?:per|par|pro) (?:box|case|carton|colis|boite|pack|karton)\b/;

/** Doubts about units: `Price per 100` is not the price of one; `Cartons of 12` does not count pieces. */
function unitDoubts({ header, columns, base }: Draft, roles: ReadonlyMap<ColumnRole, number>): Doubt[] {
  const text = (column: number | undefined) => header?.headings.get(column ?? 0)?.text ?? '';
  const [price, quantity] = [roles.get('unit_price'), roles.get('quantity')];
  const doubts: Doubt[] = [];
  if (price !== undefined && (base !== undefined || baseInHeading(text(price)) !== undefined))
    doubts.push({ blocking: false, columns: [price, ...(base === undefined ? [] : [base])], why: 'basis' });
  const counted = plainWords(text(quantity));
  const sized = PACK.test(counted) && columns.some((column) => PACK_SIZE.test(plainWords(text(column))));
  if (quantity !== undefined && (PACKS.test(counted) || sized))
    doubts.push({ blocking: false, columns: [quantity], why: 'packs' });
  return doubts;
}

/** Columns that hold the same order in another unit: `Cartons`, `Pieces per carton`, `Total`. */
export function packedColumns(draft: Draft, triples: readonly Triple[], quantity: number): number[] {
  const rivals = triples.flatMap((triple) =>
    triple.quantity && triple.quantity.word >= 0.7 ? [triple.quantity.column] : [],
  );
  const totals = draft.columns.filter((column) => senseOf(draft.header, column, 'total_quantity') >= KNOWN);
  const packs = draft.columns.filter(
    (column) =>
      senseOf(draft.header, column, 'other_quantity') >= KNOWN &&
      !/poids|weight|gewicht|peso|kg|vol|cbm|stk|stock|lager|bestand|dispo|sold|vent|min|max/i.test(
        draft.header?.headings.get(column)?.text ?? '',
      ),
  );
  const multiplied = draft.columns.filter(
    (column) =>
      column !== quantity &&
      packs.some(
        (pack) => pack !== column && productWeight(countProducts(draft.figures, quantity, pack, column)) >= 0.6,
      ),
  );
  const found = new Set([...totals.filter((column) => rivals.includes(column)), ...multiplied]);
  return [...found].filter((column) => column !== quantity && !haveSameFigures(draft, quantity, column));
}

/** Whether two columns have the same figures, so that either will do. */
function haveSameFigures({ figures, profiles }: Draft, a: number, b: number): boolean {
  const [left, right] = [figures.columns.get(a), figures.columns.get(b)];
  if (!left || !right || figures.rows === 0) return (profiles.get(b)?.filled ?? 0) === 0;
  return left.every((figure, row) => Object.is(figure, right[row]));
}
