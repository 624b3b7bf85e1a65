import { CancelledFailure, workflowInfo } from '@temporalio/workflow';
import type { Json } from '../schemas/json';
import type { Value } from '../schemas/refs';
import type { JobInput, JobTurn } from '../schemas/job/run';
import { Run, type Carried, type Conclusion, type TurnEnd } from './engine/run';
import { permit } from './job/permission';
import { draw, notPlanned } from './job/planning';
import { extend, takeLimit } from './job/limit';
import { recover, type Next } from './job/recovery';
import { change } from './job/change';
import { termsOf } from './job/terms';
import { cancelled, completed, created, endWith, jobView, jobVoice } from './job/voice';

/**
 * A goal in plain words. It becomes a plan, which is checked, criticised and held against the policy; a person approves
 * it where the policy wants one, or where the job only shows it. Then it is carried out. A step that fails goes up the
 * recovery ladder, and people may change the rest of the plan while it runs.
 */
export async function job(input: JobInput, carried?: Carried): Promise<Json> {
  const { job_id, goal, options } = input;
  const run: Run = new Run(
    {
      process: 'job',
      subject: { kind: 'job', id: job_id },
      correlationId: input.correlation_id,
      causationId: input.causation_id,
      title: `Job ${job_id}: ${goal.slice(0, 120)}`,
      signals: options.approval_signals,
      patience: {
        remindAfter: options.remind_after,
        escalateAfter: options.escalate_after,
        expireAfter: options.expire_after,
      },
      mode: input.mode === 'simulate' ? 'simulate' : 'live',
      terms: (self) => termsOf(input, self),
      isRetried: ['failed', 'cancelled'],
      isChanged: true,
      voice: jobVoice(workflowInfo().workflowId, input),
      answerBy: () => `\`awe jobs show ${job_id}\`, then \`awe jobs approve\` or \`reject\``,
      view: (self) => jobView(input, self),
    },
    input,
    carried,
  );

  return await run.story(
    async () => {
      await run.once('created', () => created(run, input));
      if (carried?.retry) await run.takeBack(carried.retry);
      const planned = await run.once('planned', () => draw(run, input));
      if (!('drawn' in planned)) return notPlanned(input, planned);
      return await carryOut(run, input, run.kept<JobTurn>('turn') ?? { drawn: planned.drawn, turn: 1 });
    },
    (error, by) => (by === undefined ? endWith(input, run.overrun ?? error) : cancelled(input, by)),
  );
}

/** Follows the plan, and what comes of it by recoveries and by people, until it has ended. */
async function carryOut(run: Run, input: JobInput, first: JobTurn): Promise<Conclusion> {
  let turn = first;
  for (;;) {
    run.keep('turn', turn);
    run.bind(turn.drawn.bounds);
    const limit = takeLimit(run, input, turn);
    const next = limit ? await extend(run, input, turn, limit) : await carryOutTurn(run, input, turn);
    if ('conclusion' in next) return next.conclusion;
    turn = next.turn;
  }
}

/** Follows one turn of the plan: to the end, or to what comes of it. */
async function carryOutTurn(run: Run, input: JobInput, turn: JobTurn): Promise<Next> {
  if (run.overrun) throw new CancelledFailure('cancelled');
  const objection = await permit(run, input, turn);
  if (objection) return { conclusion: objection };
  const end = await follow(run, input, turn);
  if (end.status === 'completed')
    return { conclusion: completed(input, turn.drawn, await resultOf(run, input, end.result)) };
  if (end.status === 'wished') return await change(run, input, turn);
  const isCancelled = run.cancelled !== undefined;
  const limit = isCancelled ? undefined : takeLimit(run, input, turn, end.status === 'failed' ? end.error : undefined);
  if (limit) return await extend(run, input, turn, limit);
  if (isCancelled || end.status === 'cancelled' || end.status === 'held') throw new CancelledFailure('cancelled');
  return await recover(run, input, turn, end);
}

/** The result of the plan; of a simulation, within the report that it has changed nothing. */
async function resultOf(run: Run, { mode }: JobInput, result: Value): Promise<Value> {
  if (mode !== 'simulate') return result;
  return await run.work.io('reportSimulation', { run: run.id, result }, 'report the simulation');
}

async function follow(run: Run, input: JobInput, { drawn, table, turn }: JobTurn): Promise<TurnEnd> {
  if (run.isWished) return { status: 'wished' };
  run.keep('stage', 'running');
  run.keep('followed', turn);
  return await run.followTurn(drawn.plan, input.context, { table, turn });
}
