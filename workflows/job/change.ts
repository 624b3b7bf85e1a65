import type { JobChange, JobInput, JobTurn } from '../../schemas/job/run';
import type { Run } from '../engine/run';
import { nextTurn, wished, wishRefused } from './voice';

/** A change of the plan that a person wants. */
interface Wanted {
  by: string;
  change: JobChange;
}

/** Takes up what somebody wants of the plan: a step again or left out, failed steps again, or the rest planned anew. */
export async function change(
  run: Run,
  input: JobInput,
  turn: JobTurn,
  wanted = run.takeWish() as Wanted | undefined,
): Promise<{ turn: JobTurn }> {
  if (!wanted) return { turn };
  wished(run, input, wanted);
  const { by, change: wish } = wanted;
  const { goal, context, mode, priority, requested_by, terms } = input;
  const { drawn } = turn;
  // a turn that nobody has permitted yet stands where the one before has left it
  const table = run.kept('followed') === turn.turn ? await run.standing() : turn.table;
  const revised = await run.work.io(
    'reviseJob',
    { drawn, table, change: wish, goal, context, mode, priority, requested_by, terms },
    `change the plan, as ${by} wants`,
  );
  if ('revision' in revised) return { turn: nextTurn(run, input, turn, revised.revision, by) };
  wishRefused(run, input, { by, reason: revised.fault });
  return { turn: { drawn, table, turn: turn.turn + 1 } };
}
