import { MOST_ROUNDS, type Plan } from '../../../schemas/plan';
import { parseDuration } from '../../../core/plan/duration';
import { ParameterError, requestOf, type HttpCall } from './call';

/** A job somewhere else: how it is started, where it says how it goes, and what it says when it is done. */
export interface RemoteJob {
  start: HttpCall;
  /** its address may name the answer to the start: `…/jobs/${{ steps.start.output.body.id }}` */
  status: HttpCall;
  /** done as soon as the field of the answer has one of the values; `field` is a path with dots */
  done: { field: string; values: (string | number | boolean)[] };
}

/** Parameters of a job that is started by HTTP and watched until it is done. */
export interface JobExecution {
  name?: string;
  job_config: RemoteJob;
  /** time between two looks, such as `10s` (the default), or seconds */
  monitor_interval?: string | number;
  /** looks at most; as many as the plan language has, by default */
  max_checks?: number;
}

/** A plan that starts a job by HTTP and asks for its state until it is done; it fails if it is not. @throws ParameterError */
export function planJobExecution({ name, job_config, monitor_interval, max_checks = MOST_ROUNDS }: JobExecution): Plan {
  const { start, status, done } = job_config ?? {};
  if (!start || !status || !done) throw new ParameterError('job_config has start, status and done.');
  if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(done.field ?? ''))
    throw new ParameterError('job_config.done.field is a field of the answer, such as status or job.state.');
  if (!Array.isArray(done.values) || done.values.length === 0)
    throw new ParameterError('job_config.done.values names the values that mean done.');
  if (!Number.isInteger(max_checks) || max_checks < 1 || max_checks > MOST_ROUNDS)
    throw new ParameterError(`max_checks is 1 to ${MOST_ROUNDS}: for a longer job, let more time pass between two looks.`);
  const state = `default(steps.monitor.output.body.${done.field}, null)`;
  return {
    name: name ?? 'job execution',
    steps: [
      { id: 'start', kind: 'tool', uses: 'http.request', with: { method: 'POST', ...requestOf(start, 'job_config.start') } },
      {
        id: 'monitor',
        kind: 'tool',
        uses: 'http.request',
        with: { response: 'json', ...requestOf(status, 'job_config.status') },
        depends_on: ['start'],
        until: {
          check: 'check.that',
          with: {
            ok: `\${{ ${state} in ${JSON.stringify(done.values)} }}`,
            message: `${done.field} is not yet ${done.values.join(' or ')}`,
          },
          every: everyOf(monitor_interval),
          rounds: max_checks,
          otherwise: 'fail',
        },
      },
    ],
    result: { started: '${{ steps.start.output.body }}', state: '${{ steps.monitor.output.body }}' },
  };
}

function everyOf(interval: string | number = '10s'): string {
  const every = typeof interval === 'number' || /^\d+$/.test(interval) ? `${interval}s` : interval;
  if (parseDuration(every) === undefined)
    throw new ParameterError(`monitor_interval is a time such as 10s or 2m, not ${every}.`);
  return every;
}
