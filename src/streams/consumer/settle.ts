import type { Logger } from '../../logging';
import type { DeadLetter } from '../dead-letter';
import { deadLetterOf } from './entry';
import { isGroupMissing, type Group } from './group';
import type { Job } from './job';
import type { Reason } from './outcome';
import type { Counts } from './settings';

export interface SettleParts {
  stream: string;
  group: Group;
  groupName: string;
  /** reads the earlier redrives of an entry that was given up before and came back */
  redrives?: ((letter: DeadLetter) => Promise<Pick<DeadLetter, 'redrives' | 'redriven_by'>>) | undefined;
  counts: Counts;
  log: Logger;
  /** called when Redis has taken note: the entries are no longer in hand */
  onSettled: (ids: string[]) => void;
  onGroupMissing: () => void;
}

/** Milliseconds before a command to Redis is tried again. */
const REDIS_DELAY = { first: 100, most: 2_000 };

/** Ids in one acknowledgement. */
const ACK = 1_000;

/** Acknowledges entries to Redis, handled or given up, and keeps trying until Redis has taken it. */
export function createSettler({
  stream,
  group,
  groupName,
  redrives,
  counts,
  log,
  onSettled,
  onGroupMissing,
}: SettleParts) {
  const acks: string[] = [];
  let acking = false;
  let stopped = false;

  /** Tries until Redis has done it. A missing group has nothing to acknowledge. */
  async function untilDone(work: () => Promise<void>): Promise<void> {
    for (let delay = REDIS_DELAY.first; ; delay = Math.min(2 * delay, REDIS_DELAY.most)) {
      try {
        return await work();
      } catch (error) {
        if (isGroupMissing(error)) return onGroupMissing();
        if (delay === REDIS_DELAY.most)
          log.warn({ group: groupName, error: String(error) }, 'Redis does not take the end of an entry; trying again');
        if (stopped) return;
        await new Promise((resolve) => setTimeout(resolve, delay));
      }
    }
  }

  async function acknowledge(): Promise<void> {
    while (acks.length > 0) {
      const ids = acks.splice(0, ACK);
      await untilDone(() => group.ack(ids));
      onSettled(ids);
    }
    acking = false;
    onSettled([]);
  }

  return {
    /** Acknowledges a handled entry, together with others that end in the same turn of the event loop. */
    ack(id: string): void {
      acks.push(id);
      if (acking) return;
      acking = true;
      setImmediate(() => void acknowledge());
    },
    /** Writes an entry to the dead letters and acknowledges it, both or neither. */
    async bury(job: Job, { stage, code, message, errors = [] }: Reason): Promise<void> {
      job.state = 'burying';
      const verdict = { stage, code, message, errors, deliveries: job.attempt, firstAt: job.firstAt };
      const letter = deadLetterOf({ stream, group: groupName, id: job.id, content: job.content ?? [] }, verdict);
      await untilDone(async () => {
        if (!(await group.bury(job.id, { ...letter, ...(await redrives?.(letter)) }))) return;
        counts.dead += 1;
        log.warn(
          { group: groupName, entry: job.id, stage, code, message },
          'gave an entry up: it is in the dead letters (awe dlq list)',
        );
      });
      onSettled([job.id]);
    },
    get acking(): boolean {
      return acking;
    },
    /** Ends retrying: commands that Redis does not take now are dropped. */
    stop(): void {
      stopped = true;
    },
  };
}
