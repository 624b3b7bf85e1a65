import { canonical } from '../../core/canonical';
import type { Json } from '../../schemas/json';
import type { McpChange } from '../../schemas/mcp/tools';
import { escapePointer } from '../contracts/errors';

/** The difference of two definitions, member by member; lists are compared as a whole. */
export function changesBetween(before: Json | undefined, after: Json | undefined, pointer = ''): McpChange[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ change: 'added', pointer, after }];
  if (after === undefined) return [{ change: 'removed', pointer, before }];
  if (canonical(before) === canonical(after)) return [];
  if (!isObject(before) || !isObject(after)) return [{ change: 'changed', pointer, before, after }];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) =>
    changesBetween(before[name], after[name], `${pointer}/${escapePointer(name)}`),
  );
}

function isObject(value: Json): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
