import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../schemas/json';
import type { ChatChunk, ChatRequest } from '../../../schemas/llm';
import { embed } from '../../../src/gateway/mock/embedding';
import { minimalValue, NoValue } from '../../../src/gateway/mock/minimal';
import { createMock } from '../../../src/gateway/mock/provider';
import { rules } from '../../../src/gateway/mock/rules';

const signal = new AbortController().signal;
const mock = createMock();
const ask = (content: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'mock-rules',
  messages: [
    { role: 'system', content: 'You are a model.' },
    { role: 'user', content },
  ],
  ...more,
});
const format = (schema: object): Partial<ChatRequest> => ({
  response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: schema as JsonObject } },
});
const said = async (request: ChatRequest, task?: string) =>
  (await mock.chat(request, { task, signal })).choices[0]?.message.content;

function isValid(schema: object, value: unknown): boolean {
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  return ajv.validate(schema, value);
}

describe('the mock', () => {
  it('says that it is rules, and answers the same for ever', async () => {
    const first = await mock.chat(ask('hello there'), { task: undefined, signal });
    expect(first).toMatchObject({
      model: 'mock-rules',
      system_fingerprint: 'awe-mock',
      usage: { estimated: true },
      choices: [{ finish_reason: 'stop' }],
    });
    expect(await mock.chat(ask('hello there'), { task: undefined, signal })).toEqual(first);
    expect(first.choices[0]?.message.content).toMatch(/^\[mock: no rule for this task.*\] hello there$/);
  });

  it('follows the rule of the task', async () => {
    expect(rules).toHaveProperty('echo');
    expect(await said(ask('a  b'), 'echo')).toBe('a  b');
    expect(await said(ask('{"a":1}', { response_format: { type: 'json_object' } }), 'echo')).toBe('{"a":1}');
    expect(await said(ask('x'), 'toString')).toContain('no rule');
  });

  it('does not answer with what the asked schema refuses, whatever a rule says', async () => {
    const wrong = createMock({ sums: () => ({ total: 'many' }) });
    const schema = { type: 'object', properties: { total: { type: 'integer' } }, required: ['total'] };
    await expect(wrong.chat(ask('x', format(schema)), { task: 'sums', signal })).rejects.toMatchObject({
      code: 'unavailable',
      more: { reason: 'mock_rule' },
    });
  });

  it('makes up a small value for a schema without a rule', async () => {
    const schema = {
      type: 'object',
      additionalProperties: false,
      properties: {
        title: { type: 'string', minLength: 2 },
        at: { type: 'string', format: 'date-time' },
        kind: { enum: ['a', 'b'] },
        share: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
        rows: { type: 'array', minItems: 2, items: { $ref: '#/$defs/row' } },
        maybe: { anyOf: [{ type: 'null' }, { type: 'string' }] },
      },
      required: ['title', 'at', 'kind', 'share', 'rows', 'maybe'],
      $defs: {
        row: {
          allOf: [
            { type: 'object', properties: { id: { type: 'integer', minimum: 5, multipleOf: 3 } }, required: ['id'] },
            { properties: { next: { anyOf: [{ $ref: '#/$defs/row' }, { type: 'null' }] } } },
          ],
        },
      },
    };
    const value = JSON.parse((await said(ask('x', format(schema)))) ?? '') as Json;
    expect(isValid(schema, value)).toBe(true);
    expect(value).toMatchObject({ kind: 'a', rows: [{ id: 6 }, { id: 6 }], maybe: null });
  });

  it('says so where it cannot make up a value, or the schema is none', async () => {
    const pattern = { type: 'string', pattern: '^[A-Z]{2}\\d{4}$' };
    await expect(said(ask('x', format(pattern)))).rejects.toMatchObject({ code: 'bad_request' });
    const loop = {
      $ref: '#/$defs/a',
      $defs: { a: { type: 'object', properties: { a: { $ref: '#/$defs/a' } }, required: ['a'] } },
    };
    await expect(said(ask('x', format(loop)))).rejects.toMatchObject({ more: { reason: 'mock_schema' } });
    await expect(said(ask('x', format({ type: 'nothing' })))).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('makes up only values that are valid, or says that it has none', () => {
    const leaf = fc.oneof(
      fc.constant<JsonObject>({ type: 'boolean' }),
      fc.constant<JsonObject>({ type: 'null' }),
      fc.record({
        type: fc.constant('integer'),
        minimum: fc.integer({ min: -50, max: 50 }),
        multipleOf: fc.integer({ min: 1, max: 9 }),
      }),
      fc.record({
        type: fc.constant('number'),
        exclusiveMinimum: fc.integer({ min: -5, max: 5 }),
        maximum: fc.integer({ min: 6, max: 9 }),
      }),
      fc.record({ type: fc.constant('string'), minLength: fc.nat(12) }),
      fc.record({ enum: fc.array(fc.jsonValue() as fc.Arbitrary<Json>, { minLength: 1, maxLength: 3 }) }),
    ) as fc.Arbitrary<JsonObject>;
    const { schema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.record({
          type: fc.constant('array'),
          items: tie('schema'),
          minItems: fc.nat(3),
        }) as fc.Arbitrary<JsonObject>,
        fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }) as fc.Arbitrary<JsonObject>,
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema')).map((properties): JsonObject => ({
          type: 'object',
          properties,
          required: Object.keys(properties),
          additionalProperties: false,
        })),
      ),
    }));
    fc.assert(
      fc.property(schema, (one) => {
        try {
          expect(isValid(one, minimalValue(one))).toBe(true);
        } catch (error) {
          if (!(error instanceof NoValue)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('cuts an answer at its limit, and says so', async () => {
    const answer = await mock.chat(ask('word '.repeat(100), { max_completion_tokens: 5 }), { task: 'echo', signal });
    expect(answer.choices[0]).toMatchObject({ finish_reason: 'length', message: { content: 'word word word word ' } });
    expect(answer.usage).toMatchObject({ completion_tokens: 5 });
  });

  it('streams what it says in one piece otherwise', async () => {
    const chunks: ChatChunk[] = [];
    const stream = mock.stream(ask('one two  three\n'), { task: 'echo', signal });
    let next = await stream.next();
    for (; !next.done; next = await stream.next()) chunks.push(next.value);
    const text = chunks.map(({ choices }) => (choices[0]?.delta as { content?: string } | undefined)?.content ?? '');
    expect(text.join('')).toBe('one two  three\n');
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop');
    expect(next.value).toMatchObject({ estimated: true });
  });

  it('calls a tool where it has to, with the smallest arguments', async () => {
    const parameters = { type: 'object', properties: { city: { enum: ['Rome'] } }, required: ['city'] };
    const tools = [{ type: 'function', function: { name: 'weather', parameters } }];
    const answer = await mock.chat(ask('x', { tools, tool_choice: 'required' }), { task: undefined, signal });
    expect(answer.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { tool_calls: [{ type: 'function', function: { name: 'weather', arguments: '{"city":"Rome"}' } }] },
    });
    expect((await mock.chat(ask('x', { tools }), { task: undefined, signal })).choices[0]?.finish_reason).toBe('stop');
  });
});

describe('mock embeddings', () => {
  const near = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

  it('have length 1, are the same for ever, and near for texts that share words', () => {
    const bills = embed('The customer asks for a copy of the invoice');
    expect(Math.hypot(...bills)).toBeCloseTo(1, 10);
    expect(embed('The customer asks for a copy of the invoice')).toEqual(bills);
    expect(near(bills, embed('A customer wants an invoice copy'))).toBeGreaterThan(
      near(bills, embed('Reset my password please')) + 0.1,
    );
    expect(Math.hypot(...embed('…'))).toBeCloseTo(1, 10);
  });

  it('come as numbers or as base64, in the size that was asked for', async () => {
    const list = await mock.embed(
      { model: 'mock-rules', input: ['a b', 'c'], dimensions: 8 },
      { task: undefined, signal },
    );
    expect(list.data.map(({ embedding }) => (embedding as number[]).length)).toEqual([8, 8]);
    const packed = await mock.embed(
      { model: 'm', input: 'a b', dimensions: 8, encoding_format: 'base64' },
      { task: undefined, signal },
    );
    const bytes = Buffer.from(packed.data[0]?.embedding as string, 'base64');
    expect(bytes.readFloatLE(0)).toBeCloseTo((list.data[0]?.embedding as number[])[0] as number, 6);
  });
});
