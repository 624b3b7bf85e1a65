import { Type, type Static, type TObject, type TProperties } from 'typebox';
import { Identifier } from '../json';

/** An event type: its name, version, what it says, its payload, and an example that validates. */
export interface EventDefinition<Name extends string = string, Payload extends TObject = TObject> {
  type: Name;
  version: number;
  summary: string;
  payload: Payload;
  example: Static<Payload>;
}

/** Puts an event type into the catalogue; the example is held against the payload by the compiler and by a test. */
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

/** Why something failed: a stable type, and words. */
export const Failure = Type.Object({ type: Type.String(), message: Type.String() });
export type Failure = Static<typeof Failure>;

/** How a decision reached the platform. A signal carries whatever name its sender typed, so it is not verified. */
export const Channel = Type.Union([Type.Literal('api'), Type.Literal('signal'), Type.Literal('stream')]);

/** What was decided, by whom, and how it came. */
export const decided = {
  decision_id: Type.String(),
  choice: Type.String(),
  by: Type.String(),
  channel: Channel,
  verified: Type.Boolean(),
  comment: Type.Optional(Type.String()),
};
