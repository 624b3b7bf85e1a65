import { Errors } from 'typebox/schema';
import type { Json } from '../../schemas/json';
import type { JsonSchema } from '../../schemas/tool';
import { escapePointer } from './errors';

/** Faults reported of a value. */
const MOST_FAULTS = 50;

/**
 * Faults of a value by somebody else's schema, as JSON Pointers into the value. The schema is read each time: no code is
 * made of it.
 */
export function foreignFaults(schema: JsonSchema | undefined, value: Json): { pointer: string; detail: string }[] {
  if (schema === undefined) return [];
  const [, errors] = Errors(schema, value);
  return errors
    .filter(({ keyword }) => keyword !== 'boolean')
    .flatMap(({ keyword, instancePath, params, message }) => {
      const { requiredProperties: missing, additionalProperties: surplus } = params as { [name: string]: unknown };
      const at = (names: unknown, detail: string) =>
        (names as string[]).map((name) => ({ pointer: `${instancePath}/${escapePointer(name)}`, detail }));
      if (keyword === 'required' && Array.isArray(missing)) return at(missing, 'is missing');
      if (keyword === 'additionalProperties' && Array.isArray(surplus)) return at(surplus, 'is not a known name here');
      return [{ pointer: instancePath, detail: message }];
    })
    .slice(0, MOST_FAULTS);
}

/** The same in words, for a message: `the input` is the value as a whole. */
export const foreignWords = (schema: JsonSchema | undefined, value: Json): string =>
  foreignFaults(schema, value)
    .map(({ pointer, detail }) => `${pointer || 'the input'} ${detail}`)
    .join('; ');
