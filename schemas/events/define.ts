import { Type, type Static, type TObject, type TProperties } from 'typebox';
import { Identifier } from '../json';

/** An event type: its name, version, meaning, payload, and an example that validates. */
export interface EventDefinition<Name extends string = string, Payload extends TObject = TObject> {
  type: Name;
  version: number;
  summary: string;
  payload: Payload;
  example: Static<Payload>;
}

/** Defines an event type; the compiler and a test check the example against the payload. */
export function defineEvent<const Name extends string, Payload extends TObject>(
  definition: EventDefinition<Name, Payload>,
): EventDefinition<Name, Payload> {
  return definition;
}

/** A payload of an audit project's event: `project_id` and the given properties. Unknown names are allowed and kept. */
export function projectPayload<P extends TProperties>(properties: P) {
  return Type.Object({ project_id: Identifier, ...properties });
}

/** A payload of an event about a run of a plan, whatever its process. */
export function runPayload<P extends TProperties>(properties: P) {
  return Type.Object({ run: Type.String({ minLength: 1, maxLength: 200, description: 'workflow id' }), ...properties });
}

/** Cause of a failure: a stable type, and words. */
export const Failure = Type.Object({
  type: Type.String(),
  message: Type.String(),
  outcome: Type.Optional(
    Type.Literal('unknown', { description: 'nobody can tell whether the effect of the step has happened' }),
  ),
});
export type Failure = Static<typeof Failure>;

/** Channel of a decision. A signal carries any name that its sender typed, so it is not verified. */
export const Channel = Type.Union([Type.Literal('api'), Type.Literal('signal'), Type.Literal('stream')]);

/** A decision as taken: the choice, its author, and its channel. */
export const decided = {
  decision_id: Type.String(),
  choice: Type.String(),
  by: Type.String(),
  channel: Channel,
  verified: Type.Boolean(),
  comment: Type.Optional(Type.String()),
};
