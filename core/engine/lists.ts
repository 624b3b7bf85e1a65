import type { Failure } from '../../schemas/catalogue';
import type { Json, JsonObject } from '../../schemas/json';
import { LARGEST_VALUE } from '../../schemas/refs';
import { jsonBytes } from '../identity';
import { MOST_ELEMENTS } from './elements';
import { PART, type Part, type PartFile } from './parts';
import type { StepState, StepTable } from './table';

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

/** What the output of such a step is made of, or that of a part: parts that have been gathered, and elements, in their order. */
export function* piecesOf(
  table: Pick<StepTable, 'get' | 'elementsOf'>,
  step: string,
  part?: number,
): Generator<Part | Pick<StepState, 'output' | 'error'>> {
  const parts = part === undefined ? table.get(step).each?.parts : undefined;
  if (!parts) return void (yield* table.elementsOf(step, part).map(resultOf));
  for (const [at, known] of parts.entries())
    if (known) yield known;
    else yield* table.elementsOf(step, at).map(resultOf);
}

const resultOf = ({ status, output, error }: StepState): Pick<StepState, 'output' | 'error'> => ({
  output: status === 'completed' ? output : undefined,
  error,
});

/**
 * The output of such a step, `{items, count, failed, errors}`: the outputs of its elements in their order, null where one
 * has failed; and its failures, `{index, type, message}`. Failure of each addition: `for_each.too_large`.
 */
export class Gathering {
  private readonly items: Json[] = [];
  private readonly errors: JsonObject[] = [];
  private bytes = 0;
  /** the index of the first element */
  private readonly first: number;

  /** `part`: of a long list, of which it gathers that part alone. */
  constructor(part = 0) {
    this.first = part * PART;
  }

  /** Adds the next element. */
  add(item: Json, error: StepState['error']): { failed: Failure } | undefined {
    const index = this.first + this.items.length;
    if (error) this.errors.push({ index, type: error.type, message: error.message.slice(0, MESSAGE) });
    return this.addItem(item);
  }

  /** Adds the next elements, which have been gathered before. */
  addPart({ items, errors }: PartFile): { failed: Failure } | undefined {
    this.errors.push(...errors);
    for (const item of items) {
      const fault = this.addItem(item);
      if (fault) return fault;
    }
    return undefined;
  }

  /** As a part of a longer list. */
  get file(): PartFile {
    const { items, errors } = this;
    return { items, errors };
  }

  get output(): JsonObject {
    const { items, errors } = this;
    return { items, count: items.length, failed: errors.length, errors };
  }

  private addItem(item: Json): { failed: Failure } | undefined {
    this.bytes += jsonBytes(item);
    if (this.bytes > LARGEST_VALUE)
      return fault(
        'too_large',
        `the outputs of its elements have over ${LARGEST_VALUE} bytes of JSON: give back less for each, or save a file`,
      );
    this.items.push(item);
    return undefined;
  }
}

const fault = (type: string, message: string): { failed: Failure } => ({
  failed: { type: `for_each.${type}`, message },
});
