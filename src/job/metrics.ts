import type { JobCosts, JobMetrics } from '../../schemas/job/api';
import type { JobView } from '../../schemas/job/run';
import type { RunView, StepView } from '../../schemas/run';

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
    costs: costsOf(view, steps),
  };
}

/** What models have cost, as far as steps that ask them say it. */
function costsOf({ plan }: JobView, steps: readonly StepView[]): JobCosts {
  const unknown: JobCosts = { tokens: null, money: null };
  if (plan?.by === 'llm') return unknown;
  let tokens = 0;
  let money = 0;
  let currency: string | undefined;
  for (const step of steps) {
    if (step.rounds === 0) continue;
    if (step.kind === 'agent' || (step.uses?.startsWith('llm.') && step.rounds > 1)) return unknown;
    if (!step.uses?.startsWith('llm.')) continue;
    const said =
      step.output && 'inline' in step.output ? (step.output.inline as { [name: string]: unknown } | null) : null;
    const cost = /^(\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(typeof said?.['cost'] === 'string' ? said['cost'] : '');
    if (typeof said?.['tokens'] !== 'number' || !cost || (currency ?? cost[2]) !== cost[2]) return unknown;
    tokens += said['tokens'];
    money += Number(cost[1]);
    currency = cost[2];
  }
  return { tokens, money: currency === undefined ? '0' : `${Number(money.toFixed(6))} ${currency}` };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
