import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { TSchema, Static } from 'typebox';
import { plainErrors, type ContractError } from './errors';
import { checkDepth } from './limits';
import { standalone } from './standalone';

/** A value that keeps its schema, or what is wrong with it. */
export type Checked<T> = { ok: true; value: T } | { ok: false; errors: ContractError[] };

/**
 * One ajv for the platform's own schemas: draft 2020-12, formats checked, everything unknown in a schema refused
 * (`strict`), no `$data`. All errors are wanted: bodies and events are capped in size before they get here.
 */
const ajv = new Ajv2020({ strict: true, allErrors: true, verbose: true, $data: false, logger: false });
addFormats(ajv);

const compiled = new WeakMap<TSchema, (value: unknown) => Checked<unknown>>();

/**
 * The check of a schema of ours, compiled when it is first used. Errors carry JSON Pointers and plain words. The value
 * is not changed. Only for schemas from this repository: compiling makes code.
 */
export function validatorFor<S extends TSchema>(schema: S): (value: unknown) => Checked<Static<S>> {
  const check = (value: unknown): Checked<unknown> => {
    const ready = compiled.get(schema) ?? compile(schema);
    compiled.set(schema, ready);
    return ready(value);
  };
  return check as (value: unknown) => Checked<Static<S>>;
}

function compile(schema: TSchema): (value: unknown) => Checked<unknown> {
  const validate = ajv.compile(standalone(schema));
  return (value) => {
    const tooDeep = checkDepth(value);
    if (tooDeep) return { ok: false, errors: [tooDeep] };
    return validate(value) ? { ok: true, value } : { ok: false, errors: plainErrors(validate.errors ?? []) };
  };
}
