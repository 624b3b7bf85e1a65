import type { FailedRun, Overview } from '../../schemas/overview/api';
import type { Logger } from '../../src/logging';
import { RunError, type Runs } from '../../src/runs';
import type { KeptRuns } from '../../src/runs/asked/kept';
import type { ListedAny } from '../../src/runs/plan/list';
import type { StreamsStateReader } from '../../src/streams/state';
import { countKinds, createInboxItems, type ItemDependencies } from '../inbox/items';
import { languageOf } from '../language';
import type { Call, Handlers } from '../part';
import { summaryOf } from '../runs/views';
import type { HealthReport } from '../service/health';
import type { overviewContracts } from './contract';

export interface OverviewDependencies extends ItemDependencies {
  runs: Pick<Runs, 'listRuns' | 'countUnderWay'>;
  keptRuns: Pick<KeptRuns, 'read'>;
  streams: StreamsStateReader;
  health: Pick<HealthReport, 'states'>;
  log: Logger;
}

/** Milliseconds since when failures are shown; and how many. */
const LATELY = 24 * 3_600_000;
const FAILURES = 10;

export function overviewRoutes(deps: OverviewDependencies): Handlers<typeof overviewContracts> {
  const { runs, keptRuns, streams, health, uiUrl, log } = deps;
  const inbox = createInboxItems(deps);

  async function waiting(call: Call): Promise<Overview['waiting']> {
    const { items, silent } = await inbox.open(call);
    return { total: items.length, by_kind: countKinds(items), silent: silent.length };
  }

  async function failing(): Promise<FailedRun[]> {
    const since = new Date(Math.floor((Date.now() - LATELY) / 60_000) * 60_000).toISOString();
    const ends = ['Failed', 'Terminated', 'TimedOut'].map((end) => `ExecutionStatus = '${end}'`).join(' OR ');
    const narrowed = { query: `CloseTime > '${since}' AND (${ends})`, holds: () => false };
    const listed = await runs.listRuns(undefined, { limit: FAILURES, known: true, narrowed });
    return await Promise.all(listed.runs.map(failureOf));
  }

  /** With its error, as far as the run can still tell it. */
  async function failureOf(listed: ListedAny): Promise<FailedRun> {
    const facts = await keptRuns.read(listed.workflow_id).catch(() => undefined);
    const { workflow_id, subject, process, title, status, ended_at, links } = summaryOf(listed, uiUrl);
    return {
      ...{ workflow_id, subject, process, title: facts?.title ?? title, status },
      ...{ error: facts?.error, ended_at, links },
    };
  }

  async function underWay(): Promise<Overview['under_way']> {
    const by_process = await runs.countUnderWay();
    return { total: Object.values(by_process).reduce((sum, one) => sum + one, 0), by_process };
  }

  async function deadLetters(): Promise<Overview['dead_letters']> {
    const dlq = (await streams.read())?.dlq;
    if (!dlq) return null;
    const ages = [dlq.oldest_seconds, dlq.tasks_oldest_seconds].filter((age) => age !== null);
    const oldest_at = ages.length > 0 ? new Date(Date.now() - Math.max(...ages) * 1_000).toISOString() : undefined;
    return { total: dlq.entries + dlq.tasks, oldest_at };
  }

  /** A part of the answer; null where it cannot be known now. */
  async function known<T>(part: Promise<T>): Promise<T | null> {
    return await part.catch((error: unknown) => {
      if (!(error instanceof RunError)) log.warn({ err: error }, 'a part of the overview cannot be read; it is null');
      return null;
    });
  }

  return {
    async getOverview(call) {
      const [waits, fails, goes, dead, states] = await Promise.all([
        known(waiting(call)),
        known(failing()),
        known(underWay()),
        known(deadLetters()),
        health.states(languageOf(call)),
      ]);
      const body: Overview = {
        ...{ waiting: waits, failing: fails, under_way: goes, dead_letters: dead },
        health: states,
      };
      return { body };
    },
  };
}
