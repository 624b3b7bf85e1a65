import { isPosition } from './content';
import { KNOWN } from './header-rows';
import { share, type Profile } from './profile';
import { senseOf, type Draft, type Triple } from './role-draft';
import { isOther, type Described, type Score } from './scores';
import { countProducts } from './witness';

const MOST_NUMERIC = 14;
const PRICES = ['unit_price', 'list_price', 'price_gross', 'money', 'amount', 'amount_gross'] as const;
const COUNTED = ['quantity', 'ordered', 'total_quantity', 'other_quantity'] as const;

/**
 * Columns that multiply in every row where those that the headings name do not: the arithmetic outweighs a heading.
 * Undefined if there are none, or several.
 */
export function provenTriple(
  draft: Draft,
  headed: Triple | undefined,
  described: ReadonlyMap<number, Described>,
): Triple | undefined {
  const numeric = draft.columns.filter((column) => {
    const profile = draft.profiles.get(column);
    return profile && share(profile, 'numbers') >= 0.8 && share(profile, 'eans') < 0.5 && !isPosition(profile);
  });
  if (numeric.length < 3 || numeric.length > MOST_NUMERIC) return undefined;
  const isCount = (column: number) => {
    const profile = draft.profiles.get(column) as Profile;
    return profile.whole === profile.numbers && share(profile, 'money') === 0;
  };
  // cartons × pieces in each are pieces, not money
  const isMoney = (column: number) =>
    PRICES.some((sense) => senseOf(draft.header, column, sense) >= KNOWN) || !isCount(column);
  const isPieces = (product: number) => COUNTED.some((sense) => senseOf(draft.header, product, sense) >= KNOWN);
  const found = productsOf(draft, numeric).filter(({ a, b, product }) => !isPieces(product) && [a, b].some(isMoney));
  const [only] = found.length > 0 || draft.header ? found : discountedProducts(draft, numeric);
  if (found.length > 1 || !only) return undefined;
  const { a, b, product, discount } = only;
  const own = headed?.quantity?.column;
  const quantity =
    own === a || own === b ? own : isCount(a) && !isCount(b) ? a : isCount(b) && !isCount(a) ? b : undefined;
  // a column that only counts what is in a pack, or is in stock, does not make the order
  const price = quantity === a ? b : a;
  const other = [a, b].some((column) =>
    column === price && quantity === own
      ? countsOther(draft, column)
      : isOther(described.get(column)?.heading?.meaning),
  );
  if (quantity === undefined || other || !isMoney(price)) return undefined;
  const score = (column: number): Score => ({ column, word: 0.9, total: 2 });
  return {
    quantity: score(quantity),
    price: score(price),
    amount: score(product),
    ...(discount === undefined ? {} : { discount: score(discount) }),
    witness: 1.5,
    total: (headed?.total ?? 0) + 1,
    headed,
  };
}

/** Whether a heading is of weights, contents or stocks, or of no figure of an order; one of taxes may be of the price. */
const countsOther = ({ header }: Draft, column: number): boolean =>
  (['other_quantity', 'other'] as const).some((sense) => senseOf(header, column, sense) >= KNOWN);

/** Columns of which the third is the product of the first two, perhaps less a percentage, in every row. */
interface Product {
  a: number;
  b: number;
  product: number;
  discount?: number;
}

function productsOf(draft: Draft, numeric: readonly number[], discount?: number): Product[] {
  const found: Product[] = [];
  for (const [at, a] of numeric.entries()) {
    for (const b of numeric.slice(at + 1)) {
      for (const product of numeric) {
        if ([a, b, discount].includes(product) || a === discount || b === discount) continue;
        const { tried, holds, plain } = countProducts(draft.figures, a, b, product, { discount });
        if (tried >= 2 && holds === tried && plain >= 2 && tried >= 0.8 * draft.figures.rows)
          found.push({ a, b, product, discount });
      }
    }
  }
  return found;
}

/** Products less a percentage that stands in a column without a heading; none if several columns could be it. */
function discountedProducts(draft: Draft, numeric: readonly number[]): Product[] {
  if (numeric.length > MOST_WITH_DISCOUNT) return [];
  const percents = numeric.filter((column) => {
    const profile = draft.profiles.get(column);
    return profile !== undefined && profile.smallest >= 0 && profile.largest > 0 && profile.largest < 100;
  });
  const found = percents.flatMap((discount) => productsOf(draft, numeric, discount));
  return found.length === 1 ? found : [];
}

const MOST_WITH_DISCOUNT = 8;
