import { writeFile } from 'node:fs/promises';
import type { JobMetrics } from '../schemas/job/api';
import type { StreamedEvent } from '../src/http/api-client';
import type { WorkflowResult } from './result';
import type { RemoteJobHandle } from './job';

/** A workflow's state in a file. */
export type WorkflowState = WorkflowResult & { saved_at: string; metrics: JobMetrics };

/** Reads what came of a workflow up to now; a `WorkflowEngine` does. */
export interface WorkflowReader {
  read(workflowId: string): Promise<WorkflowResult>;
}

/** Looks at a workflow, while it runs and afterwards. `WorkflowEngine.observe` makes one. */
export class WorkflowObserver {
  constructor(
    private readonly engine: WorkflowReader,
    private readonly handle: RemoteJobHandle,
  ) {}

  /** Its figures: success rate, average duration of a task, counts, cost. What nobody knows is null. */
  getMetrics = (): Promise<JobMetrics> => this.handle.metrics();

  /** Its events from the first, live, until it ends. */
  events = (): AsyncGenerator<StreamedEvent> => this.handle.events();

  /** Everything that is known of it. */
  async getState(): Promise<WorkflowState> {
    const [result, metrics] = await Promise.all([this.engine.read(this.handle.id), this.getMetrics()]);
    return { saved_at: new Date().toISOString(), metrics, ...result };
  }

  /** Writes its state into a file, as JSON. */
  async saveState(file: string): Promise<void> {
    await writeFile(file, `${JSON.stringify(await this.getState(), null, 2)}\n`);
  }

  /** Prints its figures and its failures. */
  async printSummary(print: (line: string) => void = (line) => process.stdout.write(`${line}\n`)): Promise<void> {
    summaryOf(await this.getState()).forEach(print);
  }
}

/** A summary as people read it. */
export function summaryOf({ context, metrics, failed_tasks }: WorkflowState): string[] {
  const { tasks, costs, success_rate: rate, average_task_duration_seconds: average } = metrics;
  const others = (['running', 'waiting', 'pending', 'skipped', 'cancelled'] as const)
    .filter((name) => tasks[name] > 0)
    .map((name) => `, ${tasks[name]} ${name}`);
  return [
    `${context.job_id}  ${metrics.status}  ${context.goal.slice(0, 80)}`,
    `  tasks         ${tasks.completed} of ${tasks.total} completed, ${tasks.failed} failed${others.join('')}`,
    `  success rate  ${rate === null ? 'unknown' : `${Math.round(rate * 100)} %`}`,
    `  average task  ${average === null ? 'unknown' : `${average.toFixed(3)} s`}`,
    `  duration      ${metrics.duration_seconds.toFixed(1)} s`,
    `  recoveries    ${metrics.recoveries}`,
    `  cost          ${costs.money ?? 'unknown'}, ${costs.tokens ?? 'unknown'} tokens`,
    ...failed_tasks.map(({ id, error }) => `  failed        ${id}: ${error?.message ?? 'unknown'}`),
    ...(context.error ? [`  error         ${context.error.message}`] : []),
  ];
}
