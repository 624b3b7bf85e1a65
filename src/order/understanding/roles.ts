import type { Draft, Triple } from './role-draft';
import { provenTriple } from './arithmetic';
import { holdsCodes } from './content';
import { doubtsOf, packedColumns } from './doubts';
import { isOpen, KNOWN } from './header-rows';
import type { Sense } from './lexicon/headings/sense';
import { share, type Profile } from './profile';
import { sellersReference } from './reference-owner';
import { plainWords } from './text';

import { isOnlyName, scoreFor, type Described, type Score } from './scores';
import type { ColumnRole, Doubt } from './types';
import { allTriples } from './triples';
import { areMultiples, countProducts, productWeight } from './witness';

export interface Assignment {
  roles: Map<ColumnRole, number>;
  certainty: Map<ColumnRole, number>;
  witnessed: boolean;
  discountAmount?: number;
  /** column with the number of priced units in an ordered one, proven by the rows */
  pack?: number;
  /** the amounts are of another column of quantities, such as the offered ones */
  offered: boolean;
  doubts: Doubt[];
}

/** Roles assigned after quantity, price and amount; the order breaks ties. */
const OTHERS: readonly ColumnRole[] = [
  ...(['ean', 'reference', 'description', 'unit', 'discount_percent', 'delivery_date'] as const),
  ...(['line_number', 'order_number', 'variant', 'customer', 'destination', 'currency', 'status', 'note'] as const),
];
const CANDIDATES = 6;

/** Assigns to each role at most one column, by the best sum of scores. */
export function assignRoles(draft: Draft): Assignment {
  const senses = sensesByColumn(draft);
  const counting = countingAmount(draft, senses);
  const describe = (column: number): Described => ({
    heading: draft.header?.headings.get(column),
    profile: draft.profiles.get(column) as Profile,
    hidden: draft.hiddenColumns.has(column),
    elsewhere: new Set([...senses].flatMap(([other, theirs]) => (other === column ? [] : theirs))),
    counts: column === counting,
    barcodes: areBarcodes(draft, column),
  });
  const described = new Map(draft.columns.map((column) => [column, describe(column)]));
  const candidates = (role: ColumnRole): Score[] =>
    [...described.values()]
      .flatMap((each) => scoreFor(role, each) ?? [])
      .sort((a, b) => b.total - a.total)
      .slice(0, CANDIDATES);
  const discount = candidates('discount_percent').find(({ word }) => word >= KNOWN)?.column;
  const triples = allTriples(draft, candidates, discount);
  const headed = triples[0];
  const proven = (headed?.witness ?? 0) < 0.6 ? provenTriple(draft, headed, described) : undefined;
  if (proven) triples.unshift(proven);
  const best = triples[0];
  const pack = best && packOf(draft, best, discount);
  if (best && pack) best.witness = pack.witness;
  const roles = new Map<ColumnRole, number>();
  const certainty = new Map<ColumnRole, number>();
  const doubts: Doubt[] = [];
  const give = (role: ColumnRole, score: Score, boost = 0) => {
    roles.set(role, score.column);
    certainty.set(role, Math.min(0.99, 0.45 + 0.5 * Math.min(1, score.word) + boost));
  };
  const boost = (best?.witness ?? 0) > 0.5 ? 0.3 : 0;
  if (best?.quantity) give('quantity', best.quantity, boost);
  if (best?.price) give('unit_price', best.price, boost);
  const other =
    best?.quantity && (!best.price || isNoProduct(draft, best))
      ? packedColumns(draft, triples, best.quantity.column)
      : [];
  if (best?.amount && !other.includes(best.amount.column) && !isOfOrders(draft, best))
    give('amount', best.amount, boost);
  if (best?.discount) give('discount_percent', best.discount, boost);
  const taken = new Set(roles.values());
  const pairs = OTHERS.flatMap((role, order) => candidates(role).map((score) => ({ role, order, score })))
    .filter(({ role, score }) => score.word > 0 || mayGuess(role, draft, described.get(score.column)))
    .sort((a, b) => b.score.total - a.score.total || a.order - b.order);
  for (const { role, score } of pairs) {
    if (roles.has(role) || taken.has(score.column)) continue;
    give(role, score);
    taken.add(score.column);
    if (score.word === 0 && role === 'reference')
      doubts.push({ blocking: false, columns: [score.column], why: 'no_heading' });
  }
  const owned = sellersReference(draft, roles);
  if (owned) giveReference(owned.column, roles, certainty);
  doubts.push(...doubtsOf(draft, triples, pairs, roles, owned));
  const money = draft.columns.find((column) => senses.get(column)?.includes('discount_amount') && !taken.has(column));
  return {
    ...{ roles, certainty, witnessed: (best?.witness ?? 0) >= 0.6, discountAmount: money, pack: pack?.column },
    offered: best !== undefined && isOfAnother(draft, best, senses, discount),
    doubts,
  };
}

/** Makes a column the references, whatever it was taken for. */
function giveReference(column: number, roles: Map<ColumnRole, number>, certainty: Map<ColumnRole, number>): void {
  for (const [role, at] of roles) if (at === column) roles.delete(role);
  roles.set('reference', column);
  certainty.set('reference', 0.95);
}

/** The column of pack sizes by which quantity × size × price is the amount, where quantity × price is not. */
function packOf(draft: Draft, { quantity, price, amount, witness }: Triple, discount: number | undefined) {
  if (!quantity || !price || !amount || witness >= 0.6) return undefined;
  return draft.columns
    .filter((column) => ![quantity.column, price.column, amount.column, discount].includes(column))
    .map((column) => ({
      column,
      witness: productWeight(
        countProducts(draft.figures, quantity.column, price.column, amount.column, { discount, pack: column }),
      ),
    }))
    .sort((a, b) => b.witness - a.witness)
    .find((each) => each.witness >= 0.6);
}

/** Whether no row of an amount is quantity × price. */
function isNoProduct({ figures }: Draft, { quantity, price, amount }: Triple): boolean {
  if (!quantity || !price || !amount) return false;
  const { tried, holds } = countProducts(figures, quantity.column, price.column, amount.column);
  return tried >= 3 && holds === 0;
}

/** Whether an amount stands on some lines only and is never quantity × price: the sum of an order, on its first line. */
function isOfOrders({ profiles }: Draft, { quantity, amount, witness }: Triple): boolean {
  const [counts, sums] = [
    profiles.get(quantity?.column ?? 0)?.filled ?? 0,
    profiles.get(amount?.column ?? 0)?.filled ?? 0,
  ];
  return witness <= 0.2 && counts > sums && sums < 0.8 * counts && counts >= 3;
}

/** Whether an amount is that of another column of quantities, as of the offered ones beside those ordered. */
function isOfAnother(
  { figures, columns }: Draft,
  { quantity, price, amount, witness }: Triple,
  senses: ReadonlyMap<number, readonly Sense[]>,
  discount: number | undefined,
): boolean {
  if (!quantity || !price || !amount) return false;
  const own = countProducts(figures, quantity.column, price.column, amount.column, { discount });
  if (own.holds === own.tried && witness > 0) return false;
  return columns.some((column) => {
    if (column === quantity.column || !senses.get(column)?.includes('quantity')) return false;
    const { tried, holds, plain } = countProducts(figures, column, price.column, amount.column, { discount });
    return holds === tried && plain >= 3 && tried > own.holds;
  });
}

const WORDS: ReadonlySet<Sense> = new Set(['description', 'variant', 'customer', 'destination', 'note', 'status']);
const FIGURES: ReadonlySet<Sense> = new Set([
  ...(['quantity', 'ordered', 'total_quantity', 'unit_price', 'list_price', 'price_gross', 'amount'] as const),
  ...(['amount_gross', 'discount_percent'] as const),
]);

const isWordy = (profile: Profile): boolean =>
  share(profile, 'texts') > 0.9 && share(profile, 'codes') < 0.3 && profile.letters > 10 * profile.seen;

/** Known senses of each heading, without those that the column's content rules out: `Nombre` over figures is no name. */
const sensesByColumn = ({ header, columns, profiles }: Draft): Map<number, Sense[]> =>
  new Map(
    columns.map((column) => {
      const profile = profiles.get(column);
      const [numeric, wordy] = profile
        ? [share(profile, 'numbers') > 0.8, share(profile, 'texts') > 0.9 && share(profile, 'codes') < 0.5]
        : [false, false];
      const senses = header?.headings.get(column)?.meaning.senses ?? [];
      const known = senses.flatMap(({ sense, score }) => (score >= KNOWN ? [sense] : []));
      const named = profile !== undefined && isWordy(profile);
      const coded = profile !== undefined && share(profile, 'codes') > 0.8;
      return [
        column,
        known.filter(
          (sense) =>
            !(numeric && WORDS.has(sense)) &&
            !(wordy && FIGURES.has(sense)) &&
            // `Artikel` over names is no column of references, and over codes no column of names
            !(named && sense === 'reference') &&
            !(coded && sense === 'description' && known.includes('reference')),
        ),
      ];
    }),
  );

/**
 * The column that is called `Amount` and counts: whole numbers where no other column is a quantity, and no price whose
 * multiples they are.
 */
function countingAmount(
  { header, columns, profiles, figures }: Draft,
  senses: Map<number, Sense[]>,
): number | undefined {
  if ([...senses.values()].some((each) => each.some((sense) => COUNTS.has(sense)))) return undefined;
  return columns.find((column) => {
    const profile = profiles.get(column);
    if (!/^amounts?$/.test(plainWords(header?.headings.get(column)?.text ?? '')) || !profile) return false;
    if (profile.numbers === 0 || profile.whole < profile.numbers || share(profile, 'money') > 0) return false;
    const prices = columns.filter((other) => senses.get(other)?.includes('unit_price'));
    return !prices.some((price) => areMultiples(figures, column, price));
  });
}

const COUNTS: ReadonlySet<Sense> = new Set(['quantity', 'ordered', 'total_quantity']);

/** Whether content alone may decide a role: check digits, codes and words are evident; so are dates and units. */
function mayGuess(role: ColumnRole, { header }: Draft, described: Described | undefined): boolean {
  if (!described || described.profile.filled === 0) return false;
  if (role === 'ean') return share(described.profile, 'eans') > 0.6 || described.barcodes;
  if (!header) return ['reference', 'description', 'unit', 'line_number', 'delivery_date'].includes(role);
  if (!isOpen(described.heading) && !isOnlyName('description', described)) return false;
  return role === 'reference'
    ? share(described.profile, 'codes') > 0.8 && share(described.profile, 'distinct') > 0.8
    : role === 'description' && isNaming(described.profile);
}

/** Numbers of twelve or thirteen digits that all differ, beside codes with letters. */
const areBarcodes = ({ profiles, columns }: Draft, column: number): boolean => {
  const profile = profiles.get(column);
  return (
    profile !== undefined &&
    profile.seen > 1 &&
    profile.whole === profile.seen &&
    [12, 13].some((digits) => profile.letters === digits * profile.seen) &&
    profile.distinct === profile.seen &&
    [...profiles.values()].some((other) => columns.includes(other.column) && other !== profile && holdsCodes(other, 0))
  );
};

/** Words that differ from row to row. */
const isNaming = (profile: Profile): boolean =>
  (profile.seen < 3 || profile.distinct > 1) &&
  share(profile, 'texts') > 0.8 &&
  share(profile, 'codes') < 0.3 &&
  share(profile, 'units') < 0.5 &&
  (profile.letters > 10 * profile.seen || (profile.letters >= 4 * profile.seen && share(profile, 'distinct') > 0.6));
