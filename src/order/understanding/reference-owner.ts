import { holdsCodes } from './content';
import { KNOWN } from './header-rows';
import { ownerOf, type Owner } from './lexicon/owners';
import { senseOf, type Draft } from './role-draft';
import { plainWords } from './text';
import type { ColumnRole } from './types';

/** Who reads an order sells, so that his numbers are meant. */
const OF_ORDER: readonly Owner[] = ['reader', 'any', 'maker', 'writer'];
/** A list of which few lines are filled in was written by the seller. */
const OF_LIST: readonly Owner[] = ['any', 'writer', 'maker', 'reader'];
const FEW = 0.6;

/** The column of references that counts, where headings say whose numbers they are. */
export interface Owned {
  column: number;
  /** a column that may be meant as well */
  rival?: number;
}

/**
 * The column of the seller's references where several stand side by side: `Our P/N` and `Your P/N`, `Item` and
 * `Vendor item`. Undefined if headings do not tell them apart.
 */
export function sellersReference(draft: Draft, roles: ReadonlyMap<ColumnRole, number>): Owned | undefined {
  const { header, columns, profiles } = draft;
  const free = new Set<ColumnRole>(['reference', 'destination', 'customer', 'note', 'variant', 'line_number']);
  const found = columns.flatMap((column) => {
    const role = [...roles].find(([, at]) => at === column)?.[0];
    const profile = profiles.get(column);
    const heading = header?.headings.get(column)?.text;
    if (heading === undefined || !profile || !holdsCodes(profile) || (role && !free.has(role))) return [];
    const owner = ownerOf(plainWords(heading));
    const isReference = senseOf(header, column, 'reference') >= (owner === 'any' ? KNOWN : SAID);
    return isReference && (owner !== 'any' || role === 'reference') ? [{ column, owner, profile }] : [];
  });
  if (found.length < 2 || new Set(found.map(({ owner }) => owner)).size < 2) return undefined;
  const named = Math.max(...found.map(({ profile }) => profile.filled));
  const counted = profiles.get(roles.get('quantity') ?? 0)?.filled ?? named;
  const order = counted < FEW * named ? OF_LIST : OF_ORDER;
  const [first, second] = found.sort((a, b) => order.indexOf(a.owner) - order.indexOf(b.owner));
  if (!first || !second) return undefined;
  // numbers that are called the reader's, and stand on every line, are meant
  const said = first.owner === 'reader' && first.profile.filled >= counted;
  const open = !said && (first.owner === 'any' || second.owner === 'any');
  return { column: first.column, ...(open && second.owner !== 'writer' ? { rival: second.column } : {}) };
}

/** Score from which a heading that says whose number it is may be one of a reference. */
const SAID = 0.4;
