import { CancelledFailure } from '@temporalio/workflow';
import { doubledDuration } from '../../core/plan/duration';
import type { Failure } from '../../schemas/catalogue';
import type { JobInput, JobTurn, ReachedLimit } from '../../schemas/job/run';
import type { PolicyLimits } from '../../schemas/policy';
import type { Run } from '../engine/run';
import { change } from './change';
import { recordDecision } from './decision';
import type { Next } from './recovery';
import { endWith, limitExtended, nextTurn } from './voice';

/** Limits that a person may extend while a job runs, by the type of the failure that tells that they are reached. */
const EXTENSIBLE = {
  'limit.steps': 'steps',
  'limit.time': 'time',
  'limit.effects': 'effects',
  'limit.tokens': 'tokens',
  'limit.money': 'money',
} as const;

/** Tokens that a call may need at least: fewer would only lead to the next question. */
const LEAST_TOKENS = 10_000;

type Extensible = (typeof EXTENSIBLE)[keyof typeof EXTENSIBLE];

/** Takes up the limit that this turn has reached: by the run, or by a step that has failed of it. A simulation ends by it. */
export function takeLimit(run: Run, { mode }: JobInput, { turn }: JobTurn, failed?: Failure): Failure | undefined {
  if (mode === 'simulate') return undefined;
  const before = run.kept<ReachedLimit>('limit');
  const error = run.takeOverrun() ?? failed ?? (before?.turn === turn ? before.error : undefined);
  return error && error.type in EXTENSIBLE ? error : undefined;
}

/** Nothing goes on until a person has doubled the limit, or ended the job by it. */
export async function extend(run: Run, input: JobInput, turn: JobTurn, error: Failure): Promise<Next> {
  run.keep<ReachedLimit>('limit', { turn: turn.turn, error });
  run.keep('stage', 'at_limit');
  const { drawn } = turn;
  const limit = EXTENSIBLE[error.type as keyof typeof EXTENSIBLE];
  const { bounds, words } = doubled(drawn.bounds ?? {}, limit);
  const id = `limit-${turn.turn}`;
  const { remind_after, escalate_after, expire_after } = input.options;
  const reply = await run.ask({
    id,
    kind: 'limit',
    question: `The job has reached a limit: ${error.message}. Approve to let it go on, up to ${words} in all; reject to end it.`,
    choices: ['approve', 'reject'],
    shows: { limit, bounds, used: { ...run.used }, plan: drawn.plan },
    assignee: drawn.policy.ask,
    remindAfter: remind_after,
    escalateAfter: escalate_after,
    expireAfter: expire_after,
  });
  if (reply.outcome === 'carried') return await run.continueAsNew();
  if (run.isWished) return await change(run, input, turn);
  if (reply.outcome === 'cancelled') throw new CancelledFailure('cancelled');
  if (reply.outcome === 'expired') return { conclusion: endWith(input, error) };
  const { decision } = reply;
  const { by, choice } = decision;
  const outcome = choice === 'approve' ? words : 'rejected';
  const ledger = await recordDecision(run, input, { approval_id: id, decision, shown: drawn.plan.$ref, outcome });
  if (choice === 'reject') return { conclusion: endWith(input, error) };
  limitExtended(run, input, { limit, bounds, by, ledger });
  const within = { drawn: { ...drawn, bounds }, table: await run.standing(), turn: turn.turn };
  // for want of steps nothing was cut off
  return { turn: limit === 'steps' ? { ...within, turn: turn.turn + 1 } : await takeUp(run, input, within, by) };
}

/** The next turn, in which what was cut off or has failed by the limit goes on. */
async function takeUp(run: Run, input: JobInput, turn: JobTurn, by: string): Promise<JobTurn> {
  const { goal, context, mode, priority, requested_by, terms } = input;
  const { drawn, table } = turn;
  const task = { drawn, table, goal, context, mode, priority, requested_by, terms };
  const revised = await run.work.io('reviseJob', { ...task, change: { do: 'go_on' } }, 'go on within the new limit');
  if ('fault' in revised) throw new Error(revised.fault);
  return nextTurn(run, input, turn, revised.revision, by);
}

/** The bounds with twice as much of one, and how much that is in words. */
function doubled(bounds: PolicyLimits, limit: Extensible): { bounds: PolicyLimits; words: string } {
  const { steps = 0, time = '', effects = 0, tokens = 0, money = { amount: 0, currency: '' } } = bounds;
  switch (limit) {
    case 'steps':
      return { bounds: { ...bounds, steps: steps * 2 }, words: `${steps * 2} executions of steps` };
    case 'time':
      return { bounds: { ...bounds, time: doubledDuration(time) }, words: doubledDuration(time) };
    case 'effects': {
      const most = Math.max(1, effects * 2);
      return { bounds: { ...bounds, effects: most }, words: `${most} changes outside` };
    }
    case 'tokens': {
      const most = Math.max(LEAST_TOKENS, tokens * 2);
      return { bounds: { ...bounds, tokens: most }, words: `${most} tokens of models` };
    }
    case 'money': {
      const amount = money.amount * 2 || 1;
      return { bounds: { ...bounds, money: { ...money, amount } }, words: `${amount} ${money.currency} for models` };
    }
  }
}
