import type { Json } from '../../schemas/json';
import { canonicalJson } from '../documents/json';

/** A place at which two values differ; a side that has nothing there is undefined. */
export interface Difference {
  /** JSON Pointer */
  pointer: string;
  before?: Json;
  after?: Json;
}

/** The places at which two values differ, `most` of them. */
export function differencesOf(
  before: Json | undefined,
  after: Json | undefined,
  most = 20,
  pointer = '',
): Difference[] {
  if (isSame(before, after)) return [];
  const members = pairsOf(before, after);
  if (!members) return [{ pointer, before, after }];
  const found: Difference[] = [];
  for (const [name, one, other] of members) {
    if (found.length >= most) break;
    const place = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    found.push(...differencesOf(one, other, most - found.length, place));
  }
  return found;
}

const isSame = (before: Json | undefined, after: Json | undefined): boolean =>
  before === after || (before !== undefined && after !== undefined && canonicalJson(before) === canonicalJson(after));

/** The members of two lists, or two objects, side by side; undefined for anything else. */
function pairsOf(
  before: Json | undefined,
  after: Json | undefined,
): [string, Json | undefined, Json | undefined][] | undefined {
  if (!isContainer(before) || !isContainer(after) || Array.isArray(before) !== Array.isArray(after)) return undefined;
  const [one, other] = [before, after] as { [name: string]: Json }[];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.map((name) => [name, one?.[name], other?.[name]]);
}

const isContainer = (value: Json | undefined): value is Json[] | { [name: string]: Json } =>
  typeof value === 'object' && value !== null;

/** Characters of a value in words. */
const SHOWN = 120;

/** A difference in words: `/url: "…/a" became "…/b"`. */
export function differenceInWords({ pointer, before, after }: Difference): string {
  const place = pointer === '' ? 'it' : pointer;
  if (before === undefined) return `${place} was not there, and is ${shown(after)}`;
  if (after === undefined) return `${place} was ${shown(before)}, and is not there`;
  return `${place} was ${shown(before)}, and is ${shown(after)}`;
}

function shown(value: Json | undefined): string {
  const text = canonicalJson(value ?? null);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
