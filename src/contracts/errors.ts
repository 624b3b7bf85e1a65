import type { ErrorObject } from 'ajv';
import { Type, type Static } from 'typebox';

/** A fault of a value: its place as a JSON Pointer, words, and the rule that it breaks. */
export const ContractError = Type.Object({ pointer: Type.String(), message: Type.String(), keyword: Type.String() });
export type ContractError = Static<typeof ContractError>;

/** Errors examined, and errors reported at most: 50,000 wrong rows need no 50,000 messages. */
const LIMIT = { examined: 1_000, reported: 50 };

type Words = (error: ErrorObject) => string;

const plural = (n: number, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`;

/** The bound that a value exceeds. */
const limit = ({ params }: ErrorObject): number => params.limit as number;

const atLeast =
  (what: string): Words =>
  (error) =>
    `must have at least ${plural(limit(error), what)}`;
const atMost =
  (what: string): Words =>
  (error) =>
    `must have at most ${plural(limit(error), what)}`;

const COMPARED: Record<string, string> = { '>=': 'at least', '<=': 'at most', '>': 'more than', '<': 'less than' };
const compared: Words = (error) => `must be ${COMPARED[error.params.comparison as string]} ${limit(error)}`;

/** Formats in words, with an example. */
const FORMATS: Record<string, string> = {
  'date-time': 'an instant such as 2026-01-05T08:00:00Z',
  date: 'a day of the calendar such as 2026-01-31',
  email: 'an e-mail address such as ann@example.com',
};

/** The demands of JSON Schema's rules, in words. */
const WORDS: Record<string, Words> = {
  required: () => 'is missing',
  additionalProperties: () => 'is not a known name here',
  type: ({ params }) => `must be ${[params.type].flat().map(article).join(' or ')}`,
  const: ({ params }) => `must be ${JSON.stringify(params.allowedValue)}`,
  enum: ({ params }) => `must be one of ${JSON.stringify(params.allowedValues).slice(1, -1)}`,
  format: ({ params }) => `must be ${FORMATS[params.format as string] ?? `of the format ${params.format}`}`,
  pattern: ({ params }) => `must match the pattern ${params.pattern}`,
  minLength: (error) => (error.params.limit === 1 ? 'must not be empty' : atLeast('character')(error)),
  maxLength: atMost('character'),
  minItems: atLeast('item'),
  maxItems: atMost('item'),
  uniqueItems: ({ params }) => `must not hold the same item twice (items ${params.j} and ${params.i})`,
  minimum: compared,
  maximum: compared,
  exclusiveMinimum: compared,
  exclusiveMaximum: compared,
};

/**
 * Turns ajv's errors (made with `verbose`) into ones for people: a pointer to the place, and words. ajv reports a
 * choice (`anyOf`) as one error for each alternative and one for itself. They become one, unless the value is of the
 * right kind for an alternative and fails inside it: then only that failure is reported.
 */
export function plainErrors(all: readonly ErrorObject[]): ContractError[] {
  const errors = all.slice(0, LIMIT.examined);
  const choices = errors.filter(({ keyword }) => keyword === 'anyOf');
  const around = (error: ErrorObject) => choices.filter((choice) => isInside(error, choice));
  const isDeep = (choice: ErrorObject) => errors.some((error) => isInside(error, choice) && !isOfKind(error));

  const reported = errors.filter((error) => {
    if (error.keyword === 'anyOf' && isDeep(error)) return false;
    return around(error).every(
      (choice) => isDeep(choice) && !(isOfKind(error) && error.instancePath === choice.instancePath),
    );
  });
  return reported.slice(0, LIMIT.reported).map((error) => ({
    pointer: pointer(error),
    message: error.keyword === 'anyOf' ? choice(error) : (WORDS[error.keyword]?.(error) ?? error.message ?? 'is wrong'),
    keyword: error.keyword,
  }));
}

/** True if an error comes from an alternative of a choice about the same value. */
const isInside = (error: ErrorObject, choice: ErrorObject): boolean =>
  error.schemaPath.startsWith(`${choice.schemaPath}/`) &&
  (error.instancePath === choice.instancePath || error.instancePath.startsWith(`${choice.instancePath}/`));

/** True if an error means that a value is of another kind altogether. */
const isOfKind = ({ keyword }: ErrorObject): boolean =>
  keyword === 'type' || keyword === 'const' || keyword === 'anyOf';

function choice({ schema }: ErrorObject): string {
  const alternatives = (schema as { const?: unknown; type?: string }[]).map((alternative) =>
    alternative.const !== undefined ? JSON.stringify(alternative.const) : article(alternative.type ?? 'value'),
  );
  const last = alternatives.pop();
  return `must be ${alternatives.length > 0 ? `${alternatives.join(', ')} or ` : ''}${last}`;
}

function pointer({ instancePath, params }: ErrorObject): string {
  const name: unknown = params.missingProperty ?? params.additionalProperty;
  return typeof name === 'string' ? `${instancePath}/${escapePointer(name)}` : instancePath;
}

/** Escapes a member's name for a JSON Pointer. */
export const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

const article = (type: string): string => (type === 'null' ? type : `${/^[aeio]/.test(type) ? 'an' : 'a'} ${type}`);
