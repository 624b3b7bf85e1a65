import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { TSchema, Static } from 'typebox';
import { plainErrors, type ContractError } from './errors';
import { checkDepth } from './limits';
import { toStandalone } from './standalone';

/** A value that satisfies its schema, or the errors. */
export type Checked<T> = { ok: true; value: T } | { ok: false; errors: ContractError[] };

/**
 * The one ajv for the platform's own schemas: draft 2020-12, formats checked, everything unknown in a schema refused
 * (`strict`), no `$data`. It collects all errors, because bodies and events are limited in size before they get here.
 */
const ajv = new Ajv2020({ strict: true, allErrors: true, verbose: true, $data: false, logger: false });
addFormats(ajv);
speedUpInstants(ajv);

const compiled = new WeakMap<TSchema, (value: unknown) => Checked<unknown>>();

/**
 * Makes the check of a schema of ours, compiled on first use. Errors carry JSON Pointers and plain words. The value is
 * not changed. Only for schemas from this repository: compiling generates code.
 */
export function validatorFor<S extends TSchema>(schema: S): (value: unknown) => Checked<Static<S>> {
  const check = shallowValidatorFor(schema);
  return (value) => {
    const tooDeep = checkDepth(value);
    return tooDeep ? { ok: false, errors: [tooDeep] } : check(value);
  };
}

/** `validatorFor` for values whose depth is known to be within the limit. */
export function shallowValidatorFor<S extends TSchema>(schema: S): (value: unknown) => Checked<Static<S>> {
  let ready: ((value: unknown) => Checked<unknown>) | undefined;
  const check = (value: unknown): Checked<unknown> => {
    ready ??= compiled.get(schema) ?? compile(schema);
    return ready(value);
  };
  return check as (value: unknown) => Checked<Static<S>>;
}

/** The ajv that takes members away where a schema allows no others. */
const trimming = new Ajv2020({ strict: true, verbose: true, $data: false, logger: false, removeAdditional: true });

/**
 * Makes the check of values from elsewhere: members that the schema does not name are taken away wherever it allows no
 * additional ones. The value itself is changed.
 */
export function trimmerFor<S extends TSchema>(schema: S): (value: unknown) => Checked<Static<S>> {
  const validate = trimming.compile(toStandalone(schema));
  return (value) =>
    validate(value)
      ? { ok: true, value: value as Static<S> }
      : { ok: false, errors: plainErrors(validate.errors ?? []) };
}

function compile(schema: TSchema): (value: unknown) => Checked<unknown> {
  const validate = ajv.compile(toStandalone(schema));
  const check = (value: unknown): Checked<unknown> =>
    validate(value) ? { ok: true, value } : { ok: false, errors: plainErrors(validate.errors ?? []) };
  compiled.set(schema, check);
  return check;
}

/** The usual form of an instant: in UTC, on a day that every month has. */
const PLAIN_INSTANT = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

/** Speeds up the check of instants, which every event has: only unusual ones get the full check, which is slow. */
function speedUpInstants(on: Ajv2020): void {
  const full = on.formats['date-time'];
  if (typeof full !== 'object' || full instanceof RegExp || typeof full.validate !== 'function') return;
  const isInstant = full.validate as (text: string) => boolean;
  on.addFormat('date-time', {
    type: 'string',
    validate: (text: string) => PLAIN_INSTANT.test(text) || isInstant(text),
  });
}
