import { processes } from '../../schemas/catalogue';
import type { Envelope, PlatformEvent } from '../../schemas/envelope';
import { processOf } from '../../schemas/process';
import type { RunView } from '../../schemas/run';
import type { Logger } from '../../src/logging';
import { RunError } from '../../src/runs/errors';
import { eventId } from '../../src/runs/event-id';
import type { EventsAnswer, Runs } from '../../src/runs';
import type { LiveReader } from '../../src/streams/reader';
import { SeqMerge } from './merge';

/** Target of events: a connection. */
export interface Sink {
  /** Takes events; resolves when there is room for more, with false when the reader has gone. */
  events(events: PlatformEvent[]): Promise<boolean>;
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
  pause: 200,
  /** between two questions for the execution that a run is in */
  rename: 10_000,
};

/** Events asked for at once. */
const PAGE = 500;

/**
 * Follows runs for any number of readers: their past from the run itself or its record, their present from the one
 * live reader of the process, merged by `seq`. What the stream says counts only where the event's id proves that the
 * run has said it; anything else is a reason to ask the run. Timers belong to the process, not to a reader.
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
    let view = await viewOf(workflowId);
    const merge = new SeqMerge(after);
    const early: Envelope[] = [];
    let live = (event: Envelope): void => void early.push(event);
    // before the past is read, so that no event is missed between the two
    const leave = reader.subscribe(view.subject, (event) => live(event));
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
        let named = Date.now();
        let work = Promise.resolve();
        let wanted = false;
        let seen: PlatformEvent | undefined;

        const close = () => {
          leave();
          followers.delete(follower);
        };
        const send = async (events: Iterable<PlatformEvent>): Promise<boolean> => {
          const due = merge.offer(events);
          seen = due.at(-1) ?? seen;
          return due.length === 0 || (await sink.events(due));
        };
        const finish = () => {
          close();
          sink.end(statusOf(seen, view), merge.position);
        };
        /** Sends what is there; true when there is more. */
        const take = async ({ events, last, ended }: EventsAnswer): Promise<boolean> => {
          const before = merge.position;
          if (!(await send(events))) return false;
          const stuck = merge.position === before;
          if (endOf(seen, view) !== undefined || (ended && (merge.position >= last || stuck))) finish();
          return sink.open && followers.has(follower) && merge.position < last && !stuck;
        };
        const catchUp = async (page_?: EventsAnswer): Promise<void> => {
          for (let more = true, current = page_; more && sink.open; current = undefined) {
            more = await take(current ?? (await page(workflowId, merge.position)));
          }
        };
        /** Asks the run; calls made meanwhile share that question. */
        const pull = () => {
          if (wanted || !sink.open) return;
          wanted = true;
          setTimeout(() => {
            wanted = false;
            enqueue(() => catchUp());
          }, times.pause).unref();
        };
        /** An event that is not of this execution: the run may have gone on in another, so its id is asked for. */
        const doubt = () => {
          pull();
          if (Date.now() - named < times.rename) return;
          named = Date.now();
          enqueue(async () => {
            view = await viewOf(workflowId);
          });
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
        live = (event) => {
          if ((event.seq ?? 0) <= merge.position) return;
          const own = proven(event, workflowId, view.run_id);
          if (!own) {
            // a project's dispatches have its subject too, and are runs of their own
            if (processOf(event) === view.process) doubt();
            return;
          }
          enqueue(async () => {
            if (!(await send([own]))) return;
            if (endOf(seen, view) !== undefined) finish();
            else if (merge.gap) pull();
          });
        };
        enqueue(() => catchUp(first));
        for (const event of early) live(event);
        return close;
      },
    };
  }

  const timers = [
    setInterval(() => {
      for (const follower of followers) {
        if (follower.sink.open) follower.sink.beat();
        else follower.close();
      }
    }, times.beat),
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

/** The question already under way, or a new one. */
function shared<T>(asked: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const known = asked.get(key);
  if (known) return known;
  const promise = ask().finally(() => asked.delete(key));
  asked.set(key, promise);
  return promise;
}

/** Tells the run's own events from those that anybody may write: their id is derived from the run's. */
function proven(event: Envelope, workflowId: string, runId: string): PlatformEvent | undefined {
  const { seq, subject } = event;
  if (seq === undefined || subject === undefined) return undefined;
  return event.event_id === eventId(workflowId, runId, seq) ? { ...event, seq, subject } : undefined;
}

/** The run has said its last event. */
const isOver = ({ status }: RunView): boolean => ['mirroring', 'completed', 'failed', 'cancelled'].includes(status);

const endOf = (event: PlatformEvent | undefined, { process }: RunView): string | undefined =>
  event && processes.get(process)?.ends[event.event_type];

function statusOf(last: PlatformEvent | undefined, view: RunView): string {
  const end = endOf(last, view);
  if (end === undefined) return view.ended_at === undefined ? 'terminated' : view.status;
  const error = last?.payload.error as { type?: string } | undefined;
  return error?.type === 'run.cancelled' ? 'cancelled' : end;
}
