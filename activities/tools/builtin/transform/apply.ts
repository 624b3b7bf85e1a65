import { Type, type Static, type TSchema } from 'typebox';
import { JsonObjectValue, JsonValue, type Json, type JsonObject } from '../../../../schemas/json';
import { TransformError } from '../../../../src/transform/errors';
import type { Source } from '../../pure/apart';
import { definePure, type Made, type PureTool, type WorkParts } from '../../pure/define';
import { compiledWhenUsed, type Check } from '../../schema';
import { aggregateErrors, expressionErrors, fileErrors, strict, transformation } from './common';
import { transformFromCsv, transformToCsv } from './csv';
import { transformFilter } from './filter';
import { transformAggregate, transformGroup } from './group';
import { transformJoin } from './join';
import { transformJsonata, transformParseJson } from './jsonata';
import { transformSelect } from './select';
import { transformDistinct, transformSort } from './sort';
import { transformFromXlsx, transformToXlsx } from './xlsx';

/** The tool of an operation, and the argument that is its subject: what the operation before has made. */
interface Operation {
  tool: PureTool;
  subject: 'items' | 'left' | 'input' | 'text';
  /** of its arguments */
  check: Check;
}

const operations = new Map(
  Object.entries<Omit<Operation, 'check'>>({
    filter: { tool: transformFilter, subject: 'items' },
    select: { tool: transformSelect, subject: 'items' },
    map: { tool: transformSelect, subject: 'items' },
    group: { tool: transformGroup, subject: 'items' },
    join: { tool: transformJoin, subject: 'left' },
    sort: { tool: transformSort, subject: 'items' },
    distinct: { tool: transformDistinct, subject: 'items' },
    aggregate: { tool: transformAggregate, subject: 'items' },
    jsonata: { tool: transformJsonata, subject: 'input' },
    parse_json: { tool: transformParseJson, subject: 'text' },
    from_csv: { tool: transformFromCsv, subject: 'text' },
    to_csv: { tool: transformToCsv, subject: 'items' },
    from_xlsx: { tool: transformFromXlsx, subject: 'text' },
    to_xlsx: { tool: transformToXlsx, subject: 'items' },
  }).map(([name, one]): [string, Operation] => [name, { ...one, check: compiledWhenUsed(one.tool.spec.input) }]),
);

const names = [...operations.keys()];

/** Arguments of all operations; each operation holds its own against its tool's schema. */
const anyArgument = Object.fromEntries(
  [...operations.values()].flatMap(({ tool }) =>
    Object.keys((tool.spec.input as { properties: object }).properties).map((name) => [name, Type.Optional(JsonValue)]),
  ),
) as Record<string, TSchema>;

const Name = Type.Optional(Type.String({ description: `one of ${names.join(', ')}` }));

const ApplyInput = Type.Object(
  {
    ...anyArgument,
    operation: Name,
    type: Type.Optional(Type.String({ description: 'another name of operation' })),
    data: Type.Optional({ ...JsonValue, description: 'another name of items' }),
    transformations: Type.Optional(
      Type.Array(JsonObjectValue, {
        minItems: 1,
        maxItems: 50,
        description: 'operations that are applied in turn, each to the result of the one before',
      }),
    ),
  },
  strict,
);
type ApplyInput = Static<typeof ApplyInput> & JsonObject;

/** Applies one operation, or several in turn. */
export const transformApply = definePure({
  ...transformation,
  name: 'transform.apply',
  aliases: ['data_transformation'],
  description: `Applies an operation to a list, or a list of operations in turn: ${names.join(', ')}.`,
  effect: 'idempotent',
  input: ApplyInput,
  output: JsonObjectValue,
  errors: { ...aggregateErrors, ...expressionErrors, ...fileErrors, 'transform.bad_json': 'input' },
  source: (input): Source | undefined => {
    const [first] = stepsOf(input);
    return first && first.operation.tool.source(argumentsOf(first, subjectOf(input)));
  },
  async work(input, parts): Promise<Made<JsonObject>> {
    let current = subjectOf(input);
    let made: Made<JsonObject> = { output: {} };
    for (const [i, step] of stepsOf(input).entries()) {
      if (made.save) throw invalid('/transformations', 'an operation with save_as has to be the last');
      made = await perform(step, argumentsOf(step, current), i === 0 ? parts : { ...parts, file: undefined });
      current = resultOf(made.output);
    }
    return made;
  },
});

/** An operation with its arguments, and where it stands in the input. */
interface Step {
  name: string;
  operation: Operation;
  given: JsonObject;
  pointer: string;
}

function stepsOf({ transformations, data: _data, items: _items, ...alone }: ApplyInput): Step[] {
  if (!transformations) return [stepOf(alone, '')];
  const over = Object.keys(alone).filter((name) => alone[name] !== undefined);
  if (over.length > 0)
    throw invalid('', `${over.join(', ')}: with transformations, arguments belong into each of them`);
  return transformations.map((one, i) => stepOf(one, `/transformations/${i}`));
}

function stepOf({ operation: name, type, ...given }: JsonObject, pointer: string): Step {
  const word = name ?? type;
  const plain = typeof word === 'string' ? word.replace(/^transform\./, '') : '';
  const operation = operations.get(plain);
  if (operation) return { name: plain, operation, given, pointer };
  throw invalid(pointer, `operation is one of ${names.join(', ')}, not ${JSON.stringify(word ?? null)}`);
}

const subjectOf = ({ items, data }: ApplyInput): Json | undefined => items ?? data;

function argumentsOf(
  { operation: { subject }, given: { data, ...given } }: Step,
  current: Json | undefined,
): JsonObject {
  const own = given[subject] ?? data ?? current;
  const elsewhere = subject === 'text' && (given.path !== undefined || given.artifact !== undefined);
  return own === undefined || elsewhere ? given : { ...given, [subject]: own };
}

async function perform({ name, operation, pointer }: Step, input: JsonObject, parts: WorkParts) {
  const problems = operation.check(input, 0);
  if (problems.length === 0) return await operation.tool.work(input, parts);
  const told = problems.slice(0, 3).map((one) => `${one.pointer || 'the arguments'} ${one.message}`);
  throw invalid(pointer, `${name}: ${told.join('; ')}`);
}

/** What the next operation works on. */
const resultOf = ({ items, value, values, text }: JsonObject): Json | undefined => items ?? value ?? values ?? text;

const invalid = (pointer: string, message: string) =>
  new TransformError('bad_operation', pointer === '' ? message : `${pointer}: ${message}`, { pointer });
