import type { Costs } from '../../schemas/api';
import type { JobMetrics } from '../../schemas/job/api';
import type { JobView } from '../../schemas/job/run';
import type { RunView, StepView } from '../../schemas/run';
import { costsOf, sumOfCosts } from '../llm/costs';

/** Figures of a job, from its steps. `now`: UTC milliseconds, for a job that has not ended. */
export function metricsOf(run: RunView, steps: readonly StepView[], now: number): JobMetrics {
  const view = run.view as unknown as JobView;
  const number = (...statuses: StepView['status'][]) => steps.filter(({ status }) => statuses.includes(status)).length;
  const completed = number('completed');
  const failed = number('failed');
  const durations = steps.flatMap(({ status, started_at, ended_at }) =>
    status === 'completed' && started_at !== undefined && ended_at !== undefined ? [ended_at - started_at] : [],
  );
  const end = run.ended_at === undefined ? now : Date.parse(run.ended_at);
  return {
    job_id: view.job_id,
    status: run.outcome ?? run.status,
    success_rate: completed + failed === 0 ? null : completed / (completed + failed),
    average_task_duration_seconds: durations.length === 0 ? null : sum(durations) / durations.length / 1_000,
    duration_seconds: Math.max(0, end - Date.parse(run.started_at)) / 1_000,
    tasks: {
      total: steps.length,
      ...{ completed, failed, skipped: number('skipped'), cancelled: number('cancelled') },
      ...{ running: number('running', 'ready'), waiting: number('waiting'), pending: number('pending') },
    },
    rounds: sum(steps.map(({ rounds }) => rounds)),
    recoveries: view.recoveries.length,
    costs: jobCosts(view, steps),
  };
}

/** What models have cost, as far as steps that ask them say it. */
const jobCosts = ({ plan }: JobView, steps: readonly StepView[]): Costs =>
  plan?.by === 'llm' ? { tokens: null, money: null } : sumOfCosts(steps.flatMap((step) => costsOf(step) ?? []));

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
