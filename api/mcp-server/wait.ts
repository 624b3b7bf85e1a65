import type { PlatformEvent } from '../../schemas/envelope';
import type { RunView } from '../../schemas/run';
import type { Runs } from '../../src/runs';
import { settled } from '../../src/settled';
import { isOver, type Follower, type Sink } from '../live/follow';
import { assertRoom } from '../live/stream';

/** Reasons why a wait is over: the run has ended, it asks a person, the time is up, or the server stops. */
export type Waited = 'ended' | 'asks' | 'time' | 'stopped';

export interface Waiting {
  /** events with a higher `seq` are told; without it, those that come from now on */
  after?: number;
  milliseconds: number;
  /** a question to a person does not end the wait */
  untilEnd: boolean;
  signal: AbortSignal;
  mayGoOn: () => Promise<boolean>;
  /** Tells of what has happened meanwhile. */
  onEvents: (events: readonly PlatformEvent[]) => void;
}

/** Waits for a run, for a bounded time. */
export function createWaiter({ runs, follower }: { runs: Pick<Runs, 'readRun'>; follower: Follower }) {
  /** A run that has said its last event, once its record is written: only then it has a result. */
  const ended = (workflowId: string): Promise<RunView> => settled(() => runs.readRun(workflowId));

  return async function waitFor(workflowId: string, waiting: Waiting): Promise<{ waited: Waited; run: RunView }> {
    const first = await runs.readRun(workflowId);
    const now = stateOf(first, waiting);
    if (now === 'asks') return { waited: now, run: first };
    if (now === 'ended') return { waited: now, run: await ended(workflowId) };
    assertRoom(follower);

    let leave = (): void => undefined;
    let timer: NodeJS.Timeout | undefined;
    let aborted = (): void => undefined;
    try {
      const waited = await new Promise<Waited>((resolve, reject) => {
        let open = true;
        const finish = (why: Waited) => {
          open = false;
          resolve(why);
        };
        const sink: Sink = {
          async events(events) {
            waiting.onEvents(events);
            // whether the run has ended is for the follower to say: it knows that its last event has been told
            if (stateOf(await runs.readRun(workflowId), waiting) === 'asks') finish('asks');
            return open;
          },
          end: () => finish('ended'),
          beat: () => void waiting.mayGoOn().then((may) => (may ? undefined : finish('stopped'))),
          close: () => finish('stopped'),
          get open() {
            return open;
          },
        };
        timer = setTimeout(() => finish('time'), waiting.milliseconds);
        aborted = () => {
          open = false;
          reject(waiting.signal.reason as Error);
        };
        waiting.signal.addEventListener('abort', aborted, { once: true });
        if (waiting.signal.aborted) return aborted();
        follower
          .follow(workflowId, waiting.after ?? first.seq, () => sink)
          .then((following) => {
            if (open) leave = following.go();
            else following.abandon();
          }, reject);
      });
      if (waited === 'stopped') return { waited, run: first };
      return { waited, run: await (waited === 'ended' ? ended(workflowId) : runs.readRun(workflowId)) };
    } finally {
      leave();
      clearTimeout(timer);
      waiting.signal.removeEventListener('abort', aborted);
    }
  };
}

function stateOf(run: RunView, { untilEnd }: Waiting): 'ended' | 'asks' | undefined {
  if (isOver(run)) return 'ended';
  return !untilEnd && run.approvals.some((asked) => asked.status === 'open') ? 'asks' : undefined;
}
