import { MOST_ELEMENTS } from '../../core/engine/elements';
import type { JobEnd } from '../../core/engine/job';
import type { StepState } from '../../core/engine/table';
import { jsonBytes } from '../../core/identity';
import type { Json, JsonObject } from '../../schemas/json';
import type { Documents } from '../../src/documents/content';
import { ToolError } from '../tools/errors';
import { LARGEST_VALUE } from '../tools/exchange';

/** Characters of the message of an element's error, in the output of its step. */
const MESSAGE = 300;

type Values = Pick<Documents, 'fromValue' | 'toValue'>;

/**
 * The list of a step that runs for each of its elements, kept as an object by index: a reference can then name one
 * element. @throws ToolError `for_each.no_list`, `for_each.too_many`
 */
export async function listed(documents: Values, list: Json): Promise<JobEnd> {
  if (!Array.isArray(list)) {
    const kind = list === null ? 'null' : typeof list === 'object' ? 'an object' : `a ${typeof list}`;
    throw fault('no_list', `for_each needs a list, and its expression gives ${kind}: name the list, or write [x]`);
  }
  const count = list.length;
  if (count > MOST_ELEMENTS)
    throw fault(
      'too_many',
      `for_each has ${count} elements; the limit is ${MOST_ELEMENTS}: filter the list, or cut it`,
    );
  return { listed: { count, list: await documents.toValue<Json>(Object.fromEntries(list.entries())) } };
}

/**
 * The output of such a step, `{items, count, failed, errors}`: the outputs of its elements in their order, null where one
 * has failed; and its failures, `{index, type, message}`. @throws ToolError `for_each.too_large`
 */
export async function gathered(documents: Values, elements: readonly StepState[]): Promise<JobEnd> {
  const items: Json[] = [];
  const errors: JsonObject[] = [];
  let bytes = 0;
  for (const [index, { status, output, error }] of elements.entries()) {
    const item = status === 'completed' && output ? await documents.fromValue(output) : null;
    bytes += jsonBytes(item);
    if (bytes > LARGEST_VALUE)
      throw fault(
        'too_large',
        `the outputs of its elements have over ${LARGEST_VALUE} bytes of JSON: give back less for each, or save a file`,
      );
    items.push(item);
    if (error) errors.push({ index, type: error.type, message: error.message.slice(0, MESSAGE) });
  }
  const output: JsonObject = { items, count: items.length, failed: errors.length, errors };
  return { gathered: await documents.toValue<Json>(output) };
}

const fault = (type: string, message: string): ToolError =>
  new ToolError({ class: 'input', type: `for_each.${type}`, message });
