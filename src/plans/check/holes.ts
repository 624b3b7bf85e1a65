import { escapePointer } from '../../contracts/errors';
import type { Json } from '../../../schemas/json';
import { parseText } from '../../../core/plan/expressions';

/** A place in arguments whose value is not known before the step runs. */
export interface Hole {
  pointer: string;
  /** names and indexes on the way there */
  path: (string | number)[];
  /** the expressions in it */
  sources: string[];
  /** one expression gives the value; else it is a text with expressions in it, and so a text at least */
  whole: boolean;
}

/** Finds the places of a template that expressions fill. Text that does not parse is none: other checks name it. */
export function findHoles(template: Json, path: (string | number)[] = []): Hole[] {
  if (typeof template === 'string') return holeOf(template, path);
  if (typeof template !== 'object' || template === null) return [];
  const entries: [string | number, Json][] = Array.isArray(template)
    ? template.map((item, index) => [index, item])
    : Object.entries(template);
  return entries.flatMap(([key, value]) => findHoles(value, [...path, key]));
}

function holeOf(text: string, path: (string | number)[]): Hole[] {
  if (!text.includes('${{')) return [];
  const { parts, whole } = parseText(text);
  const sources = parts.flatMap((part) => (typeof part === 'object' ? [part.source] : []));
  const pointer = path.map((key) => `/${escapePointer(String(key))}`).join('');
  return sources.length === 0 ? [] : [{ pointer, path, sources, whole }];
}
