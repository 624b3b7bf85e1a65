import { Type, type Static } from 'typebox';
import type { JsonObject } from '../../../../schemas/json';
import { Select } from '../../../../src/transform/schema';
import { TransformError } from '../../../../src/transform/errors';
import { select } from '../../../../src/transform/select';
import { definePure, type WorkParts } from '../../pure/define';
import { expressionErrors, expressionTime, listErrors, ListOutput, strict, Timeout, transformation } from './common';

const SelectInput = Type.Object({ ...Select.properties, timeout: Timeout('30s') }, strict);
type SelectInput = Static<typeof SelectInput>;

const USUAL_TIME = 30_000;

/** Keeps, drops, renames and computes the fields of each item. */
export const transformSelect = definePure({
  ...transformation,
  name: 'transform.select',
  description: 'Keeps, drops, renames and computes (JSONata) fields of each item of a list.',
  input: SelectInput,
  output: ListOutput,
  errors: { ...listErrors, ...expressionErrors },
  async work(input, parts) {
    const { expression } = input;
    const items = expression === undefined ? await withFields(input, parts) : await anew(input, expression, parts);
    return { output: { items, count: items.length } };
  },
});

async function withFields(input: SelectInput, parts: WorkParts): Promise<JsonObject[]> {
  return select(input, input.set ? await evaluateEach(input, input.set, parts) : []);
}

async function anew(input: SelectInput, expression: string, parts: WorkParts): Promise<JsonObject[]> {
  const { items: _items, expression: _expression, timeout: _timeout, ...others } = input;
  if (Object.keys(others).length > 0)
    throw new TransformError(
      'bad_operation',
      `expression makes the whole item: without ${Object.keys(others).join(', ')}`,
    );
  const rows = await evaluateEach(input, { item: expression }, parts);
  return rows.map(({ item }, i) => {
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) return item;
    const told = (JSON.stringify(item) ?? 'nothing').slice(0, 60);
    throw new TransformError('bad_expression', `the expression makes ${told} of item ${i + 1}, and no object`, {
      item: i,
    });
  });
}

async function evaluateEach(
  { items, timeout }: SelectInput,
  expressions: { [name: string]: string },
  { children, signal }: WorkParts,
): Promise<JsonObject[]> {
  if (items.length === 0) return [];
  const time = expressionTime(timeout, USUAL_TIME);
  return await children.evaluate({ expressions, input: items, each: true, time }, signal);
}
