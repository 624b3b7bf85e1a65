import type { Static } from 'typebox';
import { approvalEvents } from './events/approval';
import { clarificationEvents } from './audit/events/clarification';
import { operationEvents } from './operations/events';
import { orderEvents } from './order/events';
import { projectEvents } from './audit/events/project';
import { runEvents } from './events/run';
import { taskEvents } from './events/task';

export type { EventDefinition, Failure } from './events/define';

/** Every event type that may be in a stream. */
export const eventCatalogue = [
  ...projectEvents,
  ...clarificationEvents,
  ...runEvents,
  ...taskEvents,
  ...approvalEvents,
  ...operationEvents,
  ...orderEvents,
] as const;

type Definition = (typeof eventCatalogue)[number];

/** The name of an event type. */
export type EventType = Definition['type'];

/** The payload of an event type. */
export type EventPayload<T extends EventType> = Static<Extract<Definition, { type: T }>['payload']>;
