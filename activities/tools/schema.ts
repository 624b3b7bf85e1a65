import Ajv2020, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { TSchema } from 'typebox';
import type { JsonSchema } from '../../schemas/tool';

/** A schema made with TypeBox, as specifications want it. */
export const jsonSchema = (schema: TSchema): JsonSchema => ({ ...schema });

/** Fault of a value, with its place: a JSON Pointer into it. */
export interface SchemaProblem {
  pointer: string;
  message: string;
}

/** Checks a value; `bytes` of its JSON decide how thoroughly. Empty when it is fine. */
export type Check = (value: unknown, bytes: number) => SchemaProblem[];

/** Problems that are listed; and the largest value of which all are looked for (an error costs more than its value). */
const ALL_PROBLEMS = { most: 20, bytes: 256 * 1024 };

/**
 * Compiles a schema of our own making (patterns run as they are; not for schemas of users).
 * @throws Error where it is no JSON Schema 2020-12, or has a keyword that does not exist
 */
export function compileSchema(schema: JsonSchema): Check {
  const first = compile(schema, false);
  let all: ValidateFunction | undefined;
  return (value, bytes) => {
    if (first(value)) return [];
    if (bytes > ALL_PROBLEMS.bytes) return (first.errors ?? []).map(problem);
    all ??= compile(schema, true);
    all(value);
    return (all.errors ?? []).slice(0, ALL_PROBLEMS.most).map(problem);
  };
}

/** The same, compiled at the first call: for a check that a process may never need, so that its start waits for none. */
export function compiledWhenUsed(schema: JsonSchema): Check {
  let check: Check | undefined;
  return (value, bytes) => (check ??= compileSchema(schema))(value, bytes);
}

/** One instance for a schema: several tools may use schemas with the same `$id`. */
function compile(schema: JsonSchema, allErrors: boolean): ValidateFunction {
  const ajv = new Ajv2020({
    allErrors,
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    validateFormats: true,
  });
  addFormats(ajv);
  return ajv.compile(named(schema, new Set()) as JsonSchema);
}

/** Members that hold data, not schemas. */
const DATA = new Set(['const', 'default', 'enum', 'examples']);

/** A copy in which each `$id` stands once: a named schema that is used twice is written twice, which ajv refuses. */
function named(node: unknown, seen: Set<string>): unknown {
  if (Array.isArray(node)) return node.map((item) => named(item, seen));
  if (typeof node !== 'object' || node === null) return node;
  const { $id: id, ...rest } = node as JsonSchema;
  const copy: JsonSchema = {};
  if (id !== undefined && !(typeof id === 'string' && seen.has(id)))
    copy.$id = typeof id === 'string' ? id : named(id, seen);
  if (typeof id === 'string') seen.add(id);
  for (const [name, member] of Object.entries(rest)) copy[name] = DATA.has(name) ? member : named(member, seen);
  return copy;
}

function problem({ instancePath, message, params }: ErrorObject): SchemaProblem {
  const extra = 'additionalProperty' in params ? ` (${String(params.additionalProperty)})` : '';
  return { pointer: instancePath, message: `${message ?? 'is not valid'}${extra}`.slice(0, 300) };
}
