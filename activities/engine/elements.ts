import { MOST_ELEMENTS } from '../../core/engine/elements';
import type { Job, JobEnd } from '../../core/engine/job';
import { PART, type Part, type PartFile } from '../../core/engine/parts';
import type { StepState, StepTable } from '../../core/engine/table';
import { jsonBytes } from '../../core/identity';
import type { Json, JsonObject } from '../../schemas/json';
import type { Documents } from '../../src/documents/content';
import { ToolError } from '../tools/errors';
import { LARGEST_VALUE } from '../tools/exchange';

/** Characters of the message of an element's error, in the output of its step. */
const MESSAGE = 300;

type Values = Pick<Documents, 'fromValue' | 'toValue' | 'putValue'>;

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
 * has failed; and its failures, `{index, type, message}`. Or those of a part of them, as a file: the output of a long list
 * is made of these. @throws ToolError `for_each.too_large`
 */
export async function gathered(
  documents: Values,
  table: Pick<StepTable, 'get' | 'elementsOf'>,
  { step, part }: Pick<Extract<Job, { do: 'gather' }>, 'step' | 'part'>,
): Promise<JobEnd> {
  const results = new Results(documents);
  if (part !== undefined) {
    await results.addElements(table.elementsOf(step.id, part), part * PART);
    const { items, errors } = results;
    return { part, gatheredPart: { ref: await documents.putValue({ items, errors }), failed: errors.length } };
  }
  const { parts } = table.get(step.id).each ?? {};
  if (!parts) await results.addElements(table.elementsOf(step.id));
  for (const [at, known] of parts?.entries() ?? [])
    if (known) await results.addPart(known);
    else await results.addElements(table.elementsOf(step.id, at), at * PART);
  const { items, errors } = results;
  const output: JsonObject = { items, count: items.length, failed: errors.length, errors };
  return { gathered: await documents.toValue<Json>(output) };
}

/** Outputs and failures of elements, in their order. */
class Results implements PartFile {
  readonly items: Json[] = [];
  readonly errors: JsonObject[] = [];
  private bytes = 0;

  constructor(private readonly documents: Values) {}

  /** `first`: the index of the first of them. */
  async addElements(elements: readonly StepState[], first = 0): Promise<void> {
    for (const [at, { status, output, error }] of elements.entries()) {
      this.add(status === 'completed' && output ? await this.documents.fromValue(output) : null);
      const index = first + at;
      if (error) this.errors.push({ index, type: error.type, message: error.message.slice(0, MESSAGE) });
    }
  }

  async addPart({ ref }: Part): Promise<void> {
    const { items, errors } = await this.documents.fromValue({ ref });
    for (const item of items) this.add(item);
    this.errors.push(...errors);
  }

  private add(item: Json): void {
    this.bytes += jsonBytes(item);
    if (this.bytes > LARGEST_VALUE)
      throw fault(
        'too_large',
        `the outputs of its elements have over ${LARGEST_VALUE} bytes of JSON: give back less for each, or save a file`,
      );
    this.items.push(item);
  }
}

const fault = (type: string, message: string): ToolError =>
  new ToolError({ class: 'input', type: `for_each.${type}`, message });
