import { CancelledFailure } from '@temporalio/workflow';
import type { Failure } from '../../schemas/catalogue';
import type { JobInput, Planned } from '../../schemas/job/run';
import type { Plan } from '../../schemas/plan';
import type { Ref, Value } from '../../schemas/refs';
import type { Conclusion, Run } from '../engine/run';
import { drawn, endWith, wishRefused } from './voice';

/** The goal becomes a plan that holds, or it is told which parts of it cannot be planned. */
export async function draw(run: Run, input: JobInput): Promise<Planned | Broken> {
  const { goal, context, plan, mode, priority, requested_by, terms } = input;
  const task = { goal, context, plan, mode, priority, requested_by, terms };
  let drafted = await run.work.io('planJob', task, plan ? 'check the plan' : 'plan the goal');
  if ('ask' in drafted) {
    run.bind(drafted.bounds);
    const answer = await askModel(run, input, drafted.ask);
    const broken = brokenBy(answer);
    if (broken) return { broken };
    drafted = await run.work.io('planJob', { ...task, answer }, 'check the plan of the model');
  }
  if ('ask' in drafted) throw new Error('a model is asked once');
  const planned = drafted;
  if ('drawn' in planned) drawn(run, input, planned.drawn);
  else run.keep('unplanned', planned);
  if ('refused' in planned)
    run.speak({ type: 'PLAN.REFUSED', payload: { job_id: input.job_id, refused: planned.refused } });
  return planned;
}

/** What the run is bound to does not hold, before there is a plan. */
interface Broken {
  broken: Failure;
}

/** The broken lock for which a model gave no plan: by rules it would be another run than was asked for. */
function brokenBy(answer: Value): Failure | undefined {
  const { fault } = 'inline' in answer ? (answer.inline as { fault?: Failure | null }) : {};
  return fault?.type.startsWith('lock.') ? fault : undefined;
}

/** Has a model asked for a plan; null where it gives none. Nobody can change a plan that is not there yet. */
async function askModel(run: Run, input: JobInput, ask: Ref<Plan>): Promise<Value> {
  for (;;) {
    const end = await run.followTurn(ask, input.context, { turn: 0, table: await run.standing() });
    if (end.status === 'cancelled' || end.status === 'held') throw new CancelledFailure('cancelled');
    if (end.status !== 'wished') return end.result;
    const wish = run.takeWish();
    if (wish) wishRefused(run, input, { by: wish.by, reason: 'the plan is not written yet' });
  }
}

/** The end of a job whose goal has not become a plan. */
export function notPlanned(input: JobInput, planned: Exclude<Planned, { drawn: unknown }> | Broken): Conclusion {
  if ('broken' in planned) return endWith(input, planned.broken);
  if ('refused' in planned) {
    const words = planned.refused.map(({ part, message }) => `“${part}”: ${message}`).join(' ');
    return endWith(input, { type: 'plan.refused', message: words.slice(0, 2_000) });
  }
  const words = planned.faults.slice(0, 10).map(({ pointer, message }) => `${pointer}: ${message}`);
  return endWith(input, { type: 'plan.invalid', message: `The plan cannot run. ${words.join('; ')}`.slice(0, 2_000) });
}
