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
  /** what is known of an entry that had been given up before, and came back */
  redrives?: ((letter: DeadLetter) => Promise<Pick<DeadLetter, 'redrives' | 'redriven_by'>>) | undefined;
  counts: Counts;
  log: Logger;
  /** Redis has been told: the entry is in hand no more */
  settled: (ids: string[]) => void;
  /** the group is not there */
  missing: () => void;
}

/** Delay before a command to Redis is tried again, in milliseconds. */
const REDIS_DELAY = { first: 100, most: 2_000 };

/** Ids in one acknowledgement. */
const ACK = 1_000;

/** Tells Redis the end of entries, handled or given up, until it has taken it. */
export function createSettler({ stream, group, groupName, redrives, counts, log, settled, missing }: SettleParts) {
  const acks: string[] = [];
  let acking = false;
  let stopped = false;

  /** Tries until Redis has done it. A group that is gone has nothing to acknowledge. */
  async function untilDone(work: () => Promise<void>): Promise<void> {
    for (let delay = REDIS_DELAY.first; ; delay = Math.min(2 * delay, REDIS_DELAY.most)) {
      try {
        return await work();
      } catch (error) {
        if (isGroupMissing(error)) return missing();
        if (delay === REDIS_DELAY.most) log.warn({ group: groupName, error: String(error) }, 'Redis does not take it');
        if (stopped) return;
        await new Promise((resolve) => setTimeout(resolve, delay));
      }
    }
  }

  async function acknowledge(): Promise<void> {
    while (acks.length > 0) {
      const ids = acks.splice(0, ACK);
      await untilDone(() => group.ack(ids));
      settled(ids);
    }
    acking = false;
    settled([]);
  }

  return {
    /** Acknowledges a handled entry, together with those that end in the same turn of the event loop. */
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
      const letter = deadLetterOf({ stream, group: groupName, id: job.id, fields: job.fields ?? [] }, verdict);
      await untilDone(async () => {
        if (!(await group.bury(job.id, { ...letter, ...(await redrives?.(letter)) }))) return;
        counts.dead += 1;
        log.warn({ group: groupName, entry: job.id, stage, code, message }, 'an entry goes to the dead letters');
      });
      settled([job.id]);
    },
    get acking(): boolean {
      return acking;
    },
    /** What Redis does not take now is not tried again. */
    stop(): void {
      stopped = true;
    },
  };
}
