import type { JsonSchema } from '../../../schemas/tool';
import { fieldOf, elementOf } from './fields';
import { alternativesOf, asSchema, describeKinds, kindOf, kindsOf, valuesOf } from './kinds';

/** Levels of lists and objects that are compared. */
const DEEPEST = 12;

/**
 * Reason why no value of one schema can be a value of another; undefined where some may, or where it is not known.
 * `at` names the part that does not fit, such as `items[]`, in the reason.
 */
export function misfit(given: JsonSchema, wanted: JsonSchema, at = '', depth = 0): string | undefined {
  if (depth > DEEPEST) return undefined;
  const deeper = (one: JsonSchema, other: JsonSchema, where = at) => misfit(one, other, where, depth + 1);
  const offers = alternativesOf(given);
  if (offers) return everyReason(offers.map((offer) => deeper(offer, wanted)));
  const choices = alternativesOf(wanted);
  if (choices) return everyReason(choices.map((choice) => deeper(given, choice)));
  if (Array.isArray(wanted.allOf))
    return wanted.allOf.map((part) => deeper(given, asSchema(part))).find((reason) => reason !== undefined);
  const shared = kindsOf(given).filter((kind) => kindsOf(wanted).includes(kind));
  const of = at === '' ? '' : ` in ${at}`;
  if (shared.length === 0) return `it is ${describeKinds(given)}${of}, and ${describeKinds(wanted)} is wanted`;
  return valuesMisfit(given, wanted, of) ?? partsMisfit(given, wanted, shared, at, deeper);
}

/** The first reason, where there is no alternative without one. */
const everyReason = (reasons: (string | undefined)[]): string | undefined =>
  reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;

function valuesMisfit(given: JsonSchema, wanted: JsonSchema, of: string): string | undefined {
  const offered = valuesOf(given)?.filter(isScalar);
  const allowed = valuesOf(wanted);
  if (!offered || !allowed || offered.length === 0 || offered.some((value) => allowed.includes(value)))
    return undefined;
  return `it is ${list(offered)}${of}, and one of ${list(allowed)} is wanted`;
}

type Deeper = (given: JsonSchema, wanted: JsonSchema, at: string) => string | undefined;

function partsMisfit(
  given: JsonSchema,
  wanted: JsonSchema,
  shared: string[],
  at: string,
  deeper: Deeper,
): string | undefined {
  // a value that may be of another kind as well is not looked into
  if (shared.length > 1 || kindsOf(given).length > 1) return undefined;
  if (shared[0] === 'array') return deeper(elementOf(given), elementOf(wanted), `${at}[]`);
  return shared[0] === 'object' ? objectMisfit(given, wanted, at, deeper) : undefined;
}

function objectMisfit(given: JsonSchema, wanted: JsonSchema, at: string, deeper: Deeper): string | undefined {
  const place = at === '' ? 'it' : at;
  for (const name of namesIn(wanted.required)) {
    const found = fieldOf(given, name);
    if ('missing' in found) return `${place} has no field ${name}, which is wanted${fieldsThere(found.missing)}`;
  }
  const named = asSchema(wanted.properties);
  const surplus = wanted.additionalProperties === false && !wanted.patternProperties ? certainFields(given) : [];
  const extra = surplus.find((name) => !Object.hasOwn(named, name));
  if (extra !== undefined) return `${place} has the field ${extra}, which is not taken`;
  for (const [name, want] of Object.entries(named)) {
    const found = fieldOf(given, name);
    const reason = 'type' in found ? deeper(found.type, asSchema(want), at === '' ? name : `${at}.${name}`) : undefined;
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Fields that every value of a schema has. */
function certainFields(schema: JsonSchema): string[] {
  const [value] = valuesOf(schema) ?? [];
  return kindOf(value) === 'object' ? Object.keys(value as object) : namesIn(schema.required);
}

const namesIn = (member: unknown): string[] => (Array.isArray(member) ? (member as string[]) : []);

/** The fields that there are, for the end of a sentence. */
export const fieldsThere = (names: readonly string[]): string =>
  names.length === 0 ? '' : `; there are ${names.slice(0, 15).join(', ')}${names.length > 15 ? ', …' : ''}`;

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

const list = (values: unknown[]): string =>
  values
    .slice(0, 10)
    .map((value) => JSON.stringify(value))
    .join(', ');
