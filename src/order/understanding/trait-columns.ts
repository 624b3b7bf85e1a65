import { saysNothing, textOf, type GridRow } from './grid';
import { isOpen, KNOWN } from './header-rows';
import { dateIn } from './dates';
import { changesOrder, isConditional } from './lexicon/conditions';
import { stateIn } from './lexicon/states';
import { senseOf, type Draft } from './role-draft';
import { isTick, share, type Profile } from './profile';
import type { ColumnRole } from './types';
import { unitCode } from './units';

const ROWS = 300;
const LEAST = 2;
/** Columns side by side that may be traits together: `1 kg | beans`. */
const MOST = 2;
const LONGEST = 30;
const MOST_WORDS = 4;

/**
 * Columns that say of what kind each article is, beside its name, where no heading says it and no column has the variant:
 * `aluminio`, `sans manche`, `H 3xv mDb 16-18`. Their words are written small or hold figures, as no name of a person, a
 * place or an article is, and stand on nearly each line. They stand side by side, with no other words between them and
 * the name.
 */
export function traitColumns(draft: Draft, roles: ReadonlyMap<ColumnRole, number>, rows: readonly GridRow[]): number[] {
  if (draft.header === undefined || roles.has('variant') || !roles.has('description') || !roles.has('quantity'))
    return [];
  const taken = new Set(roles.values());
  const found = draft.columns.filter(
    (column) => !taken.has(column) && mayBeTrait(draft, column) && holdTraits(column, rows.slice(0, ROWS)),
  );
  const [first = 0] = found;
  const name = roles.get('description') ?? 0;
  const isBeside = found.some((column) =>
    draft.columns.every(
      (other) => (other - name) * (other - column) >= 0 || share(draft.profiles.get(other) as Profile, 'numbers') > 0.8,
    ),
  );
  return isBeside && found.length <= MOST && found.every((column, at) => column === first + at) ? found : [];
}

/** Whether a column holds no codes under a heading that is unknown, or of models or materials. */
function mayBeTrait({ header, profiles }: Draft, column: number): boolean {
  const heading = header?.headings.get(column);
  const profile = profiles.get(column);
  if (!heading || heading.text === '' || !profile || share(profile, 'dates') > 0) return false;
  return share(profile, 'codes') < 0.7 && (isOpen(heading) || senseOf(header, column, 'reference') >= KNOWN);
}

/**
 * Whether texts that are written small or hold figures stand on nearly each line, most of them with small letters, or one
 * with a small word. Words alone come again, as kinds do.
 */
function holdTraits(column: number, rows: readonly GridRow[]): boolean {
  const texts = rows.flatMap(({ cells }) => (saysNothing(cells[column]) ? [] : [textOf(cells[column])]));
  const worded = texts.filter((text) => /\p{Ll}/u.test(text));
  return (
    texts.length >= Math.max(LEAST, 0.8 * rows.length) &&
    (2 * worded.length > texts.length || worded.some((text) => /\p{Ll}{3}/u.test(text))) &&
    texts.every((text) => isTrait(text)) &&
    texts.some((text) => /\p{L}{4}|\d/u.test(text)) &&
    (texts.some((text) => /\d/.test(text)) || new Set(texts).size < texts.length)
  );
}

const isTrait = (text: string): boolean =>
  text.length <= LONGEST &&
  text.split(' ').length <= MOST_WORDS &&
  /^\p{Ll}|\d/u.test(text) &&
  !isTick(text) &&
  !/^\p{L}{1,2}$|^\d+\s?[x×]\s?\d/u.test(text) &&
  unitCode(text) === undefined &&
  dateIn(text) === undefined &&
  stateIn(text) === undefined &&
  !/[@?!]/.test(text) &&
  !changesOrder(text) &&
  !isConditional(text);

/** Whether a column of references holds words only, written small, of which no article is one: `aluminio`, `coton`. */
export const areWords = (column: number, rows: readonly GridRow[]): boolean => {
  const texts = rows.slice(0, ROWS).flatMap(({ cells }) => (saysNothing(cells[column]) ? [] : [textOf(cells[column])]));
  return texts.length >= LEAST && texts.every((text) => /^\p{Ll}[\p{Ll}\s-]{2,}$/u.test(text));
};
