import type { Static } from 'typebox';
import { approvalEvents } from './approval';
import { clarificationEvents } from './clarification';
import { operationEvents } from './operation';
import { orderEvents } from './order';
import { projectEvents } from './project';
import { runEvents } from './run';
import { taskEvents } from './task';

export type { EventDefinition, Failure } from './define';

/** Every event type that may stand in a stream. */
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
