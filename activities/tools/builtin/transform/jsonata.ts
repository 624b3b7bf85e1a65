import { Type } from 'typebox';
import { JsonValue, type Json } from '../../../../schemas/json';
import { TransformError } from '../../../../src/transform/errors';
import { EXPRESSION_TIME, Expression } from '../../../../src/transform/schema';
import { definePure } from '../../pure/define';
import { expressionErrors, expressionTime, strict, Timeout, transformation } from './common';

const Value = Type.Object({ value: JsonValue }, strict);

/** Evaluates a JSONata expression, in a process of its own. */
export const transformJsonata = definePure({
  ...transformation,
  name: 'transform.jsonata',
  description: 'Evaluates a JSONata expression on any JSON: queries, maps, sums, text and date functions.',
  input: Type.Object({ input: JsonValue, expression: Expression, timeout: Timeout('5s') }, strict),
  output: Value,
  errors: expressionErrors,
  local: false,
  async work({ input, expression, timeout }, { children, signal }) {
    const time = expressionTime(timeout, EXPRESSION_TIME.usual);
    const [row] = await children.evaluate({ expressions: { value: expression }, input, each: false, time }, signal);
    return { output: { value: row?.value ?? null } };
  },
});

/** Reads a JSON text. */
export const transformParseJson = definePure({
  ...transformation,
  name: 'transform.parse_json',
  description: 'Reads a JSON text as a value.',
  input: Type.Object({ text: Type.String() }, strict),
  output: Value,
  errors: { 'transform.bad_json': 'input' },
  work: ({ text }) => ({ output: { value: parse(text) } }),
});

function parse(text: string): Json {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
  } catch (error) {
    throw new TransformError('bad_json', `the text is no JSON: ${(error as Error).message}`);
  }
}
