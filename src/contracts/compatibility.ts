import type { JsonSchema } from '../../schemas/tool';
import { escapePointer } from './errors';

/**
 * Lists how the current contract breaks a published one, in plain words with pointers; empty if it does not.
 *
 * Both sides write and read by a contract, in versions that run side by side. So valid values must stay valid
 * (writers by the published contract are still understood), and promised members must still be there (readers
 * by it miss nothing): removing a property, requiring more, no longer requiring something, and narrowing a
 * type, choice, format or bound all break it. New optional properties and widened values do not: readers ignore names
 * and tolerate values that they do not know, which `docs/events.md` asks of them.
 */
export function findIncompatibilities(published: JsonSchema, current: JsonSchema): string[] {
  return compare(published, current, '');
}

type Schema = JsonSchema;

/** Rules that say nothing about validity. */
const NOTES = new Set([
  '$schema',
  '$id',
  '$comment',
  'title',
  'description',
  'examples',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
]);

/** Rules that `compare` understands; of any other (a choice mixed with more rules, say) it only sees a change. */
const KNOWN = new Set(['type', 'const', 'enum', 'properties', 'required', 'additionalProperties', 'items']);

/** Lower bounds must not rise, upper bounds must not fall. */
const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];

/** Rules that may be dropped, but neither added nor changed. */
const EXACT = ['pattern', 'format', 'multipleOf', 'uniqueItems'];

function compare(published: Schema, current: Schema, pointer: string): string[] {
  const before = alternatives(published);
  const after = alternatives(current);
  const single = before.length === 1 && after.length === 1;
  return before.flatMap((alternative) => {
    const verdicts = after.map((other) => compareOne(alternative, other, pointer));
    if (verdicts.some((broken) => broken.length === 0)) return [];
    // A single alternative of the same kind must be the counterpart, so report its differences.
    const like = after.flatMap((other, i) => (single || sameKind(alternative, other) ? [verdicts[i] ?? []] : []));
    return like.length === 1 && like[0] ? like[0] : [`${at(pointer)} no longer accepts ${describe(alternative)}`];
  });
}

/** The alternatives of a schema: the parts of a choice, the values of an enum, the types of a list. */
function alternatives(schema: Schema): Schema[] {
  const { anyOf, enum: values, type, ...rest } = schema as Schema & { anyOf?: Schema[]; enum?: unknown[] };
  const own = Object.keys(rest).some((name) => !NOTES.has(name));
  if (Array.isArray(anyOf) && !own && type === undefined) return anyOf.flatMap(alternatives);
  if (Array.isArray(values)) return values.map((value) => ({ const: value }));
  if (Array.isArray(type)) return type.map((one: unknown) => ({ ...schema, type: one }));
  return [schema];
}

function compareOne(published: Schema, current: Schema, pointer: string): string[] {
  if ('const' in current) {
    const same = 'const' in published && JSON.stringify(published.const) === JSON.stringify(current.const);
    return same
      ? []
      : [`${at(pointer)} accepts only ${JSON.stringify(current.const)}, and accepted ${describe(published)}`];
  }
  const from = typeName(published) ?? ('const' in published ? typeOf(published.const) : undefined);
  const to = typeName(current);
  if (to !== undefined && from !== to && !(from === 'integer' && to === 'number')) {
    return [`${at(pointer)} is ${to}, and was ${from ?? 'any value'}`];
  }
  if ('const' in published) return [];
  return [
    ...compareProperties(published, current, pointer),
    ...compareItems(published, current, pointer),
    ...compareBounds(published, current, pointer),
    ...compareOther(published, current, pointer),
  ];
}

function compareProperties(published: Schema, current: Schema, pointer: string): string[] {
  const [before, after] = [properties(published), properties(current)];
  const [wasRequired, isRequired] = [required(published), required(current)];
  const broken: string[] = [];
  for (const [name, schema] of Object.entries(before)) {
    const place = `${pointer}/${escapePointer(name)}`;
    const now = after[name];
    if (now === undefined) broken.push(`${at(place)} was removed`);
    else broken.push(...compare(schema, now, place));
  }
  for (const name of isRequired) {
    if (!wasRequired.includes(name)) broken.push(`${at(`${pointer}/${escapePointer(name)}`)} is now required`);
  }
  for (const name of wasRequired) {
    const removed = before[name] !== undefined && after[name] === undefined;
    if (!isRequired.includes(name) && !removed) {
      broken.push(`${at(`${pointer}/${escapePointer(name)}`)} is no longer required, and readers count on it`);
    }
  }
  const [open, stillOpen] = [published.additionalProperties ?? true, current.additionalProperties ?? true];
  if (open !== false && stillOpen === false) broken.push(`${at(pointer)} no longer accepts names it does not know`);
  else if (isSchema(stillOpen) && open !== false) {
    broken.push(...compare(isSchema(open) ? open : {}, stillOpen, `${pointer}/*`));
  }
  return broken;
}

function compareItems(published: Schema, current: Schema, pointer: string): string[] {
  if (!isSchema(current.items)) return [];
  return compare(isSchema(published.items) ? published.items : {}, current.items, `${pointer}/*`);
}

function compareBounds(published: Schema, current: Schema, pointer: string): string[] {
  const narrowed = (rule: string, narrower: (before: number, after: number) => boolean): string[] => {
    const [before, after] = [published[rule], current[rule]];
    if (typeof after !== 'number' || (typeof before === 'number' && !narrower(before, after))) return [];
    return [`${at(pointer)} has ${rule} ${after}, and had ${typeof before === 'number' ? before : 'none'}`];
  };
  return [
    ...LOWER.flatMap((rule) => narrowed(rule, (before, after) => after > before)),
    ...UPPER.flatMap((rule) => narrowed(rule, (before, after) => after < before)),
  ];
}

function compareOther(published: Schema, current: Schema, pointer: string): string[] {
  const understood = new Set([...NOTES, ...KNOWN, ...LOWER, ...UPPER]);
  const rules = new Set([...Object.keys(published), ...Object.keys(current)].filter((rule) => !understood.has(rule)));
  return [...rules].flatMap((rule) => {
    const [before, after] = [JSON.stringify(published[rule]), JSON.stringify(current[rule])];
    const dropped = after === undefined && EXACT.includes(rule);
    if (before === after || dropped) return [];
    return [`${at(pointer)} has ${rule} ${after ?? 'no more'}, and had ${before ?? 'none'}`];
  });
}

const properties = (schema: Schema): Record<string, Schema> => (schema.properties ?? {}) as Record<string, Schema>;
const required = (schema: Schema): string[] => (schema.required ?? []) as string[];
const isSchema = (value: unknown): value is Schema =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const at = (pointer: string): string => (pointer === '' ? 'the whole' : pointer);

const sameKind = (a: Schema, b: Schema): boolean => !('const' in a) && !('const' in b) && a.type === b.type;

/** The type of a schema; lists of types were split into alternatives before. */
const typeName = ({ type }: Schema): string | undefined => (typeof type === 'string' ? type : undefined);

function describe(schema: Schema): string {
  const type = typeName(schema);
  if ('const' in schema) return JSON.stringify(schema.const);
  return type === undefined ? 'any value' : `every ${type}`;
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
