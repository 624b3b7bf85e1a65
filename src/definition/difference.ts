import { canonical } from '../../core/canonical';
import type { DefinitionChange } from '../../schemas/definition/api';
import type { DefinitionContent } from '../../schemas/definition/definition';
import type { Json } from '../../schemas/json';
import { escapePointer } from '../contracts/errors';

/** The difference of two versions, part by part. Steps are told apart by their ids, so that an inserted one is one change. */
export function differenceOf(before: DefinitionContent, after: DefinitionContent): DefinitionChange[] {
  return compare(before as unknown as Json, after as unknown as Json, '');
}

function compare(before: Json | undefined, after: Json | undefined, pointer: string): DefinitionChange[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ change: 'added', pointer, after }];
  if (after === undefined) return [{ change: 'removed', pointer, before }];
  if (canonical(before) === canonical(after)) return [];
  const [a, b] = [membersOf(before), membersOf(after)];
  if (!a || !b) return [{ change: 'changed', pointer, before, after }];
  const names = [...new Set([...a.keys(), ...b.keys()])];
  const inner = names.flatMap((name) => compare(a.get(name), b.get(name), `${pointer}/${escapePointer(name)}`));
  // the same steps in another order
  return inner.length > 0 ? inner : [{ change: 'changed', pointer, before: [...a.keys()], after: [...b.keys()] }];
}

/** Members of an object, or the steps of a list by their ids; undefined for a value that is compared as a whole. */
function membersOf(value: Json): Map<string, Json> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const ids = value.map((item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? item['step_id'] : undefined,
  );
  return ids.every((id) => typeof id === 'string')
    ? new Map(value.map((item, index) => [String(ids[index]), item]))
    : undefined;
}
