import type { DefinitionContent, DefinitionFault } from '../../schemas/definition/definition';
import type { Json } from '../../schemas/json';
import { escapePointer } from '../contracts/errors';
import { foreignFaults } from '../contracts/foreign-schema';
import { fault } from './fault';

/**
 * The input of executions against the `input_schema` of their definition. It is somebody else's schema, so no code is
 * made of it, and it may say nothing that takes long to check: no patterns, no references.
 */

type Kind = 'schema' | 'schemas' | 'named' | 'names' | 'number' | 'count' | 'values' | 'any' | 'types' | 'format';

/** Formats that are known. */
const FORMATS = ['date-time', 'date', 'time', 'email', 'uri', 'uuid'];
const TYPES = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'];

/** Keywords that a schema may have, and what they hold. */
const KEYWORDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ...(['title', 'description', 'default', 'examples', '$schema', '$comment', 'deprecated', 'const'] as const).map(
    (name) => [name, 'any'] as const,
  ),
  ...(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'] as const).map(
    (name) => [name, 'number'] as const,
  ),
  ...(['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'] as const).map(
    (name) => [name, 'count'] as const,
  ),
  ...(['anyOf', 'oneOf', 'allOf'] as const).map((name) => [name, 'schemas'] as const),
  ...(['items', 'additionalProperties', 'not'] as const).map((name) => [name, 'schema'] as const),
  ['type', 'types'],
  ['format', 'format'],
  ['enum', 'values'],
  ['required', 'names'],
  ['properties', 'named'],
]);

/** Schemas within a schema, at most. */
const MOST_SCHEMAS = 1_000;

/** Faults of an `input_schema`. */
export function schemaFaults(schema: unknown, at = '/input_schema'): DefinitionFault[] {
  const faults: DefinitionFault[] = [];
  let seen = 0;
  const visit = (node: unknown, pointer: string): void => {
    if (typeof node === 'boolean') return;
    if (typeof node !== 'object' || node === null || Array.isArray(node))
      return void faults.push(fault(pointer, 'schema', 'must be a schema: an object, true or false'));
    if (++seen > MOST_SCHEMAS) return;
    for (const [keyword, value] of Object.entries(node)) {
      const inner = `${pointer}/${escapePointer(keyword)}`;
      const kind = KEYWORDS.get(keyword);
      if (kind === undefined) {
        const known = 'patterns and references may take long to check, so they are not taken';
        faults.push(fault(inner, 'schema', `the keyword ${keyword} is not available`, known));
        continue;
      }
      const words = misfit(kind, value);
      if (words !== undefined) faults.push(fault(inner, 'schema', words));
      else if (kind === 'schema') visit(value, inner);
      else if (kind === 'schemas') (value as unknown[]).forEach((one, index) => visit(one, `${inner}/${index}`));
      else if (kind === 'named')
        for (const [name, one] of Object.entries(value as object)) visit(one, `${inner}/${escapePointer(name)}`);
    }
  };
  visit(schema, at);
  if (seen > MOST_SCHEMAS) faults.push(fault(at, 'schema', `it holds over ${MOST_SCHEMAS} schemas`));
  return faults;
}

function misfit(kind: Kind, value: unknown): string | undefined {
  switch (kind) {
    case 'any':
    case 'schema':
      return undefined;
    case 'number':
      return typeof value === 'number' ? undefined : 'must be a number';
    case 'count':
      return Number.isSafeInteger(value) && (value as number) >= 0 ? undefined : 'must be a whole number from 0 on';
    case 'values':
      return Array.isArray(value) && value.length > 0 ? undefined : 'must be a list of values';
    case 'schemas':
      return Array.isArray(value) && value.length > 0 ? undefined : 'must be a list of schemas';
    case 'names':
      return isTexts(value) ? undefined : 'must be a list of names';
    case 'named':
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'must be an object';
    case 'types':
      return isTexts([value].flat()) && [value].flat().every((one) => TYPES.includes(String(one)))
        ? undefined
        : `must be of ${TYPES.join(', ')}`;
    case 'format':
      return FORMATS.includes(String(value)) ? undefined : `must be one of ${FORMATS.join(', ')}`;
  }
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string');

/** Faults of the input of an execution, by their places in a request for it. */
export const inputErrors = (
  { input_schema }: Pick<DefinitionContent, 'input_schema'>,
  input: Json,
): { pointer: string; detail: string }[] =>
  foreignFaults(input_schema, input).map(({ pointer, detail }) => ({ pointer: `/input_data${pointer}`, detail }));
