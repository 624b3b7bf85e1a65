import { cancellationSignal, log } from '@temporalio/activity';
import type { PlatformEvent } from '../../schemas/envelope';
import type { Ref, Value } from '../../schemas/refs';
import type { RunRecord } from '../../schemas/run';
import type { Documents } from '../../src/documents/content';
import type { RecordStore } from '../../src/documents/records';
import { joinEvents, type ReadEvents } from '../../src/runs/all-events';
import { publishRun } from '../../src/rebuild/publish';
import type { Mirror } from '../../src/streams/mirror';
import { withStore } from './values';

/** A run's record without its events. */
export type RecordHead = Omit<RunRecord, 'events'>;

/** A run that has come to its end. */
export interface RunEnd {
  /** a `RecordHead` */
  record: Value;
  /** its earlier events, as JSON arrays */
  archives: Ref[];
  /** the rest of its events */
  events: PlatformEvent[];
  /** the number of the last event that is known to be in the stream */
  after: number;
}

export interface EndingParts {
  records: RecordStore;
  mirror: Pick<Mirror, 'publish'>;
  /** events that a run has put into the document store, as a JSON array */
  readEvents: ReadEvents;
  /** called when a run's first event is out only now; must not throw */
  onStart?: (first: PlatformEvent) => void;
  /** called for every record that is written; must not throw */
  onEnd?: (record: RecordHead) => void;
}

/** The only way to end a run. */
export interface Ending {
  /**
   * Writes the record of a run, then publishes the events that are not in the stream yet: whoever sees the last event
   * can rely on the record. The first record of a workflow id stays; where this very execution has written it, it is what
   * counts (an execution after a reset speaks for itself). `flushed` is the number of the
   * last event that is in the stream; while Redis takes nothing, it is `after`.
   */
  end(
    head: RecordHead,
    events: { archives: Ref[]; events: PlatformEvent[]; after: number },
  ): Promise<{ record: RunRecord; flushed: number }>;
  /** The record of a run, where an attempt before has written it; its events are published once more. */
  find(
    run: Pick<RunRecord, 'workflow_id' | 'run_id'>,
    after: number,
  ): Promise<{ record: RunRecord; flushed: number } | undefined>;
}

export function createEnding({ records, mirror, readEvents, onStart, onEnd }: EndingParts): Ending {
  async function publish(record: RunRecord, after: number): Promise<{ record: RunRecord; flushed: number }> {
    const { workflow_id: workflowId, events, seq } = record;
    try {
      await publishRun(mirror, { workflowId, events, after, ended: true }, cancellationSignal());
      if (after === 0 && events[0]) onStart?.(events[0]);
      return { record, flushed: seq };
    } catch (error) {
      log.warn('last events of the run not published; a child workflow publishes them from its record', {
        error: String(error),
      });
      return { record, flushed: after };
    }
  }

  return {
    async end(head, { archives, events, after }) {
      const record = { ...head, events: await joinEvents({ archives, events }, readEvents) };
      const { outcome } = await records.writeRecord(record);
      if (outcome === 'created') onEnd?.(head);
      const kept = outcome === 'created' ? undefined : await records.readRecord(head.workflow_id);
      return await publish(kept?.run_id === head.run_id ? kept : record, after);
    },

    async find({ workflow_id, run_id }, after) {
      const record = await records.readRecord(workflow_id);
      return record?.run_id === run_id ? await publish(record, after) : undefined;
    },
  };
}

/** Activities that end a run, or take its end back. */
export function createEndingActivities({
  documents,
  ending,
  records,
}: {
  documents: Documents;
  ending: Ending;
  records: Pick<RecordStore, 'removeRecord'>;
}) {
  return {
    /** Takes back the record of an ended run that this one goes on from; all that it holds is in this one's input. */
    async takeBackRecord(run: Pick<RunRecord, 'workflow_id' | 'run_id'>): Promise<void> {
      await withStore(() => records.removeRecord(run));
    },

    /** Ends a run that does not end in a segment. */
    async endRun({ record, ...events }: RunEnd): Promise<{ flushed: number }> {
      return await withStore(async () => {
        const head = await documents.fromValue(record as Value<RecordHead>);
        const { flushed } = await ending.end(head, events);
        return { flushed };
      });
    },
  };
}

export type EndingActivities = ReturnType<typeof createEndingActivities>;
