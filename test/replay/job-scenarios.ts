/** Scenarios of jobs: how a plan comes about, is approved, changes under way, and is recovered. */
import type { WorkflowHandle } from '@temporalio/client';
import type { JobChange } from '../../schemas/job/run';
import type { Plan, Step } from '../../schemas/plan';
import type { PolicyLimits } from '../../schemas/policy';
import { messages } from '../../schemas/run';
import { answerLimits, limitedPolicy } from '../support/policy';
import { decide, proved, startStack, statusOf, type JobToStart, type Stack } from '../support/stack';
import { until } from '../support/until';
import type { Scenario } from './scenarios';

const note = (id: string, more: Partial<Step> = {}): Step => ({
  ...{ id, kind: 'tool', uses: 'test.note', with: {} },
  ...more,
});
const hold: Step = { id: 'hold', kind: 'approval', approval: { question: 'Go?', expire_after: '1h' } };
const planOf = (...steps: Step[]): Plan => ({ name: 'a job', steps });

const open = (handle: WorkflowHandle, id: string) =>
  until(async () => (await statusOf(handle)).approvals.some((one) => one.approval_id === id && one.status === 'open'));
const say = (handle: WorkflowHandle, approval_id: string, choice: string) =>
  decide(handle, { approval_id, choice, by: 'ann' });
const change = (handle: WorkflowHandle, wanted: JobChange) =>
  handle.signal(messages.change, proved(handle, messages.change, { by: 'ann', change: wanted }));

/** A job, what happens to it meanwhile, and its end. */
const job =
  (
    goal: string,
    options: JobToStart,
    meanwhile: (handle: WorkflowHandle, stack: Stack) => Promise<unknown> = async () => undefined,
  ): Scenario =>
  async ({ stack }) => {
    const handle = await stack.job(goal, options);
    await meanwhile(handle, stack);
    await handle.result().catch(() => undefined);
    return handle;
  };

/** Three executions of steps, which nobody can tell beforehand. */
const listed = planOf(
  note('list', { with: { items: [1, 2] } }),
  note('each', { for_each: '${{ steps.list.output.items }}', with: { n: '${{ item }}' } }),
);

/** A job that reaches a limit of its policy, and somebody's answer, each time that it asks. */
const limited =
  (limits: PolicyLimits, plan: Plan, choice: 'approve' | 'reject'): Scenario =>
  async ({ stack: { config } }) => {
    const policy = limitedPolicy();
    policy.limit(limits);
    const env = { NAMESPACE: 'replay-limits', REDIS_URL: config.redis.url, POLICY_FILE: policy.file };
    const stack = await startStack({ env });
    try {
      const handle = await stack.job('within limits', { plan });
      await answerLimits(handle, choice);
      return { workflowId: handle.workflowId };
    } finally {
      await stack.stop();
    }
  };

const once = planOf(note('a'), note('b', { uses: 'test.unanswered', depends_on: ['a'] }));

export const jobScenarios: { [name: string]: Scenario } = {
  'job.completed': job('note it', { plan: planOf(note('a'), note('b', { depends_on: ['a'] })) }),
  'job.planned-by-rules': job('Generate an implementation checklist', { context: { tasks: ['Write it'] } }),
  'job.refused': job('reconcile the ledgers', {}),
  'job.invalid': job('note it', { plan: planOf(note('a', { uses: 'test.nowhere' })) }),
  'job.simulated': job('note it', { mode: 'simulate', plan: planOf(note('a')) }),
  'job.approved': job('note it', { mode: 'plan', plan: planOf(note('a')) }, async (handle) => {
    await open(handle, 'plan-1');
    await say(handle, 'plan-1', 'approve');
  }),
  'job.approved-beforehand': job('note it', {
    approved: true,
    plan: planOf(note('a', { uses: 'file.write', with: { path: 'a.txt', text: 'a' } })),
  }),
  'job.rejected': job('note it', { mode: 'plan', plan: planOf(note('a')) }, async (handle) => {
    await open(handle, 'plan-1');
    await say(handle, 'plan-1', 'reject');
  }),
  'job.replanned': job('note it', { plan: planOf(note('a'), hold) }, async (handle, stack) => {
    await open(handle, 'hold');
    const after = planOf(note('a'), note('c'));
    await change(handle, { do: 'replan', plan: await stack.documents.putValue(after) });
  }),
  'job.wish-refused': job('note it', { plan: planOf(note('a'), hold) }, async (handle) => {
    await open(handle, 'hold');
    await change(handle, { do: 'retry', step: 'nowhere' });
    await until(async () => (await statusOf(handle)).seq > 8);
    await open(handle, 'hold');
    await say(handle, 'hold', 'approve');
  }),
  'job.skipped-by-a-person': job('once', { plan: once }, async (handle) => {
    await open(handle, 'plan-1');
    await say(handle, 'plan-1', 'approve');
    await open(handle, 'recovery-1');
    await say(handle, 'recovery-1', 'skip');
  }),
  // the limit in time of the policy stands still while a question is open
  'job.timed': job('note it', { plan: planOf(hold, note('a', { depends_on: ['hold'] })) }, async (handle) => {
    await open(handle, 'hold');
    await say(handle, 'hold', 'approve');
  }),
  'job.steps-extended': limited({ steps: 2 }, listed, 'approve'),
  'job.time-extended': limited(
    { time: '1s' },
    planOf(note('a', { uses: 'test.work', with: { ms: 1_500 } })),
    'approve',
  ),
  'job.limit-rejected': limited({ steps: 2 }, listed, 'reject'),
  'job.failed': job('fail', { plan: planOf(note('a', { uses: 'test.fail' })) }),
  'job.cancelled': job('note it', { plan: planOf(hold) }, async (handle) => {
    await open(handle, 'hold');
    await handle.signal(messages.cancel, { by: 'ann' });
  }),
};
