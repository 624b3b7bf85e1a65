import { Type, type Static } from 'typebox';
import { JsonObjectValue, Instant } from './json';

/** Subject of an event. */
export const Subject = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('project'),
      Type.Literal('run'),
      Type.Literal('operation'),
      Type.Literal('order'),
      Type.Literal('job'),
      Type.Literal('execution'),
    ]),
    id: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { additionalProperties: false },
);
export type Subject = Static<typeof Subject>;

/**
 * The envelope of every event in a stream. The first six names and `payload` are what users publish themselves;
 * the platform adds `subject` and `seq` to its own events: `seq` counts from 1 within a workflow, without gaps.
 */
export const Envelope = Type.Object(
  {
    event_id: Type.String({ minLength: 1, maxLength: 200 }),
    event_type: Type.String({ pattern: '^[A-Z][A-Z_]*\\.[A-Z][A-Z_]*$' }),
    schema_version: Type.Integer({ minimum: 1, default: 1 }),
    source: Type.String({ minLength: 1, maxLength: 200 }),
    occurred_at: Instant,
    correlation_id: Type.String({ minLength: 1, maxLength: 200 }),
    causation_id: Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()])),
    subject: Type.Optional(Subject),
    seq: Type.Optional(Type.Integer({ minimum: 1 })),
    payload: JsonObjectValue,
  },
  { $id: 'Envelope', additionalProperties: false },
);
export type Envelope = Static<typeof Envelope>;

/** An event of the platform's own: all parts are present. */
export type PlatformEvent = Envelope & { subject: Subject; seq: number };
