import { Type, type TSchema } from 'typebox';
import { findIncompatibilities } from '../../../src/contracts/compatibility';
import { toStandalone } from '../../../src/contracts/standalone';

const compare = (published: TSchema, current: TSchema) =>
  findIncompatibilities(toStandalone(published), toStandalone(current));
const inA = (schema: TSchema) => Type.Object({ a: schema });

describe('a published contract is broken', () => {
  it.each<[string, TSchema, TSchema, string]>([
    ['by a removed property', inA(Type.String()), Type.Object({}), '/a was removed'],
    ['by a new type', inA(Type.String()), inA(Type.Number()), '/a is number, and was string'],
    ['by number made integer', inA(Type.Number()), inA(Type.Integer()), '/a is integer, and was number'],
    ['by a newly required property', inA(Type.Optional(Type.String())), inA(Type.String()), '/a is now required'],
    [
      'by a new property that is required',
      inA(Type.String()),
      Type.Object({ a: Type.String(), b: Type.String() }),
      '/b is now required',
    ],
    [
      'by a property that is no longer promised',
      inA(Type.String()),
      inA(Type.Optional(Type.String())),
      '/a is no longer required, and readers count on it',
    ],
    [
      'by a choice with fewer values',
      inA(Type.Union([Type.Literal('x'), Type.Literal('y')])),
      inA(Type.Union([Type.Literal('x'), Type.Literal('z')])),
      '/a no longer accepts "y"',
    ],
    [
      'by null that is refused',
      inA(Type.Union([Type.String(), Type.Null()])),
      inA(Type.String()),
      '/a no longer accepts every null',
    ],
    ['by any value made a string', inA(Type.Unknown()), inA(Type.String()), '/a is string, and was any value'],
    [
      'by a lower maximum',
      inA(Type.String({ maxLength: 9 })),
      inA(Type.String({ maxLength: 5 })),
      '/a has maxLength 5, and had 9',
    ],
    ['by a bound that is new', inA(Type.Number()), inA(Type.Number({ minimum: 0 })), '/a has minimum 0, and had none'],
    [
      'by a format',
      inA(Type.String()),
      inA(Type.String({ format: 'date-time' })),
      '/a has format "date-time", and had none',
    ],
    [
      'by another pattern',
      inA(Type.String({ pattern: 'a' })),
      inA(Type.String({ pattern: 'b' })),
      '/a has pattern "b", and had "a"',
    ],
    [
      'inside of arrays',
      inA(Type.Array(Type.Number())),
      inA(Type.Array(Type.String())),
      '/a/* is string, and was number',
    ],
    [
      'by names that are refused now',
      Type.Object({}),
      Type.Object({}, { additionalProperties: false }),
      'the whole no longer accepts names it does not know',
    ],
    [
      'by a rule that nobody here knows',
      inA(Type.String()),
      inA(Type.String({ if: {} })),
      '/a has if {}, and had none',
    ],
    [
      'inside the one alternative that was meant',
      inA(Type.Union([Type.Literal('x'), inA(Type.String())])),
      inA(Type.Union([Type.Literal('x'), inA(Type.Number())])),
      '/a/a is number, and was string',
    ],
  ])('%s', (_, published, current, sentence) => {
    expect(compare(published, current)).toEqual([sentence]);
  });
});

describe('a published contract is kept', () => {
  it.each<[string, TSchema, TSchema]>([
    ['as it is', inA(Type.String()), inA(Type.String())],
    [
      'with a new optional property',
      inA(Type.String()),
      Type.Object({ a: Type.String(), b: Type.Optional(Type.String()) }),
    ],
    ['with a wider choice', inA(Type.Literal('x')), inA(Type.Union([Type.Literal('x'), Type.Literal('y')]))],
    ['with any string for a choice', inA(Type.Union([Type.Literal('x'), Type.Literal('y')])), inA(Type.String())],
    ['with integer made number', inA(Type.Integer()), inA(Type.Number())],
    ['with null allowed', inA(Type.String()), inA(Type.Union([Type.String(), Type.Null()]))],
    ['with wider bounds', inA(Type.String({ maxLength: 5 })), inA(Type.String({ maxLength: 9 }))],
    ['without a pattern', inA(Type.String({ pattern: 'a' })), inA(Type.String())],
    ['with other words', inA(Type.String({ description: 'a' })), inA(Type.String({ description: 'b', default: 'c' }))],
    [
      'with an order of its own',
      Type.Union([Type.Literal(1), Type.Literal(2)]),
      Type.Union([Type.Literal(2), Type.Literal(1)]),
    ],
    ['with unknown names allowed', Type.Object({}, { additionalProperties: false }), Type.Object({})],
  ])('%s', (_, published, current) => {
    expect(compare(published, current)).toEqual([]);
  });
});
