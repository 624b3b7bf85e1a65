import type { EventPayload } from '../../schemas/catalogue';
import type { PlatformEvent } from '../../schemas/envelope';
import { deadLettered } from '../../schemas/job/events';
import { validatorFor } from '../contracts/ajv';
import type { DeadLetter } from './dead-letter';

/** A task that has failed for good, as its job tells. */
export type DeadTaskPayload = EventPayload<'TASK.DEAD_LETTERED'>;

/**
 * What an event changes among the dead letters of tasks: the JSON of a new one, `-` where its run has none any more, for
 * it goes on, or nothing. So these letters are a view of the events, and are rebuilt with them.
 */
export function deadTaskChange(event: PlatformEvent, raw: string, stream: string): string {
  switch (event.event_type) {
    case 'TASK.DEAD_LETTERED':
      return JSON.stringify(letterOf(event, raw, stream));
    case 'JOB.CHANGE_REQUESTED':
      return '-';
    default:
      return '';
  }
}

function letterOf(
  { event_id, event_type, occurred_at, payload }: PlatformEvent,
  raw: string,
  stream: string,
): DeadLetter {
  const { error, rounds } = payload as DeadTaskPayload;
  return {
    ...{ raw, encoding: 'utf8', event_id, event_type, stream, entry_id: null, group: null, stage: 'task' },
    error: { class: error.type, message: error.message },
    errors: [],
    deliveries: rounds,
    ...{ first_at: occurred_at, last_at: occurred_at, redrives: 0, redriven_by: null },
  };
}

const check = validatorFor(deadLettered.payload);

/** The task that a letter of the stage `task` is about; undefined for any other, and for what somebody else has written. */
export function deadTaskOf({ stage, raw, encoding }: Pick<DeadLetter, 'stage' | 'raw' | 'encoding'>) {
  if (stage !== 'task' || encoding !== 'utf8') return undefined;
  try {
    const checked = check((JSON.parse(raw) as { payload?: unknown } | null)?.payload);
    return checked.ok ? checked.value : undefined;
  } catch {
    return undefined;
  }
}
