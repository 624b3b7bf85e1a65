import { Type, type Static } from 'typebox';
import { Instant } from '../../schemas/json';
import { ContractError } from '../contracts/errors';

/** An entry of the dead letter stream: an event that was not handled, with all it takes to explain and repeat it. */
export const DeadLetter = Type.Object({
  raw: Type.String({ description: 'the bytes of the field `event` as they were' }),
  encoding: Type.Union([Type.Literal('utf8'), Type.Literal('base64')], {
    description: 'of `raw`; base64 where the bytes are not UTF-8',
  }),
  event_id: Type.Union([Type.String(), Type.Null()]),
  event_type: Type.Union([Type.String(), Type.Null()]),
  stream: Type.String({ description: 'where the entry is, or was to be' }),
  entry_id: Type.Union([Type.String(), Type.Null()], { description: 'null: it never got into the stream' }),
  group: Type.Union([Type.String(), Type.Null()], { description: 'the consumer group that gave up' }),
  stage: Type.Union([
    Type.Literal('parse'),
    Type.Literal('schema'),
    Type.Literal('handler'),
    Type.Literal('publish'),
    Type.Literal('task'),
  ]),
  error: Type.Object({ class: Type.String(), message: Type.String() }),
  errors: Type.Array(ContractError),
  deliveries: Type.Integer({ minimum: 0 }),
  first_at: Instant,
  last_at: Instant,
  redrives: Type.Integer({ minimum: 0 }),
  redriven_by: Type.Union([Type.String(), Type.Null()]),
});
export type DeadLetter = Static<typeof DeadLetter>;

/** Class of the error where an entry was so large that it was not read: its letter has nothing to put back. */
export const TOO_LARGE = 'entry.too_large';
