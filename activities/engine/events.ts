import { ApplicationFailure, cancellationSignal, log } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { PlatformEvent } from '../../schemas/envelope';
import type { Ref } from '../../schemas/refs';
import { DocumentError } from '../../src/documents/errors';
import type { RecordStore } from '../../src/documents/records';
import { RedisUnavailable } from '../../src/redis/errors';
import type { Mirror, MirrorBatch } from '../../src/streams/mirror';
import { withStore } from './values';

/** Events of one call of the script, bounded because Redis does nothing else meanwhile. */
const BATCH = 200;

/** A Redis that refuses has to be mended by a person, so the next try may wait. */
const REFUSED_DELAY = '30s';

export interface EventActivityParts {
  mirror: Mirror;
  /** called when a run's first event is out; must not throw */
  onStart?: (first: PlatformEvent) => void;
  /** events that a run has put into the document store, as a JSON array */
  readEvents: (ref: Ref) => Promise<PlatformEvent[]>;
  records: Pick<RecordStore, 'readRecord'>;
}

/** Events of a run, as the execution that has appended them sends them. */
export interface SentBatch extends Pick<MirrorBatch, 'run' | 'events'> {
  execution?: string;
}

/** Where a batch has gone: a replay learns from it under the ids of which execution its events are in the stream. */
export interface Landed {
  gap?: Gap;
  execution?: string;
}

/** Events that lie in an archive; those up to `after` are in the stream already. */
export interface MirrorArchive {
  run: string;
  ref: Ref;
  after: number;
  execution?: string;
}

/** The events of an ended run after a `seq`, which are not in the stream yet. */
export interface MirrorRecord {
  workflow_id: string;
  after: number;
}

/** The stream lacks what came after this number: it was lost after Redis had taken it. Begin there. */
export interface Gap {
  after: number;
}

/**
 * Activities that put a run's events into the stream. All may be repeated at will. Where the stream lacks events before
 * those given, it takes nothing and the answer holds a `gap`.
 */
export function createEventActivities({ mirror, onStart, readEvents, records }: EventActivityParts) {
  const publish = async (batch: MirrorBatch, refuseGap = true): Promise<{ gap?: Gap }> => {
    try {
      const { refused, gap } = await mirror.publish({ ...batch, refuseGap }, cancellationSignal());
      return refused && gap ? { gap: { after: gap.after } } : {};
    } catch (error) {
      throw failure(error);
    }
  };

  /** Publishes a batch of a run under way, and reports the run's start; events that are sent again do not report it. */
  const publishNew = async ({ execution, ...batch }: SentBatch): Promise<Landed> => {
    const answer = await publish(batch);
    const [first] = batch.events;
    if (first?.seq === 1 && !answer.gap) onStart?.(first);
    return { ...answer, ...(execution === undefined ? {} : { execution }) };
  };

  return {
    /** Fails fast: an activity that carries events along goes on without them. */
    async publishBatch(batch: SentBatch): Promise<Landed> {
      return await publishNew(batch);
    },

    /** The same on the mirror's queue, retried until Redis takes the batch. */
    async mirrorBatch(batch: SentBatch): Promise<Landed> {
      return await publishNew(batch);
    },

    /** The same for events that are in the document store, a part at a time. */
    async mirrorArchive({ run, ref, after, execution }: MirrorArchive): Promise<Landed> {
      const events = (await readEvents(ref)).filter(({ seq }) => seq > after);
      for (let i = 0; i < events.length; i += BATCH) {
        const { gap } = await publish({ run, events: events.slice(i, i + BATCH) });
        if (gap) return { gap };
      }
      return execution === undefined ? {} : { execution };
    },

    /** The same from the record of a run that has ended, a page at a time: `last` is where the next one goes on. */
    async mirrorRecord({ workflow_id: run, after }: MirrorRecord): Promise<{ last: number; more: boolean }> {
      const left = await withStore(async () => {
        const record = await records.readRecord(run);
        if (!record) throw new DocumentError('not_found', `there is no record of ${run}`);
        return record.events.filter(({ seq }) => seq > after);
      });
      const page = left.slice(0, BATCH);
      const more = left.length > BATCH;
      // a record with a hole (see src/rebuild/ends) cannot be published again from the start
      const { gap } = await publish({ run, events: page, ended: !more }, page[0]?.seq === after + 1);
      if (gap) return { last: gap.after, more: true };
      return { last: page.at(-1)?.seq ?? after, more };
    },
  };
}

export type EventActivities = ReturnType<typeof createEventActivities>;

/** Makes both faults of Redis retryable, since no event is given up; other errors pass unchanged. */
function failure(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof RedisUnavailable)
    return ApplicationFailure.create({
      message: error.message,
      type: 'mirror.unavailable',
      nonRetryable: false,
      // the gate and the mirror log once that Redis is away, so batches and tries do not
      category: ApplicationFailureCategory.BENIGN,
    });
  if (error.name !== 'RedisRefused') return error;
  log.error('Redis refuses events: they are tried again until somebody mends Redis', { error: error.message });
  return ApplicationFailure.create({
    message: error.message,
    type: 'mirror.refused',
    nonRetryable: false,
    nextRetryDelay: REFUSED_DELAY,
  });
}
