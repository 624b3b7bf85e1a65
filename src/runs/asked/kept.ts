import type { Envelope } from '../../../schemas/envelope';
import type { RunView } from '../../../schemas/run';
import { Slots } from '../../documents/slots';
import type { LiveReader } from '../../streams/reader';
import { workflowIdOfEvent } from '../../temporal/ids';
import type { RunReader } from '../read-run';
import { askingRunOf, type AskingRun } from './question';

export interface KeptDependencies {
  runs: Pick<RunReader, 'readRun'>;
  reader: Pick<LiveReader, 'subscribeAll' | 'onGap' | 'state'>;
  namespace: string;
}

/** Runs asked at once. */
const AT_ONCE = 16;

/** Runs whose facts are kept. */
const MOST = 10_000;

/** Milliseconds for which facts are good: while events tell of changes, and while none come. */
const FRESH = { live: 60_000, alone: 2_000 };

interface Kept {
  /** when the run answered; Infinity while it is asked */
  at: number;
  ended: boolean;
  facts: Promise<AskingRun>;
}

/**
 * Facts of runs, each asked once and kept until an event tells that it has moved on. What the stream says is only a
 * reason to ask again; a run that has ended stays as it is.
 */
export function createKeptRuns({ runs, reader, namespace }: KeptDependencies) {
  const known = new Map<string, Kept>();
  const slots = new Slots(AT_ONCE);

  const leavers = [
    reader.subscribeAll((event: Envelope) => known.delete(workflowIdOfEvent(namespace, event) ?? '')),
    reader.onGap(() => known.clear()),
  ];

  function ask(workflowId: string): Promise<AskingRun> {
    const facts = slots.run(async () => await runs.readRun(workflowId));
    const entry: Kept = { at: Infinity, ended: false, facts: facts.then(askingRunOf) };
    known.delete(workflowId);
    known.set(workflowId, entry);
    facts.then(
      (run: RunView) => Object.assign(entry, { at: Date.now(), ended: run.ended_at !== undefined }),
      () => known.get(workflowId) === entry && known.delete(workflowId),
    );
    if (known.size > MOST) known.delete(known.keys().next().value ?? '');
    return entry.facts;
  }

  return {
    /** Throws what reading a run throws. */
    async read(workflowId: string): Promise<AskingRun> {
      const kept = known.get(workflowId);
      const fresh = reader.state() === 'up' ? FRESH.live : FRESH.alone;
      return await (kept && (kept.ended || Date.now() - kept.at < fresh) ? kept.facts : ask(workflowId));
    },
    /** The same, asked now. */
    readAgain: ask,
    stop: () => leavers.forEach((leave) => leave()),
  };
}

export type KeptRuns = ReturnType<typeof createKeptRuns>;
