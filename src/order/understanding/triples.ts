import { baseInHeading } from './price-base';
import { share } from './profile';
import { senseOf, type Draft, type Triple } from './role-draft';
import type { Score } from './scores';
import type { ColumnRole } from './types';
import { countProducts, productWeight } from './witness';

/** All choices of columns for quantity, price and amount that the rows allow, the likeliest first. */
export function allTriples(
  draft: Draft,
  candidates: (role: ColumnRole) => Score[],
  discount: number | undefined,
): Triple[] {
  const none = [undefined];
  const [quantities, prices, amounts] = [candidates('quantity'), candidates('unit_price'), candidates('amount')];
  const ordered = quantities.some((score) => isOrdered(draft, score));
  const triples: Triple[] = [];
  for (const quantity of [...quantities, ...none]) {
    for (const price of [...prices, ...none]) {
      if (price && price.column === quantity?.column) continue;
      for (const amount of [...amounts, ...none]) {
        if (amount && (amount.column === price?.column || amount.column === quantity?.column)) continue;
        const witness =
          quantity && price && amount
            ? productWeight(
                countProducts(draft.figures, quantity.column, price.column, amount.column, {
                  ...{ discount, base: draft.base },
                  per: baseInHeading(draft.header?.headings.get(price.column)?.text ?? ''),
                }),
              )
            : 0;
        if (!isAllowed(draft, witness, quantity, price, amount)) continue;
        // what was offered multiplies, what was ordered counts
        const offered = ordered && quantity !== undefined && !isOrdered(draft, quantity) ? OFFERED : 0;
        const total = weigh(quantity) + weigh(price) + weigh(amount) + witness - offered;
        triples.push({ quantity, price, amount, witness, total });
      }
    }
  }
  return triples.sort((a, b) => b.total - a.total);
}

const OFFERED = 2.5;

/** Whether a column says that its quantities are the ordered ones, and has some. */
const isOrdered = ({ header, profiles }: Draft, { column, word }: Score): boolean =>
  word >= 1.2 && senseOf(header, column, 'ordered') >= 0.95 && (profiles.get(column)?.numbers ?? 0) > 0;

/** Score of a column, halved if no heading speaks for it. */
const weigh = (score: Score | undefined): number => (score ? (score.word > 0 ? score.total : 0.5 * score.total) : 0);

/** Whether a column holds whole numbers without a sign of money. */
const areCounts = ({ profiles }: Draft, column: number): boolean => {
  const profile = profiles.get(column);
  return profile !== undefined && profile.whole === profile.numbers && share(profile, 'money') === 0;
};

/** Whether money is less than other money in each row, as no amount is than its price. */
function isBelow({ figures }: Draft, amount: number, price: number): boolean {
  const [amounts, prices] = [figures.columns.get(amount), figures.columns.get(price)];
  const rows = [...(amounts?.keys() ?? [])].filter((row) => (amounts?.[row] ?? 0) > 0 && (prices?.[row] ?? 0) > 0);
  return rows.length >= LEAST_ROWS && rows.every((row) => (amounts?.[row] ?? 0) < (prices?.[row] ?? 0));
}

const LEAST_ROWS = 3;

/**
 * Whether columns without a fitting heading may be used: only with proof by multiplication or with unmistakable
 * figures.
 */
function isAllowed(draft: Draft, witness: number, quantity?: Score, price?: Score, amount?: Score): boolean {
  const witnessed = witness >= 0.6;
  const money = (score: Score) => {
    const profile = draft.profiles.get(score.column);
    return !draft.header && profile !== undefined && (share(profile, 'money') > 0.4 || profile.whole < profile.numbers);
  };
  if (price && price.word === 0 && !witnessed && !money(price)) return false;
  // packs × what each holds are pieces, and no money
  if (
    price &&
    price.word === 0 &&
    draft.header &&
    [price, amount].every((score) => score && areCounts(draft, score.column))
  )
    return false;
  if (amount && (amount.word === 0 || (price && isBelow(draft, amount.column, price.column))) && !witnessed)
    return false;
  if (quantity && quantity.word === 0 && !witnessed) {
    const profile = draft.profiles.get(quantity.column);
    return (
      profile !== undefined &&
      profile.numbers > 0 &&
      profile.whole === profile.numbers &&
      profile.largest <= 100_000 &&
      share(profile, 'money') === 0
    );
  }
  return true;
}
