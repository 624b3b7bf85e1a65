import { Counter, Histogram, type Registry } from 'prom-client';
import { countedApart } from '../../schemas/catalogue';
import type { RunRecord } from '../../schemas/run';
import type { ErrorClass } from '../../schemas/tool';

/** Counts the work of runs. Called by activities, never by workflow code, which is replayed. */
export interface WorkMeter {
  /** the first event of a run is out; `process`: a name of ours */
  runStarted(process: string): void;
  /** a run has ended and its record is written: counts the run, its steps, and its outcome where that is counted */
  runEnded(record: Omit<RunRecord, 'events'>): void;
  /** an attempt of a tool or agent; `uses`: a registered name */
  call(of: { kind: 'tool' | 'agent'; uses: string; outcome: CallOutcome; seconds: number }): void;
  /** the document store failed */
  countDocumentFault(operation: string, code: string): void;
}

/** The end of an attempt: success, an error of a class, or cancelled because nobody wants its result any more. */
export type CallOutcome = 'ok' | ErrorClass | 'cancelled';

const SHORT = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
const LONG = [0.05, 0.25, 1, 5, 15, 60, 300, 1_800, 7_200, 28_800, 86_400, 604_800];

export function workMeter(registry: Registry): WorkMeter {
  const registers = [registry];
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name, help, labelNames, registers });
  const histogram = (name: string, help: string, labelNames: string[], buckets: number[]) =>
    new Histogram({ name, help, labelNames, buckets, registers });
  const started = counter('awe_runs_started_total', 'Runs whose first event is out, by process.', ['process']);
  const ended = counter('awe_runs_ended_total', 'Runs whose record is written, by process and status.', [
    'process',
    'status',
  ]);
  const lasted = histogram(
    'awe_run_duration_seconds',
    'From the start of a run to its end, including waits for people.',
    ['process'],
    LONG,
  );
  const steps = counter('awe_steps_total', 'Steps of ended runs, by kind and outcome.', ['kind', 'outcome']);
  const stepLasted = histogram(
    'awe_step_duration_seconds',
    'From the start of a step to its end, including all rounds and waits.',
    ['kind'],
    LONG,
  );
  const calls = counter(
    'awe_tool_calls_total',
    'Attempts of tools and agents: ok, cancelled, or the class of the error (transient, permanent, policy, input).',
    ['kind', 'uses', 'outcome'],
  );
  const callLasted = histogram(
    'awe_tool_duration_seconds',
    'Duration of an attempt of a tool or agent.',
    ['kind', 'uses'],
    SHORT,
  );
  const outcomes = new Map(
    countedApart.map(([process, word]) => [
      process,
      counter(`awe_${word}_ended_total`, `Ended ${word}, by outcome.`, ['outcome']),
    ]),
  );
  const faults = counter('awe_document_errors_total', 'Failures of the document store, by operation and code.', [
    'operation',
    'code',
  ]);

  return {
    runStarted: (process) => started.inc({ process }),
    runEnded({ process, status, started_at, ended_at, step_views, view }) {
      ended.inc({ process, status });
      lasted.observe({ process }, seconds(Date.parse(started_at), Date.parse(ended_at)));
      for (const { kind, status: outcome, started_at: from, ended_at: to } of step_views) {
        steps.inc({ kind, outcome });
        if (from !== undefined && to !== undefined) stepLasted.observe({ kind }, seconds(from, to));
      }
      outcomes.get(process)?.inc({ outcome: String((view as { status?: string } | null)?.status ?? status) });
    },
    call({ kind, uses, outcome, seconds: took }) {
      calls.inc({ kind, uses, outcome });
      callLasted.observe({ kind, uses }, took);
    },
    countDocumentFault: (operation, code) => faults.inc({ operation, code }),
  };
}

const seconds = (from: number, to: number): number => Math.max(0, to - from) / 1_000;
