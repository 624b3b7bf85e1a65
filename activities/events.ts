import { ApplicationFailure, cancellationSignal, log } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';
import type { PlatformEvent } from '../schemas/envelope';
import type { Ref } from '../schemas/refs';
import { RedisUnavailable } from '../src/redis/errors';
import type { Mirror, MirrorBatch } from '../src/streams/mirror';

/** Events of one call of the script: Redis does nothing else meanwhile. */
const BATCH = 200;

/** A Redis that refuses has to be mended by a person, so the next try may wait. */
const REFUSED_DELAY = '30s';

export interface EventActivityParts {
  publisher: RunPublisher;
  /** events that a run has put into the document store, as a JSON array */
  readEvents: (ref: Ref) => Promise<PlatformEvent[]>;
  /** events of a run's record after a `seq` */
  readRecord: (workflowId: string, after: number, limit: number) => Promise<PlatformEvent[]>;
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

/** Puts events of a run into the stream, as activities need it. */
export interface RunPublisher {
  /** Where the stream lacks events that came before, it takes nothing and the answer is the gap. */
  publish(batch: MirrorBatch): Promise<Gap | undefined>;
  /** The same for what a run says the first time: what is sent again later was counted then. */
  publishNew(batch: MirrorBatch): Promise<Gap | undefined>;
}

/** `onStart` is told of a run whose first event is out, by the name of its process; it must not throw. */
export function createRunPublisher(mirror: Mirror, onStart?: (process: string) => void): RunPublisher {
  const publish = async (batch: MirrorBatch): Promise<Gap | undefined> => {
    try {
      const { refused, gap } = await mirror.publish({ refuseGap: true, ...batch }, cancellationSignal());
      return refused && gap ? { after: gap.after } : undefined;
    } catch (error) {
      throw failure(error);
    }
  };
  return {
    publish,
    async publishNew(batch) {
      const gap = await publish(batch);
      const [first] = batch.events;
      if (first?.seq === 1 && !gap) onStart?.(first.source.replace(/^awe\./, ''));
      return gap;
    },
  };
}

/** What puts a run's events into the stream. All may be repeated at will. */
export function createEventActivities({ publisher, readEvents, readRecord }: EventActivityParts) {
  return {
    /** A local activity with one attempt: fails fast, and gives the events back so that the history holds them. */
    async publishBatch(batch: MirrorBatch): Promise<{ events: PlatformEvent[]; gap?: Gap }> {
      const gap = await publisher.publishNew(batch);
      return gap ? { events: [], gap } : { events: batch.events };
    },

    /** A regular activity on the mirror's queue, retried until Redis takes the batch. */
    async mirrorBatch(batch: MirrorBatch): Promise<{ published: number; gap?: Gap }> {
      const gap = await publisher.publishNew(batch);
      return gap ? { published: 0, gap } : { published: batch.events.length };
    },

    /** The same for events that are in the document store, a part at a time. */
    async mirrorArchive({ run, ref, after }: MirrorArchive): Promise<{ published: number; gap?: Gap }> {
      const events = (await readEvents(ref)).filter(({ seq }) => seq > after);
      for (let i = 0; i < events.length; i += BATCH) {
        const gap = await publisher.publish({ run, events: events.slice(i, i + BATCH) });
        if (gap) return { published: i, gap };
      }
      return { published: events.length };
    },

    /** The same from the record of a run that has ended, a page at a time: `last` is where the next one goes on. */
    async mirrorRecord({ workflow_id: run, after }: MirrorRecord): Promise<{ last: number; more: boolean }> {
      const events = await readRecord(run, after, BATCH + 1);
      const page = events.slice(0, BATCH);
      const more = events.length > BATCH;
      // a record with a hole (see src/rebuild/ends) has nothing to begin again with
      const refuseGap = page[0]?.seq === after + 1;
      const gap = await publisher.publish({ run, events: page, ended: !more, refuseGap });
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
