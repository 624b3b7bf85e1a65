import { compile } from '../../../core/plan/expressions';
import type { PlanFault } from '../../../core/plan/fault';
import { findNearest } from '../../../core/nearest';
import type { Json } from '../../../schemas/json';
import type { JsonSchema } from '../../../schemas/tool';
import type { ContractError } from '../../contracts/errors';
import { faultsOfKnown } from '../../contracts/known';
import { fieldOf } from './fields';
import { misfit } from './fits';
import { findHoles, type Hole } from './holes';
import { infer, type Names } from './infer';
import { ANY, asSchema, describeKinds, valuesOf } from './kinds';
import { resolved } from './resolved';

/** A fault of the arguments of a tool, with a way to mend it. */
export type ArgumentFault = PlanFault & { hint: string };

/**
 * Faults of a template that is to become the input of a tool: literals against its schema, and expressions by the types
 * of what they read. `at` is the place of the template in the plan.
 */
export function argumentFaults(template: Json, schema: JsonSchema, names: Names, at: string): ArgumentFault[] {
  const holes = findHoles(template);
  const unknown = holes.map(({ pointer, whole }) => ({ pointer, text: !whole }));
  const wanted = resolved(schema);
  return [
    ...faultsOfKnown(schema, template, unknown).map((error) => literalFault(error, wanted, at)),
    ...holes.flatMap((hole) => holeFaults(hole, wanted, names, at)),
  ];
}

/** Faults of expressions by the types of what they read, in a template that may become anything. */
export function expressionFaults(template: Json, names: Names, at: string): ArgumentFault[] {
  return argumentFaults(template, ANY, names, at);
}

function literalFault({ pointer, message, keyword }: ContractError, wanted: JsonSchema, at: string): ArgumentFault {
  const path = pointer.split('/').slice(1).map(unescape);
  const name = path.at(-1) ?? '';
  const around = typeAt(wanted, path.slice(0, -1));
  const fields = Object.keys(asSchema(around?.properties));
  const near = keyword === 'additionalProperties' ? findNearest(name, fields) : undefined;
  const mend = {
    additionalProperties:
      near === undefined ? `its arguments are ${fields.join(', ') || 'none'}` : `did you mean ${near}?`,
  }[keyword];
  const words = name === '' ? `the arguments ${message}` : `${name} ${message}`;
  return {
    pointer: `${at}${pointer}`,
    code: 'plan.argument',
    message: words,
    hint: mend ?? describe(typeAt(wanted, path)),
  };
}

const unescape = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~');

/** A schema in words, for somebody who is to write a value of it. */
function describe(schema: JsonSchema | undefined): string {
  if (!schema) return 'leave it out, or give another value';
  const values = valuesOf(schema);
  const kinds = values ? `one of ${values.map((value) => JSON.stringify(value)).join(', ')}` : describeKinds(schema);
  return typeof schema.description === 'string' ? `it takes ${kinds}: ${schema.description}` : `it takes ${kinds}`;
}

function typeAt(schema: JsonSchema, path: readonly (string | number)[]): JsonSchema | undefined {
  let type = schema;
  for (const key of path) {
    const found = fieldOf(type, typeof key === 'string' && /^\d+$/.test(key) ? numberIn(type, key) : key, {
      open: true,
    });
    if (!('type' in found)) return undefined;
    type = found.type;
  }
  return type;
}

/** Pointers write the places of lists and the names of objects alike. */
const numberIn = (schema: JsonSchema, key: string): string | number =>
  'unreadable' in fieldOf(schema, key, { open: true }) ? Number(key) : key;

function holeFaults({ pointer, path, sources, whole }: Hole, wanted: JsonSchema, names: Names, at: string) {
  // within a text any value becomes text
  const type = whole ? (typeAt(wanted, path) ?? ANY) : ANY;
  return sources.flatMap((source) => sourceFaults(source, type, names, `${at}${pointer}`));
}

/** Faults of an expression that is to give a value of a type. */
export function sourceFaults(source: string, wanted: JsonSchema, names: Names, pointer: string): ArgumentFault[] {
  const { node, problems: broken } = compile(source);
  if (broken.length > 0) return [];
  const { type, problems } = infer(node, names, source);
  if (problems.length > 0)
    return problems.map(({ message, hint }) => ({ pointer, code: 'plan.unknown_field', message, hint }));
  const reason = misfit(type, wanted);
  if (reason === undefined) return [];
  return [{ pointer, code: 'plan.type', message: `\`${source}\` does not fit: ${reason}`, hint: describe(wanted) }];
}
