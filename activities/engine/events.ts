import { ApplicationFailure, cancellationSignal, log } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { PlatformEvent } from '../../schemas/envelope';
import { processOf } from '../../schemas/processes';
import type { Ref } from '../../schemas/refs';
import { DocumentError } from '../../src/documents/errors';
import type { RecordStore } from '../../src/documents/records';
import { RedisUnavailable } from '../../src/redis/errors';
import type { Mirror, MirrorBatch } from '../../src/streams/mirror';
import { withStore } from './values';

/** Events of one call of the script: Redis does nothing else meanwhile. */
const BATCH = 200;

/** A Redis that refuses has to be mended by a person, so the next try may wait. */
const REFUSED_DELAY = '30s';

export interface EventActivityParts {
  mirror: Mirror;
  /** told of a run whose first event is out, by the name of its process; must not throw */
  onStart?: (process: string) => void;
  /** events that a run has put into the document store, as a JSON array */
  readEvents: (ref: Ref) => Promise<PlatformEvent[]>;
  records: Pick<RecordStore, 'readRecord'>;
}

/** Events that lie in an archive; those up to `after` are in the stream already. */
export interface MirrorArchive {
  run: string;
  ref: Ref;
  after: number;
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
 * What puts a run's events into the stream. All may be repeated at will. Where the stream lacks events that came before
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

  /** The batch of a run under way: what is sent again later was counted then. */
  const publishNew = async (batch: MirrorBatch): Promise<{ gap?: Gap }> => {
    const answer = await publish(batch);
    const [first] = batch.events;
    if (first?.seq === 1 && !answer.gap) onStart?.(processOf(first));
    return answer;
  };

  return {
    /** Fails fast: whoever carries events along goes on without them. */
    async publishBatch(batch: MirrorBatch): Promise<{ gap?: Gap }> {
      return await publishNew(batch);
    },

    /** The same on the mirror's queue, retried until Redis takes the batch. */
    async mirrorBatch(batch: MirrorBatch): Promise<{ gap?: Gap }> {
      return await publishNew(batch);
    },

    /** The same for events that are in the document store, a part at a time. */
    async mirrorArchive({ run, ref, after }: MirrorArchive): Promise<{ gap?: Gap }> {
      const events = (await readEvents(ref)).filter(({ seq }) => seq > after);
      for (let i = 0; i < events.length; i += BATCH) {
        const { gap } = await publish({ run, events: events.slice(i, i + BATCH) });
        if (gap) return { gap };
      }
      return {};
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
      // a record with a hole (see src/rebuild/ends) has nothing to begin again with
      const { gap } = await publish({ run, events: page, ended: !more }, page[0]?.seq === after + 1);
      if (gap) return { last: gap.after, more: true };
      return { last: page.at(-1)?.seq ?? after, more };
    },
  };
}

export type EventActivities = ReturnType<typeof createEventActivities>;

/** Both kinds are tried again, for an event is never given up; what is not of Redis is left as it is. */
function failure(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof RedisUnavailable)
    return ApplicationFailure.create({
      message: error.message,
      type: 'mirror.unavailable',
      nonRetryable: false,
      // the gate and the mirror say once that Redis is away: not again for every batch and every try
      category: ApplicationFailureCategory.BENIGN,
    });
  if (error.name !== 'RedisRefused') return error;
  log.error('Redis refuses events', { error: error.message });
  return ApplicationFailure.create({
    message: error.message,
    type: 'mirror.refused',
    nonRetryable: false,
    nextRetryDelay: REFUSED_DELAY,
  });
}
