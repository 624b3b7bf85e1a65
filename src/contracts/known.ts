import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { JsonSchema } from '../../schemas/tool';
import { plainErrors, type ContractError } from './errors';
import { toStandalone } from './standalone';

/** A place of a value that is not known yet. `text`: it will be a text, whatever it says. */
export interface UnknownPlace {
  pointer: string;
  text: boolean;
}

const ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, $data: false, logger: false });
addFormats(ajv);

const compiled = new WeakMap<JsonSchema, ValidateFunction>();

/**
 * Faults of a value of which some places are not known: those that remain whatever stands there. For the schemas of
 * tools, of our own making.
 */
export function faultsOfKnown(schema: JsonSchema, value: unknown, unknown: readonly UnknownPlace[]): ContractError[] {
  const validate = compiled.get(schema) ?? ajv.compile(toStandalone(schema));
  compiled.set(schema, validate);
  if (validate(value)) return [];
  const errors = validate.errors ?? [];
  return plainErrors(unknown.length === 0 ? errors : certain(errors, unknown));
}

/** Rules about several values at once, or about a choice between schemas. */
const CHOICES = new Set([
  'anyOf',
  'oneOf',
  'not',
  'if',
  'contains',
  'uniqueItems',
  'dependentSchemas',
  'propertyNames',
]);

/** Errors that no value of the unknown places would mend. The innermost choices are decided first. */
function certain(errors: readonly ErrorObject[], unknown: readonly UnknownPlace[]): ErrorObject[] {
  const kept = new Set(errors.filter((error) => !isOpen(error, unknown)));
  const choices = errors
    .filter(({ keyword }) => CHOICES.has(keyword))
    .sort((a, b) => b.schemaPath.length - a.schemaPath.length);
  for (const choice of choices) {
    const undecided = unknown.some(({ pointer }) => isWithin(pointer, choice.instancePath));
    if (!undecided || !mayHold(choice, errors, kept)) continue;
    for (const error of [...kept]) if (error === choice || isPartOf(error, choice)) kept.delete(error);
  }
  return errors.filter((error) => kept.has(error));
}

/** True if the error is about an unknown place itself. */
function isOpen({ instancePath, keyword }: ErrorObject, unknown: readonly UnknownPlace[]): boolean {
  return unknown.some(({ pointer, text }) => pointer === instancePath && !(text && keyword === 'type'));
}

/** True if one alternative of a choice has no error that is certain. */
function mayHold(choice: ErrorObject, errors: readonly ErrorObject[], kept: ReadonlySet<ErrorObject>): boolean {
  if (choice.keyword !== 'anyOf' && choice.keyword !== 'oneOf') return true;
  const alternatives = (choice.schema as unknown[]).map((_, index) => `${choice.schemaPath}/${index}`);
  return alternatives.some((path) => {
    const own = errors.filter(({ schemaPath }) => schemaPath === path || schemaPath.startsWith(`${path}/`));
    return own.every((error) => !kept.has(error));
  });
}

/** True if an error comes from an alternative of a choice; those of shared definitions are known by their place alone. */
const isPartOf = (error: ErrorObject, choice: ErrorObject): boolean =>
  isWithin(error.instancePath, choice.instancePath) &&
  (error.schemaPath.startsWith(`${choice.schemaPath}/`) || /^#\/(\$defs|definitions)\//.test(error.schemaPath));

/** True if a place is the same as another, or within it. */
const isWithin = (pointer: string, around: string): boolean => pointer === around || pointer.startsWith(`${around}/`);
