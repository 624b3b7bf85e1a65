import type { Failure } from '../../schemas/catalogue';
import type { Json, JsonObject } from '../../schemas/json';
import { LARGEST_VALUE } from '../../schemas/refs';
import { jsonBytes } from '../identity';
import { MOST_ELEMENTS } from './elements';
import type { StepState } from './table';

/** Characters of the message of an element's error, in the output of its step. */
const MESSAGE = 300;

/**
 * The list of a step that runs for each of its elements, as an object by index: a reference can then name one element.
 * Failures: `for_each.no_list`, `for_each.too_many`.
 */
export function listOf(value: Json): { count: number; list: JsonObject } | { failed: Failure } {
  if (!Array.isArray(value)) {
    const kind = value === null ? 'null' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
    return fault('no_list', `for_each needs a list, and its expression gives ${kind}: name the list, or write [x]`);
  }
  const count = value.length;
  if (count > MOST_ELEMENTS)
    return fault(
      'too_many',
      `for_each has ${count} elements; the limit is ${MOST_ELEMENTS}: filter the list, or cut it`,
    );
  return { count, list: Object.fromEntries(value.entries()) };
}

/**
 * The output of such a step, `{items, count, failed, errors}`: the outputs of its elements in their order, null where one
 * has failed; and its failures, `{index, type, message}`.
 */
export class Gathering {
  private readonly items: Json[] = [];
  private readonly errors: JsonObject[] = [];
  private bytes = 0;

  /** Adds the next element. Failure: `for_each.too_large`. */
  add(item: Json, error: StepState['error']): { failed: Failure } | undefined {
    this.bytes += jsonBytes(item);
    if (this.bytes > LARGEST_VALUE)
      return fault(
        'too_large',
        `the outputs of its elements have over ${LARGEST_VALUE} bytes of JSON: give back less for each, or save a file`,
      );
    if (error)
      this.errors.push({ index: this.items.length, type: error.type, message: error.message.slice(0, MESSAGE) });
    this.items.push(item);
    return undefined;
  }

  get output(): JsonObject {
    const { items, errors } = this;
    return { items, count: items.length, failed: errors.length, errors };
  }
}

const fault = (type: string, message: string): { failed: Failure } => ({
  failed: { type: `for_each.${type}`, message },
});
