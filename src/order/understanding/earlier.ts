import { isPeriod } from './lexicon/labels';
import { meaningOf, scoreOf } from './lexicon/match';
import { plainWords } from './text';
import type { ColumnRole, Heading } from './types';

const QUANTITIES = ['ordered', 'quantity', 'total_quantity'] as const;

const isQuantity = ({ meaning }: Heading): boolean => QUANTITIES.some((sense) => scoreOf(meaning, sense) >= 0.4);

/** What names a revision at the end of a heading: `Qty Rev C`, `Menge V2`. */
const REVISION = /^(.+?)\s+(?:rev(?:ision)?|v|version|index|indice|ind)\.?\s*([a-z]|\d{1,2})$/i;

/** Takes the quantities of earlier revisions for what they are: `Qty Rev B` beside `Qty Rev C`. */
function settleRevisions(headings: Map<number, Heading>): void {
  const found = [...headings.values()].flatMap((heading) => {
    const [, name, mark] = REVISION.exec(heading.text.trim()) ?? [];
    const meaning = name === undefined ? undefined : meaningOf(name);
    const counts = meaning && QUANTITIES.some((sense) => scoreOf(meaning, sense) >= 0.9);
    return counts && mark !== undefined ? [{ heading, meaning, mark: mark.toLowerCase().padStart(3, '0') }] : [];
  });
  const last = found
    .map(({ mark }) => mark)
    .sort()
    .at(-1);
  if (found.length < 2) return;
  for (const { heading, meaning, mark } of found) {
    const own = mark === last ? { ...meaning, senses: [{ sense: 'ordered' as const, score: 1 }] } : undefined;
    const earlier = { ...meaning, senses: [{ sense: 'other_quantity' as const, score: 0.95 }] };
    headings.set(heading.column, { ...heading, meaning: own ?? earlier });
  }
}

const THEN =
  /^(?:was|old|before|previously|alt|bisher|vorher|ancien|avant|vieux|antes|antiguo|anterior|prima|vecchio|oud|was|voorheen|bylo|stare|tidligere|tidigare|gammal|gammel)$/;
const NOW =
  /^(?:now|new|neu|jetzt|nouveau|maintenant|ahora|nuevo|ora|nuovo|adesso|nu|nieuw|wordt|agora|novo|teraz|nowe|ny|nytt)$/;

/** Takes what two such headings over figures say of a quantity: `Was | Now`, `Alt | Neu`. */
function settleThenAndNow(headings: Map<number, Heading>): void {
  const all = [...headings.values()];
  const [then, now] = [THEN, NOW].map((words) => all.filter(({ text }) => words.test(plainWords(text))));
  const [old, current] = [then?.[0], now?.[0]];
  if (!old || !current || then?.length !== 1 || now?.length !== 1 || all.some(isQuantity)) return;
  const meant = (sense: 'ordered' | 'other_quantity') => ({ senses: [{ sense, score: 0.95 }], languages: [] });
  headings.set(old.column, { ...old, meaning: meant('other_quantity') });
  headings.set(current.column, { ...current, meaning: meant('ordered') });
}

/** Years and months in the words of a heading; a month alone counts as a year of its own that is past. */
function periodIn(text: string): { year: number } | undefined {
  const words = plainWords(text).split(' ');
  const year = words.map(Number).find((each) => each >= 2_000 && each < 2_100);
  if (year !== undefined) return { year };
  return words.length > 1 && words.some((word) => word.length > 2 && isPeriod(word)) ? { year: 0 } : undefined;
}

/**
 * Takes the quantities of earlier years and months for what they are: `Cde 2025` beside `Cde 2026`, `Pedido marzo`
 * beside `A pedir`.
 */
export function settleEarlier(headings: Map<number, Heading>): void {
  settleRevisions(headings);
  settleThenAndNow(headings);
  const own = [...headings.values()].filter(isQuantity).map((heading) => ({ heading, period: periodIn(heading.text) }));
  const latest = Math.max(0, ...own.map(({ period }) => period?.year ?? 0));
  const present = own.some(({ heading, period }) => !period && scoreOf(heading.meaning, 'ordered') >= 0.9);
  for (const { heading, period } of own) {
    if (!period || (period.year === latest && !present)) continue;
    const meaning = { ...heading.meaning, senses: [{ sense: 'other_quantity' as const, score: 0.95 }] };
    headings.set(heading.column, { ...heading, meaning });
  }
}

const REVISED =
  /\b(?:revised|rev|new|amended|changed|nouvelle|nouveau|modifiee?|revisee?|neue?r?|geandert|geanderte|nueva|nuevo|revisad[ao]|nuov[ao]|nieuwe?|gewijzigde?|nova|novo|ny|nytt|andrad|aendret|nowa|nowy|nove|novy|nova|uj|uusi|nou|noua)\b/g;
const ORIGINAL =
  /\b(?:original|orig|initial|old|previous|ancienne?|initiale?|d origine|origine|alte?r?|ursprunglich|ursprungliche|bisherige?r?|anterior|originale|precedente|vecchi[ao]|oude?|oorspronkelijke?|tidigare|gammal|gammel|tidligere|oprindelig|oprindeligt|poprzedni[ae]?|puvodni|stare|stary|stara|regi|eredeti|vanha|vechi|veche)\b/g;

const without = (text: string, words: RegExp): string =>
  plainWords(text).replace(words, ' ').replace(/\s+/g, ' ').trim();

/** Takes the new references for those that count, where an old one stands beside them: `Old no.`, `New no.`. */
export function settleNewReference(
  headings: ReadonlyMap<number, Heading> | undefined,
  roles: Map<ColumnRole, number>,
): void {
  const old = headings?.get(roles.get('reference') ?? 0);
  const rest = old && without(old.text, ORIGINAL);
  if (!old || rest === undefined || rest === plainWords(old.text)) return;
  const taken = new Set(roles.values());
  const current = [...(headings?.values() ?? [])].find(
    ({ column, text }) =>
      !taken.has(column) && plainWords(text) !== without(text, REVISED) && without(text, REVISED) === rest,
  );
  if (current) roles.set('reference', current.column);
}

/**
 * The columns of the original values where an amendment has a column for the revised ones: an empty cell there leaves
 * the original as it is.
 */
export function originalsOf(
  headings: ReadonlyMap<number, Heading> | undefined,
  roles: ReadonlyMap<ColumnRole, number>,
): Map<ColumnRole, number> {
  const found = new Map<ColumnRole, number>();
  for (const role of ['reference', 'quantity', 'unit_price', 'delivery_date'] as const) {
    const revised = headings?.get(roles.get(role) ?? 0);
    if (!revised) continue;
    const rest = without(revised.text, REVISED);
    if (rest === plainWords(revised.text)) continue;
    // `Qty` beside `Revised Qty` is the original, whether it says so or not
    const original = [...(headings?.values() ?? [])].find(
      ({ column, text }) => column !== revised.column && rest !== '' && without(text, ORIGINAL) === rest,
    );
    if (original) found.set(role, original.column);
  }
  return found;
}
