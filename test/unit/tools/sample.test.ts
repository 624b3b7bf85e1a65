import { Type, type TSchema } from 'typebox';
import { sampleOf } from '../../../src/contracts/sample';
import { compileSchema } from '../../../activities/tools/schema';
import type { JsonSchema } from '../../../schemas/tool';
import { eventCatalogue } from '../../../schemas/catalogue';

const schemas: [string, TSchema | JsonSchema][] = [
  ['anything', {}],
  ['a number above 0', { type: 'number', exclusiveMinimum: 0 }],
  ['a number between two', { type: 'number', exclusiveMinimum: 1, exclusiveMaximum: 1.5 }],
  ['a number below 0', { type: 'integer', maximum: -3 }],
  ['a multiple', { type: 'integer', minimum: 5, multipleOf: 4 }],
  ['a multiple above', { type: 'integer', exclusiveMinimum: 8, multipleOf: 4 }],
  ['a long text', { type: 'string', minLength: 20, maxLength: 22 }],
  ['a short text', { type: 'string', maxLength: 2 }],
  ['an instant', { type: 'string', format: 'date-time' }],
  ['a list', { type: 'array', minItems: 2, items: { type: 'boolean' } }],
  ['a tuple', { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer', minimum: 3 }], minItems: 2 }],
  ['one of several', Type.Union([Type.Object({ a: Type.Literal('x') }), Type.Null()])],
  ['all of several', Type.Intersect([Type.Object({ a: Type.Number() }), Type.Object({ b: Type.Literal(true) })])],
  [
    'a schema that names itself',
    {
      $ref: '#/$defs/node',
      $defs: {
        node: {
          type: 'object',
          required: ['n'],
          properties: { n: { type: 'number' }, next: { $ref: '#/$defs/node' } },
        },
      },
    },
  ],
  ['a default', Type.Object({ a: Type.String({ default: '2026', pattern: '^[0-9]+$' }) })],
  ['an example', { type: 'string', pattern: '^P-', examples: ['P-1'] }],
  ['several types', { type: ['string', 'null'] }],
];

it.each(schemas)('a sample of %s fits its schema', (_, schema) => {
  expect(compileSchema(schema as JsonSchema)(sampleOf(schema as JsonSchema), 0)).toEqual([]);
});

it('a schema without an end gives a sample all the same', () => {
  const schema = {
    $ref: '#/$defs/n',
    $defs: { n: { type: 'object', required: ['n'], properties: { n: { $ref: '#/$defs/n' } } } },
  };
  expect(JSON.stringify(sampleOf(schema)).length).toBeLessThan(1000);
});

it('the payloads of most events can be sampled', () => {
  const sampled = eventCatalogue.filter(({ payload }) => {
    const schema = payload as unknown as JsonSchema;
    return compileSchema(schema)(sampleOf(schema), 0).length === 0;
  });
  expect(sampled.length / eventCatalogue.length).toBeGreaterThan(0.9);
});
