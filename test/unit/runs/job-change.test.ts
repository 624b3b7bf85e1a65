import type { JobInput } from '../../../schemas/job/run';
import type { StepView } from '../../../schemas/run';
import { nextOf } from '../../../src/runs/job/change';

const plan = { $ref: `sha256:${'a'.repeat(64)}`, bytes: 1 };
const other = { $ref: `sha256:${'b'.repeat(64)}`, bytes: 1 };
const input = { job_id: 'J', goal: 'before', priority: 2, mode: 'run', requested_by: 'ann' } as JobInput;
const left = (once: object) => ({ input: { ...input } as never, once: once as never });
const step = (id: string, status: StepView['status']): StepView => ({ id, status, kind: 'tool', rounds: 1 });
const steps = [step('a', 'completed'), step('b', 'failed'), step('c', 'pending')];

it('goes on with the steps of a turn that was followed', () => {
  const once = { created: true, planned: {}, turn: { drawn: { plan }, turn: 2 }, followed: 2 };
  const next = nextOf({ step_views: steps }, left(once), 'bob', { do: 'retry_failed' });
  expect(next).toMatchObject({
    ...{ once, priority: 2, wishes: [{ by: 'bob', change: { do: 'retry_failed' } }] },
    following: {
      plan,
      turn: 2,
      rows: [
        ['a', { status: 'completed' }],
        ['b', { status: 'failed' }],
      ],
    },
  });
});

it('leaves out steps of a turn before the one that was not permitted', () => {
  const once = { planned: {}, turn: { drawn: { plan }, turn: 2, table: other }, followed: 1 };
  const next = nextOf({ step_views: steps }, left(once), 'bob', { do: 'retry_failed' });
  expect([next.following, next.wishes?.length]).toEqual([undefined, 1]);
});

it('plans a job anew that has had no plan, with what is given', () => {
  const once = { created: true, planned: { refused: [] }, unplanned: { refused: [] }, stage: 'ended' };
  const next = nextOf({ step_views: [] }, left(once), 'bob', { do: 'replan', goal: 'after', plan: other });
  expect(next).toMatchObject({ input: { goal: 'after', plan: other }, once: { created: true } });
  expect(Object.keys(next.once)).toEqual(['created']);
  expect(() => nextOf({ step_views: [] }, left(once), 'bob', { do: 'skip', step: 'a' })).toThrow('has no plan');
});
