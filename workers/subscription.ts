import type { EventPayload, EventType } from '../schemas/catalogue';
import type { Envelope } from '../schemas/envelope';
import type { IdempotencyStore } from '../src/documents/idempotency';
import type { RunDependencies, Runs } from '../src/runs';

/** What the subscriptions of processes are made of. */
export interface StartParts extends RunDependencies {
  runs: Runs;
  /** what was begun, kept for a time, for starts that Temporal forgets before their event does */
  idempotency(ttlMs: number): IdempotencyStore;
}

/**
 * An event type by which others start something of a process, and the group that reads it. A start is repeated until it
 * succeeds or is refused for good, so the same event must start the same.
 */
export interface SubscriptionOf<T extends EventType> {
  /** several subscriptions may share one; each entry has one handler in a group */
  group: string;
  type: T;
  /** which events of the type it takes; all, unless given */
  isMine?(payload: EventPayload<T>): boolean;
  start(event: Envelope, payload: EventPayload<T>): Promise<void>;
}

export type Subscription = { [T in EventType]: SubscriptionOf<T> }[EventType];

/** Who has asked, where an event did: its source is what its writer calls himself. */
export const senderOf = ({ source }: Pick<Envelope, 'source'>): string => `stream:${source}`;
