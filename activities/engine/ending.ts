import { cancellationSignal, log } from '@temporalio/activity';
import type { PlatformEvent } from '../../schemas/envelope';
import { processOf } from '../../schemas/processes';
import type { Ref, Value } from '../../schemas/refs';
import type { RunRecord } from '../../schemas/run';
import type { Documents } from '../../src/documents/content';
import type { RecordStore } from '../../src/documents/records';
import { joinEvents, type ReadEvents } from '../../src/runs/all-events';
import { publishRun } from '../../src/rebuild/publish';
import type { Mirror } from '../../src/streams/mirror';
import { io } from './values';

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
  mirror: Pick<Mirror, 'publish'>;
  /** events that a run has put into the document store, as a JSON array */
  readEvents: ReadEvents;
  /** told of a run whose first event is out only now, by the name of its process; must not throw */
  onStart?: (process: string) => void;
  /** told of every record that is written; must not throw */
  onEnd?: (record: RecordHead) => void;
}

/** What ends a run. */
export function createEndingActivities({
  documents,
  records,
  mirror,
  readEvents,
  onStart,
  onEnd,
}: EndingActivityParts) {
  return {
    /**
     * Writes the record of a run, then publishes what is not in the stream yet: who sees its last event can rely on the
     * record. The first record of a workflow id stays. `flushed` is the number of the last event that is in the stream;
     * while Redis takes nothing, it is what it was.
     */
    async endRun(end: RunEnd): Promise<{ path: string; bytes: number; flushed: number }> {
      return await io(async () => {
        const { workflow_id: workflowId, record, archives, after } = end;
        const events = await joinEvents({ archives, events: end.events }, readEvents);
        const head = (await documents.fromValue(record)) as unknown as RecordHead;
        const { path, bytes } = await records.writeRecord({ ...head, events });
        onEnd?.(head);
        try {
          await publishRun(mirror, { workflowId, events, after, ended: true }, cancellationSignal());
          if (after === 0 && events[0]) onStart?.(processOf(events[0]));
          return { path, bytes, flushed: head.seq };
        } catch (error) {
          log.warn('the last events wait for Redis', { error: String(error) });
          return { path, bytes, flushed: after };
        }
      });
    },
  };
}

export type EndingActivities = ReturnType<typeof createEndingActivities>;
