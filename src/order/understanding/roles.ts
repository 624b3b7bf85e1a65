import { KNOWN } from './header-rows';
import { bestScore, scoreOf } from './lexicon/match';
import type { Sense } from './lexicon/headers';
import { share, type Profile } from './profile';
import { plainWords } from './text';
import { scoreFor, type Described, type Score } from './scores';
import type { ColumnRole, Doubt, HeaderBlock } from './types';
import { countProducts, productWeight, type Figures } from './witness';

export interface Draft {
  header?: HeaderBlock;
  columns: readonly number[];
  profiles: ReadonlyMap<number, Profile>;
  figures: Figures;
  hiddenColumns: ReadonlySet<number>;
}

export interface Assignment {
  roles: Map<ColumnRole, number>;
  certainty: Map<ColumnRole, number>;
  witnessed: boolean;
  discountAmount?: number;
  doubts: Doubt[];
}

/** Roles assigned after quantity, price and amount; the order breaks ties. */
const OTHERS: readonly ColumnRole[] = [
  ...(['ean', 'reference', 'description', 'unit', 'discount_percent', 'delivery_date'] as const),
  ...(['line_number', 'variant', 'destination', 'note'] as const),
];
const CANDIDATES = 6;
/** Difference of scores below which two columns fit equally well. */
const MARGIN = 0.35;

interface Triple {
  quantity?: Score;
  price?: Score;
  amount?: Score;
  witness: number;
  total: number;
}

/** Assigns to each role at most one column, by the best sum of scores. */
export function assignRoles(draft: Draft): Assignment {
  const senses = sensesByColumn(draft);
  const describe = (column: number): Described => ({
    heading: draft.header?.headings.get(column),
    profile: draft.profiles.get(column) as Profile,
    hidden: draft.hiddenColumns.has(column),
    elsewhere: new Set([...senses].flatMap(([other, theirs]) => (other === column ? [] : theirs))),
  });
  const described = new Map(draft.columns.map((column) => [column, describe(column)]));
  const candidates = (role: ColumnRole): Score[] =>
    [...described.values()]
      .flatMap((each) => scoreFor(role, each) ?? [])
      .sort((a, b) => b.total - a.total)
      .slice(0, CANDIDATES);
  const discount = candidates('discount_percent').find(({ word }) => word >= KNOWN)?.column;
  const triples = allTriples(draft, candidates, discount);
  const best = triples[0];
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
  const other = best?.quantity && !best.price ? packedColumns(draft, triples, best.quantity.column) : [];
  if (best?.amount && !other.includes(best.amount.column)) give('amount', best.amount, boost);
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
  doubts.push(...doubtsOf(draft, triples, pairs, roles));
  const money = draft.columns.find((column) => senses.get(column)?.includes('discount_amount') && !taken.has(column));
  return { roles, certainty, witnessed: (best?.witness ?? 0) >= 0.6, discountAmount: money, doubts };
}

const sensesByColumn = ({ header, columns }: Draft): Map<number, Sense[]> =>
  new Map(
    columns.map((column) => [
      column,
      header?.headings.get(column)?.meaning.senses.flatMap(({ sense, score }) => (score >= KNOWN ? [sense] : [])) ?? [],
    ]),
  );

/** Whether content alone may decide a role: check digits, codes and words are evident; so are dates and units. */
function mayGuess(role: ColumnRole, { header }: Draft, described: Described | undefined): boolean {
  if (!described || described.profile.filled === 0) return false;
  if (role === 'ean') return share(described.profile, 'eans') > 0.6;
  if (!header) return ['reference', 'description', 'unit', 'line_number', 'delivery_date'].includes(role);
  const open = !described.heading || bestScore(described.heading.meaning) < KNOWN;
  if (!open) return false;
  return role === 'reference'
    ? share(described.profile, 'codes') > 0.8 && share(described.profile, 'distinct') > 0.8
    : role === 'description' && described.profile.letters / described.profile.seen > 10;
}

function allTriples(draft: Draft, candidates: (role: ColumnRole) => Score[], discount: number | undefined): Triple[] {
  const none = [undefined];
  const [quantities, prices, amounts] = [candidates('quantity'), candidates('unit_price'), candidates('amount')];
  const triples: Triple[] = [];
  for (const quantity of [...quantities, ...none]) {
    for (const price of [...prices, ...none]) {
      if (price && price.column === quantity?.column) continue;
      for (const amount of [...amounts, ...none]) {
        if (amount && (amount.column === price?.column || amount.column === quantity?.column)) continue;
        const witness =
          quantity && price && amount
            ? productWeight(countProducts(draft.figures, quantity.column, price.column, amount.column, discount))
            : 0;
        if (!isAllowed(draft, witness, quantity, price, amount)) continue;
        const total = weigh(quantity) + weigh(price) + weigh(amount) + witness;
        triples.push({ quantity, price, amount, witness, total });
      }
    }
  }
  return triples.sort((a, b) => b.total - a.total);
}

/** Score of a column, halved if no heading speaks for it. */
const weigh = (score: Score | undefined): number => (score ? (score.word > 0 ? score.total : 0.5 * score.total) : 0);

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
  if (amount && amount.word === 0 && !witnessed) return false;
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

function doubtsOf(
  draft: Draft,
  triples: readonly Triple[],
  pairs: readonly { role: ColumnRole; score: Score }[],
  roles: ReadonlyMap<ColumnRole, number>,
): Doubt[] {
  const doubts: Doubt[] = [];
  const best = triples[0];
  if (best?.quantity) {
    const { column, word } = best.quantity;
    const rival = triples.find(({ quantity }) => quantity && quantity.column !== column);
    const other = rival?.quantity;
    if (word === 0 && best.witness < 0.6) doubts.push({ blocking: true, columns: [column], why: 'no_heading' });
    else if (word === 0) doubts.push({ blocking: false, columns: [column], why: 'no_heading' });
    else if (best.witness < 0.6 && packedColumns(draft, triples, column).length > 0) {
      doubts.push({ blocking: true, columns: [column, ...packedColumns(draft, triples, column)], why: 'close' });
    } else if (
      rival &&
      other &&
      other.word >= 0.7 &&
      best.total - rival.total < MARGIN &&
      !haveSameFigures(draft, column, other.column)
    ) {
      doubts.push({ blocking: true, columns: [column, other.column], why: 'close' });
    }
  }
  for (const [role, key] of [
    ['unit_price', 'price'],
    ['amount', 'amount'],
  ] as const) {
    const mine = best?.[key];
    if (!mine) continue;
    const rival = triples.find(
      (triple) =>
        triple[key] && triple[key].column !== mine.column && triple.quantity?.column === best.quantity?.column,
    );
    const other = rival?.[key];
    if (
      rival &&
      other &&
      other.word >= 0.7 &&
      best.total - rival.total < MARGIN &&
      !haveSameFigures(draft, mine.column, other.column)
    ) {
      doubts.push({ blocking: false, columns: [mine.column, other.column], why: 'close' });
    } else if (mine.word === 0 && best.witness < 0.6) {
      doubts.push({ blocking: false, columns: [mine.column], why: 'no_heading' });
    } else if (role === 'unit_price' && mine.word < 0.5 && best.witness < 0.6) {
      doubts.push({ blocking: false, columns: [mine.column], why: 'list_price' });
    }
  }
  doubts.push(...rivalDoubts(draft, roles, best?.witness ?? 0, doubts), ...unitDoubts(draft, roles));
  const reference = roles.get('reference');
  const [first, second] = pairs.filter(
    ({ role, score }) =>
      role === 'reference' && ![...roles].some(([name, column]) => column === score.column && name !== 'reference'),
  );
  if (
    first &&
    second &&
    first.score.column === reference &&
    second.score.word >= 0.7 &&
    first.score.total - second.score.total < 0.15
  ) {
    if (!haveSameFigures(draft, first.score.column, second.score.column))
      doubts.push({ blocking: false, columns: [first.score.column, second.score.column], why: 'close' });
  }
  return doubts;
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
  const taken = new Set([...roles.values(), ...doubts.flatMap(({ columns }) => columns)]);
  const rivals = draft.columns.filter((column) => {
    const said = Math.max(...QUANTITIES.map((sense) => senseOf(draft.header, column, sense)));
    const figures = (draft.profiles.get(column)?.numbers ?? 0) > 0;
    // no doubt about `Order qty` beside `Qty`, nor about pieces beside `Cartons` if the multiplication holds
    const plain = said >= 0.9 && (witness >= 0.6 || senseOf(draft.header, quantity, 'ordered') >= 0.9);
    const open = !taken.has(column) && !draft.hiddenColumns.has(column) && figures;
    return open && said >= 0.4 && !plain && !haveSameFigures(draft, quantity, column);
  });
  return rivals.length > 0 ? [{ blocking: witness < 0.6, columns: [quantity, ...rivals], why: 'close' }] : [];
}

const QUANTITIES = ['quantity', 'ordered', 'total_quantity'] as const;

const PER =
  /\b(?:per|pro|par|je|por|pour|for|za|le|les)\s+(?:\d{2,5}\b|hundred|thousand|cent\b|mille\b|hundert|tausend)|\b(?:le cent|le mille|per c|per m)$/;
const BASIS =
  /^(?:per|par|je|pe|preiseinheit|preis einheit|price per|price basis|price unit qty|base prix|unite de prix|base de prix|prix par)$/;
const PACKS =
  /\b(?:cartons?|ctns?|box|boxes|packs?|cases?|bags?|sets?|colis|caisses?|boites?|paquets?|lots?|sachets?|kartons?|pakete?|packungen|cajas?|scatole|dozen|koli)\b.*(?:\b(?:of|de|a|von|zu|da|di|van)|x)\s?\d+\b/;

const PACK = /\b(?:cartons?|boxes|cases|packs|colis|caisses|boites|kartons?|cajas|scatole|koli)\b/;
const PACK_SIZE =
  /^(?:pcb|spcb|colisage|pack size|pack|case size|inner|vpe|ve|conditionnement|koli ici)$|\b(?:per|par|pro) (?:box|case|carton|colis|boite|pack|karton)\b/;

/** Doubts about units: `Price per 100` is not the price of one; `Cartons of 12` does not count pieces. */
function unitDoubts({ header, columns, profiles }: Draft, roles: ReadonlyMap<ColumnRole, number>): Doubt[] {
  const text = (column: number | undefined) => header?.headings.get(column ?? 0)?.text ?? '';
  const [price, quantity] = [roles.get('unit_price'), roles.get('quantity')];
  const doubts: Doubt[] = [];
  const basis = columns.filter(
    (column) => BASIS.test(plainWords(text(column))) && (profiles.get(column)?.largest ?? 0) > 1,
  );
  if (
    price !== undefined &&
    (basis.length > 0 || PER.test(plainWords(text(price))) || /\/\s*10{1,4}\b/.test(text(price)))
  )
    doubts.push({ blocking: false, columns: [price, ...basis], why: 'basis' });
  const counted = plainWords(text(quantity));
  const sized = PACK.test(counted) && columns.some((column) => PACK_SIZE.test(plainWords(text(column))));
  if (quantity !== undefined && (PACKS.test(counted) || sized))
    doubts.push({ blocking: false, columns: [quantity], why: 'packs' });
  return doubts;
}

/** Columns that hold the same order in another unit: `Cartons`, `Pieces per carton`, `Total`. */
function packedColumns(draft: Draft, triples: readonly Triple[], quantity: number): number[] {
  const rivals = triples.flatMap((triple) =>
    triple.quantity && triple.quantity.word >= 0.7 ? [triple.quantity.column] : [],
  );
  const totals = draft.columns.filter((column) => senseOf(draft.header, column, 'total_quantity') >= KNOWN);
  const packs = draft.columns.filter(
    (column) =>
      senseOf(draft.header, column, 'other_quantity') >= KNOWN &&
      !/poids|weight|gewicht|peso|kg|vol|cbm/i.test(draft.header?.headings.get(column)?.text ?? ''),
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

export const senseOf = (header: HeaderBlock | undefined, column: number, sense: Sense): number => {
  const meaning = header?.headings.get(column)?.meaning;
  return meaning ? scoreOf(meaning, sense) : 0;
};
