import type { LedgerEntry } from '../../../schemas/ledger';
import { createInFlight } from '../../in-flight';
import type { Ledger } from '../../ledger/ledger';
import type { Runs } from '../index';
import type { ListedAny } from '../plan/list';
import type { KeptRuns } from './kept';
import { askingProcesses, type AskingRun, type Question } from './question';

export interface AskedDependencies {
  runs: Pick<Runs, 'listRuns'>;
  kept: Pick<KeptRuns, 'read' | 'readAgain'>;
  ledger: Pick<Ledger, 'read' | 'last'>;
}

/** A run that did not say in time what it asks. */
export interface Silent {
  run: Pick<ListedAny, 'workflow_id' | 'process' | 'subject' | 'title'>;
  /** absent where it was only too slow */
  error?: unknown;
}

export interface AskedNow {
  /** what waits for people, in no order */
  questions: Question[];
  silent: Silent[];
}

export interface DecidedLately {
  questions: Question[];
  /** there may be more than were looked for */
  partial: boolean;
}

/** Runs that wait, of which one list shows no more; and in one question to Temporal's index. */
const MOST = 5_000;
const PAGE = 500;

/** Runs without a ledger, and entries of a ledger, that are looked through for decisions. */
const LOOKED = 300;

/** Milliseconds that a list waits for its runs to answer; those that come later are there for the next. */
const PATIENCE = 8_000;

/** Questions of all runs to people: those that are open, and those that somebody has just decided. */
export function createAsked({ runs, kept, ledger }: AskedDependencies) {
  const shareOpen = createInFlight<AskedNow>();
  const shareDecided = createInFlight<DecidedLately>();

  async function waiting(): Promise<ListedAny[]> {
    const found: ListedAny[] = [];
    for (let cursor: string | undefined; found.length < MOST;) {
      const page = await runs.listRuns(undefined, { limit: PAGE, cursor, status: 'waiting' });
      found.push(...page.runs);
      if (page.next_cursor === undefined) break;
      cursor = page.next_cursor;
    }
    return found;
  }

  /** The index says that it asks: facts from before are no use then. */
  async function readWaiting({ workflow_id }: ListedAny): Promise<AskingRun> {
    const run = await kept.read(workflow_id);
    return run.questions.some(isOpen) ? run : await kept.readAgain(workflow_id);
  }

  async function openNow(): Promise<AskedNow> {
    const listed = await waiting();
    const answers = await inTime(listed, readWaiting);
    const questions = answers.flatMap(({ facts }) => facts?.questions.filter(isOpen) ?? []);
    const silent = answers.flatMap(({ of, facts, error }) => (facts ? [] : [{ run: of, error }]));
    return { questions, silent };
  }

  /** Runs in which something was decided since, as the ledger says. */
  async function inLedger(process: string, since: string): Promise<{ ids: string[]; partial: boolean }> {
    const ids = new Set<string>();
    const last = await ledger.last(process);
    for (let n = last; n > Math.max(0, last - LOOKED); n--) {
      const entry: LedgerEntry | undefined = await ledger.read(process, n);
      if (!entry || entry.recorded_at < since) return { ids: [...ids], partial: false };
      ids.add(entry.workflow_id);
    }
    return { ids: [...ids], partial: last > LOOKED };
  }

  /** Runs of processes without a ledger that may have decisions since: under way, or closed since. */
  async function besides(since: string): Promise<{ ids: string[]; partial: boolean }> {
    const kinds = askingProcesses(false).map((process) => `'${process}'`);
    const lists = [`ExecutionStatus = 'Running'`, `CloseTime > '${since}'`].map((part) => {
      const query = `AweKind IN (${kinds.join(', ')}) AND ${part}`;
      return runs.listRuns(undefined, { limit: LOOKED, known: true, narrowed: { query, holds: () => false } });
    });
    const pages = await Promise.all(lists);
    return {
      ids: pages.flatMap(({ runs: some }) => some.map(({ workflow_id }) => workflow_id)),
      partial: pages.some(({ next_cursor }) => next_cursor !== undefined),
    };
  }

  async function decidedSince(since: string): Promise<DecidedLately> {
    const recorded = askingProcesses(true).map((process) => inLedger(process, since));
    const found = await Promise.all([...recorded, besides(since)]);
    const ids = [...new Set(found.flatMap((part) => part.ids))];
    const answers = await inTime(ids, kept.read);
    const questions = answers
      .flatMap(({ facts }) => facts?.questions ?? [])
      .filter(({ decision }) => decision !== undefined && decision.decided_at >= since);
    return { questions, partial: found.some(({ partial }) => partial) || answers.some(({ facts }) => !facts) };
  }

  return {
    /** What waits for people. Throws what listing runs throws. Those who ask together share the answer. */
    open: (): Promise<AskedNow> => shareOpen('', openNow),

    /** What was decided since an instant (ISO 8601). */
    decided: (since: string): Promise<DecidedLately> => shareDecided(since, () => decidedSince(since)),
  };
}

export type Asked = ReturnType<typeof createAsked>;

const isOpen = ({ status }: Question): boolean => status === 'open';

/** Facts of many runs, each unless it fails or is late. */
async function inTime<T>(
  all: readonly T[],
  read: (one: T) => Promise<AskingRun>,
): Promise<{ of: T; facts?: AskingRun; error?: unknown }[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE);
  });
  const answers = all.map(async (of) => {
    try {
      return { of, facts: await Promise.race([read(of), late]) };
    } catch (error) {
      return { of, error };
    }
  });
  return await Promise.all(answers).finally(() => clearTimeout(timer));
}
