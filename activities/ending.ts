import { log } from '@temporalio/activity';
import type { PlatformEvent } from '../schemas/envelope';
import type { Ref, Value } from '../schemas/refs';
import type { RunRecord } from '../schemas/run';
import type { Documents } from '../src/documents/content';
import type { RecordStore } from '../src/documents/records';
import type { RunPublisher } from './events';
import { io } from './values';

/** Events of one call of the mirror. */
const BATCH = 200;

/** What of a run's record does not lie in its events. */
export type RecordHead = Omit<RunRecord, 'events'>;

/** A run that has come to its end. */
export interface RunEnd {
  workflow_id: string;
  /** a `RecordHead` */
  record: Value;
  /** its earlier events, as JSON arrays */
  archives: Ref[];
  /** the rest of its events */
  events: PlatformEvent[];
  /** the number of the last event that is known to be in the stream */
  after: number;
}

export interface EndingActivityParts {
  documents: Documents;
  records: RecordStore;
  publisher: RunPublisher;
  /** told of every record that is written; must not throw */
  onEnd?: (record: RecordHead) => void;
}

/** What ends a run. */
export function createEndingActivities({ documents, records, publisher, onEnd }: EndingActivityParts) {
  const eventsOf = async ({ archives, events }: RunEnd): Promise<PlatformEvent[]> => {
    const archived = await Promise.all(archives.map((ref) => documents.getValue(ref)));
    return merge([...(archived as unknown as PlatformEvent[][]), events]);
  };

  /** Everything that is not in the stream yet, and that the run is over; from the first that it lacks, if it lacks some. */
  async function publishRest(run: string, events: PlatformEvent[], after: number): Promise<void> {
    let rest = events.filter(({ seq }) => seq > after);
    while (rest.length > 0) {
      const batch = rest.slice(0, BATCH);
      const gap = await publisher.publishNew({ run, events: batch, ended: batch.length === rest.length });
      rest = gap ? events.filter(({ seq }) => seq > gap.after) : rest.slice(BATCH);
    }
  }

  return {
    /**
     * Writes the record of a run, then publishes what is not in the stream yet: who sees its last event can rely on the
     * record. The first record of a workflow id stays. `flushed` is the number of the last event that is in the stream;
     * while Redis takes nothing, it is what it was.
     */
    async endRun(end: RunEnd): Promise<{ path: string; bytes: number; flushed: number }> {
      return await io(async () => {
        const events = await eventsOf(end);
        const head = ('inline' in end.record
          ? end.record.inline
          : await documents.getValue(end.record.ref)) as unknown as RecordHead;
        const { path, bytes } = await records.writeRecord({ ...head, events });
        onEnd?.(head);
        try {
          await publishRest(end.workflow_id, events, end.after);
          return { path, bytes, flushed: head.seq };
        } catch (error) {
          log.warn('the last events wait for Redis', { error: String(error) });
          return { path, bytes, flushed: end.after };
        }
      });
    },
  };
}

export type EndingActivities = ReturnType<typeof createEndingActivities>;

/** In order, each once: an archive may hold what the run has in memory too. */
function merge(batches: PlatformEvent[][]): PlatformEvent[] {
  const byId = new Map(batches.flat().map((event) => [event.event_id, event]));
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}
