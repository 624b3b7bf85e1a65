import { mayRetry, requestOf } from '../../../sdk/engine';
import type { WorkflowResult } from '../../../sdk/result';
import { summaryOf, type WorkflowState, type WrittenPlan } from '../../../sdk';

const plan = { name: 'a plan', steps: [{ id: 'a', kind: 'tool', uses: 'data.echo', with: {} }] } satisfies WrittenPlan;

it('a request says its goal, its plan, and what its caller says of it', () => {
  expect(requestOf({ goal: 'do it', workflowId: 'w-1', priority: 2, context: { a: 1 } })).toMatchObject({
    ...{ job_id: 'w-1', goal: 'do it', priority: 2, context: { a: 1 } },
  });
  const config = { workflow_type: 'report', custom_metadata: { team: 'sales' } };
  expect(requestOf({ plan, context: { a: 1 }, config })).toMatchObject({
    goal: 'a plan',
    plan,
    context: { a: 1, workflow: { type: 'report', metadata: { team: 'sales' } } },
  });
  expect(() => requestOf({ plan, context: { workflow: 1 }, config })).toThrow(/context\.workflow/);
});

it('failed tasks are retried unless nobody knows whether one has had its effect', () => {
  const failed = (outcome?: 'unknown') =>
    ({
      context: { status: 'failed' },
      failed_tasks: [{ error: { type: 'x', message: 'x', outcome } }],
    }) as WorkflowResult;
  expect([mayRetry(failed()), mayRetry(failed('unknown'))]).toEqual([true, false]);
});

it('a summary has figures, and says what is not known', () => {
  const none = { skipped: 0, cancelled: 0, running: 0, waiting: 0, pending: 0 };
  const state = {
    context: { job_id: 'w-1', goal: 'do it', error: { type: 'x', message: 'b: broken' } },
    failed_tasks: [{ id: 'b', error: { type: 'x', message: 'broken' } }],
    metrics: {
      ...{ job_id: 'w-1', status: 'failed', success_rate: 0.5, average_task_duration_seconds: null },
      ...{ duration_seconds: 2, rounds: 2, recoveries: 1, costs: { tokens: null, money: '0' } },
      tasks: { total: 3, completed: 1, failed: 1, ...none, cancelled: 1 },
    },
  } as unknown as WorkflowState;
  expect(summaryOf(state)).toEqual([
    'w-1  failed  do it',
    '  tasks         1 of 3 completed, 1 failed, 1 cancelled',
    '  success rate  50 %',
    '  average task  unknown',
    '  duration      2.0 s',
    '  recoveries    1',
    '  cost          0, unknown tokens',
    '  failed        b: broken',
    '  error         b: broken',
  ]);
});
