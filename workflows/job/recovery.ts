import { CancelledFailure } from '@temporalio/workflow';
import type { DeadTask, JobInput, JobTurn, Recovery } from '../../schemas/job/run';
import { isWholeReplay } from '../../schemas/terms';
import type { Conclusion, Followed, Run } from '../engine/run';
import { change } from './change';
import { deadLettered, endWith, nextTurn, recovered } from './voice';

/** A next turn of the plan, or the end of the job. */
export type Next = { turn: JobTurn } | { conclusion: Conclusion };

type Failed = Extract<Followed, { status: 'failed' }>;

/** A failed step goes up the ladder: again, with other arguments, or as a person says; else the job fails. */
export async function recover(run: Run, input: JobInput, turn: JobTurn, end: Failed): Promise<Next> {
  run.keep('stage', 'recovering');
  const { step, error } = end;
  const before = run.kept<Recovery[]>('recoveries') ?? [];
  if (before.at(-1)?.turn === turn.turn) return await askHow(run, input, turn, end);
  const { goal, context, mode, priority, requested_by, terms } = input;
  const task = {
    ...{ drawn: turn.drawn, table: await run.standing(), step, error, before },
    ...{ goal, context, mode, priority, requested_by, terms },
  };
  const rung = await run.work.io('recoverStep', task, `how to go on after ${step}`);
  recovered(run, input, { turn: turn.turn, step, choice: rung.choice, reason: rung.reason, error });
  if ('revision' in rung) {
    const { after_ms: rest } = rung;
    if (rest !== undefined && !isWholeReplay(input.terms?.recording))
      await run.cuttable(() => run.work.rest(rest, `${step}: before another try`));
    return { turn: nextTurn(run, input, turn, rung.revision, 'recovery') };
  }
  run.keep('dead', rung.dead && { ...rung.dead, turn: turn.turn });
  return rung.choice === 'ask' ? await askHow(run, input, turn, end) : { conclusion: failedAt(run, input, turn, end) };
}

/** A person chooses: try the step again, go on without it, or let the job fail. */
async function askHow(run: Run, input: JobInput, turn: JobTurn, end: Failed): Promise<Next> {
  const { step, error } = end;
  if (run.isWished) return await change(run, input, turn);
  const reply = await run.ask({
    id: `recovery-${turn.turn}`,
    kind: 'recovery',
    question: `${step} has failed: ${error.message.slice(0, 1_500)} How shall the job go on?`,
    choices: ['retry', 'skip', 'fail'],
    shows: { step, error },
    expireAfter: input.options.expire_after,
  });
  if (reply.outcome === 'carried') return await run.continueAsNew();
  if (run.isWished) return await change(run, input, turn);
  if (reply.outcome === 'cancelled') throw new CancelledFailure('cancelled');
  if (reply.outcome === 'expired' || reply.decision.choice === 'fail')
    return { conclusion: failedAt(run, input, turn, end) };
  const { by, choice } = reply.decision;
  const asked = { do: choice === 'skip' ? ('skip' as const) : ('retry' as const), step };
  return await change(run, input, turn, { by, change: asked });
}

/** The job fails by a step, which is dead with it. */
function failedAt(run: Run, input: JobInput, { turn }: JobTurn, { step, error }: Failed): Conclusion {
  const dead = run.kept<DeadTask & { turn: number }>('dead');
  if (dead?.turn === turn) deadLettered(run, input, { ...dead, step, error });
  return endWith(input, { type: error.type, message: `${step}: ${error.message}` });
}
