import type { JsonObject } from '../../../../schemas/json';
import { strictSchema } from '../../../../src/gateway/providers/anthropic/strict-schema';

describe('a schema for strict answers', () => {
  it('closes all objects, and says in words what the grammar does not know', () => {
    const schema: JsonObject = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      required: ['name', 'tags'],
      properties: {
        name: { type: 'string', description: 'of the thing', minLength: 1, maxLength: 80 },
        kind: { enum: ['a', 'b'], default: 'a' },
        five: { enum: [5, null] },
        when: { type: 'string', format: 'date-time' },
        odd: { type: ['string', 'null'], format: 'cron' },
        tags: { type: 'array', minItems: 1, maxItems: 3, items: { $ref: '#/$defs/tag' } },
        either: { oneOf: [{ type: 'integer', minimum: 0 }, { type: 'null' }] },
      },
      $defs: { tag: { type: 'object', properties: { text: { type: 'string' } }, additionalProperties: false } },
    };
    expect(strictSchema(schema)).toEqual({
      type: 'object',
      required: ['name', 'tags'],
      properties: {
        name: { type: 'string', description: 'of the thing\n{minLength: 1, maxLength: 80}' },
        kind: { type: 'string', enum: ['a', 'b'] },
        five: { type: ['number', 'null'], enum: [5, null] },
        when: { type: 'string', format: 'date-time' },
        odd: { type: ['string', 'null'], description: '{format: "cron"}' },
        tags: { type: 'array', minItems: 1, items: { $ref: '#/$defs/tag' }, description: '{maxItems: 3}' },
        either: { anyOf: [{ type: 'integer', description: '{minimum: 0}' }, { type: 'null' }] },
      },
      additionalProperties: false,
      $defs: { tag: { type: 'object', properties: { text: { type: 'string' } }, additionalProperties: false } },
    });
  });

  it.each([
    [
      { type: 'object', properties: { map: { type: 'object', additionalProperties: { type: 'string' } } } },
      '/properties/map/additionalProperties',
    ],
    [{ type: 'object', properties: {}, additionalProperties: true }, '/additionalProperties'],
    [{ type: 'object', properties: { any: { type: 'object' } } }, '/properties/any'],
    [{ type: 'array', items: {} }, '/items'],
    [{ type: 'object', properties: { any: true } }, '/properties/any'],
  ])('refuses a place where anything may stand: %j', (schema, place) => {
    expect(() => strictSchema(schema)).toThrow(` at ${place};`);
  });
});
