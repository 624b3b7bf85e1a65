import { processes } from '../../schemas/catalogue';
import type { PlatformEvent } from '../../schemas/envelope';
import type { RunView } from '../../schemas/run';
import type { Logger } from '../../src/logging';
import { RunError } from '../../src/runs/errors';
import type { EventsAnswer, Runs } from '../../src/runs';
import type { LiveReader } from '../../src/streams/reader';

/** Target of events: a connection. */
export interface Sink<E = PlatformEvent> {
  /** Takes events; resolves when there is room for more, with false when the reader has gone. */
  events(events: E[]): Promise<boolean>;
  end(status: string, seq: number): void;
  /** a sign of life */
  beat(): void;
  /** Ends the connection; a reader comes back. */
  close(): void;
  readonly open: boolean;
}

export interface FollowDependencies {
  runs: Pick<Runs, 'readRun' | 'readEvents' | 'closedSince'>;
  reader: Pick<LiveReader, 'subscribe' | 'onState' | 'onGap' | 'state'>;
  log: Logger;
}

/** Milliseconds. */
const times = {
  beat: 15_000,
  /** between two questions to the run while the live reader is down */
  poll: 2_000,
  /** between two searches for runs that closed without an end event, such as terminated ones */
  closed: 30_000,
  /** between two questions to a run for one reader */
  pause: 100,
};

/** Events asked for at once. */
const PAGE = 500;

/**
 * Follows runs for any number of readers. All that they get comes from the run itself or its record: what the stream
 * says, which anybody may write and whose ids anybody may compute, is only a reason to ask the run. Timers belong to
 * the process, not to a reader.
 */
export function createFollower({ runs, reader, log }: FollowDependencies) {
  const followers = new Set<{ workflowId: string; sink: Sink; pull: () => void; close: () => void }>();
  const reading = new Map<string, Promise<EventsAnswer>>();
  const viewing = new Map<string, Promise<RunView>>();
  let lookedForClosed = Date.now();

  /** One question for all readers at the same position. */
  const page = (workflowId: string, after: number): Promise<EventsAnswer> =>
    shared(reading, `${workflowId} ${after}`, () => runs.readEvents(workflowId, after, PAGE));
  const viewOf = (workflowId: string): Promise<RunView> => shared(viewing, workflowId, () => runs.readRun(workflowId));

  /**
   * Sends a run's events after `after` to a reader, until the run ends or the reader goes. Resolves when the first
   * page is read, before anything is sent; `go` starts sending.
   */
  async function follow(workflowId: string, after: number, makeSink: () => Sink) {
    const view = await viewOf(workflowId);
    let early = false;
    let live = (): void => void (early = true);
    // before the past is read, so that no event is missed between the two
    const leave = reader.subscribe(view.subject, () => live());
    let first: EventsAnswer;
    try {
      first = await page(workflowId, after);
      // the last event is out, though the run is still mirroring it
      if (isOver(view)) first = { ...first, ended: true };
    } catch (error) {
      leave();
      throw error;
    }

    return {
      /** The run has ended, and the reader has everything. */
      complete: first.ended && first.last <= after,
      abandon: leave,
      /** Starts sending; returns a function that stops it. */
      go(): () => void {
        const sink = makeSink();
        let position = after;
        let asked = 0;
        let work = Promise.resolve();
        let wanted = false;
        let seen: PlatformEvent | undefined;

        const close = () => {
          leave();
          followers.delete(follower);
        };
        const finish = () => {
          close();
          sink.end(statusOf(seen, view), position);
        };
        /** Sends what is new; true when there is more. */
        const take = async ({ events, last, ended }: EventsAnswer): Promise<boolean> => {
          const due = events.filter(({ seq }) => seq > position);
          seen = due.at(-1) ?? seen;
          position = seen?.seq ?? position;
          if (due.length > 0 && !(await sink.events(due))) return false;
          if (endOf(seen, view) !== undefined || (ended && (position >= last || due.length === 0))) finish();
          return sink.open && followers.has(follower) && position < last && due.length > 0;
        };
        const catchUp = async (page_?: EventsAnswer): Promise<void> => {
          for (let more = true, current = page_; more && sink.open; current = undefined) {
            more = await take(current ?? (await page(workflowId, position)));
          }
        };
        /** Asks the run, at once unless it was asked just before; calls made meanwhile share that question. */
        const pull = () => {
          if (wanted || !sink.open) return;
          wanted = true;
          setTimeout(
            () => {
              wanted = false;
              asked = Date.now();
              enqueue(() => catchUp());
            },
            Math.max(0, asked + times.pause - Date.now()),
          ).unref();
        };
        const enqueue = (job: () => Promise<void>) => {
          work = work.then(job).catch((error: unknown) => {
            if (!(error instanceof RunError))
              log.warn({ err: error, workflow_id: workflowId }, 'cannot read events of the run; trying again');
            if (!sink.open) return close();
            // the run does not answer now: the stream stays silent until it does
            setTimeout(pull, times.poll).unref();
          });
        };

        const follower = { workflowId, sink, pull, close };
        followers.add(follower);
        live = pull;
        enqueue(() => catchUp(first));
        if (early) pull();
        return close;
      },
    };
  }

  function beat(): void {
    for (const { sink, close } of followers) {
      if (sink.open) sink.beat();
      else close();
    }
  }

  const timers = [
    setInterval(beat, times.beat),
    setInterval(() => {
      if (reader.state() === 'down') pullAll();
    }, times.poll),
    setInterval(() => void lookForClosed(), times.closed),
  ];
  const pullAll = () => followers.forEach(({ pull }) => pull());

  /** One question to Temporal's index for all readers: which runs have closed lately? */
  async function lookForClosed(): Promise<void> {
    if (followers.size === 0) return;
    const since = lookedForClosed - times.closed; // the index lags a little
    lookedForClosed = Date.now();
    try {
      const closed = new Set(await runs.closedSince(new Date(since)));
      for (const { workflowId, pull } of followers) if (closed.has(workflowId)) pull();
    } catch {
      lookedForClosed = since; // next time
    }
  }

  const leavers = [
    reader.onGap(pullAll),
    reader.onState((state) => {
      if (state === 'up') pullAll();
    }),
  ];

  return {
    follow,
    count: () => followers.size,
    /** Gives all readers a sign of life, or ends their streams if they may not read on. */
    beat,
    /** Ends all streams; their readers come back with `Last-Event-ID`. */
    stop() {
      timers.forEach((timer) => clearInterval(timer));
      leavers.forEach((leave) => leave());
      for (const { sink, close } of followers) {
        close();
        sink.close();
      }
    },
  };
}

export type Follower = ReturnType<typeof createFollower>;

/** One question for all who ask in the same turn of the event loop; one that is on its way may be too old already. */
function shared<T>(asked: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = asked.get(key);
  if (known) return known;
  const promise = new Promise<T>((resolve) =>
    setImmediate(() => {
      asked.delete(key);
      resolve(ask());
    }),
  );
  asked.set(key, promise);
  return promise;
}

/** The run has said its last event. */
export const isOver = ({ status }: RunView): boolean =>
  ['mirroring', 'completed', 'failed', 'cancelled'].includes(status);

const endOf = (event: PlatformEvent | undefined, { process }: RunView): string | undefined =>
  event && processes.get(process)?.ends[event.event_type];

function statusOf(last: PlatformEvent | undefined, view: RunView): string {
  const end = endOf(last, view);
  if (end === undefined) return view.ended_at === undefined ? 'failed' : view.status;
  const error = last?.payload.error as { type?: string } | undefined;
  return error?.type === 'run.cancelled' ? 'cancelled' : end;
}
