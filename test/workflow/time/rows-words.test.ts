/** A model is to word the question for the rows that a request lacks, and takes its time. */
import type { WorkflowHandle } from '@temporalio/client';
import { AWAY, modelSaying, type Saying } from '../../support/model';
import { decide } from '../../support/stack';
import { between, expectAfter, waitForEvent, MINUTE, startTimedStack, type TimedStack } from '../../support/time';

const CHOICE = { questions: ['which'] };
const RULES = /^The request holds no rows of work/;
const WORDED = /^Which work is meant, who does it, and how does it come in\? The request holds no rows of work/;

let say: Saying;
let stack: TimedStack;
beforeAll(async () => {
  stack = await startTimedStack({ env: { WORKER_MODE: 'llm' }, tools: [modelSaying((asked) => say(asked))] });
});
afterAll(async () => await stack.stop());

/** Question for the rows of a request, and its delay after receipt. */
async function asked(pass: number): Promise<{ question: string; after: number; handle: WorkflowHandle }> {
  const handle = await stack.audit();
  const received = await waitForEvent(handle, 'PROJECT.INITIAL_REQUEST_RECEIVED');
  await stack.pass(pass);
  const requested = await waitForEvent(handle, 'CLARIFICATION.REQUESTED');
  const { question } = requested.payload as { question: string };
  return { question, after: between(received, requested), handle };
}
const decline = async (handle: WorkflowHandle) => {
  await decide(handle, { approval_id: 'rows', choice: 'decline', by: 'ann' });
  await handle.result();
  return (await stack.record(handle))!;
};

it('a model that is away for a while is asked again, and its words come in time', async () => {
  say = ({ attempt }) => (attempt === 1 ? 'away' : CHOICE);
  const { question, after, handle } = await asked(AWAY + 1_000);
  expect(question).toMatch(WORDED);
  expectAfter(after, AWAY);
  await decline(handle);
});

it('a model that stays away is not waited for', async () => {
  say = () => 'away';
  const { question, after, handle } = await asked(MINUTE);
  expect(question).toMatch(RULES);
  expect(after).toBeLessThanOrEqual(MINUTE);
  await decline(handle);
});

it('answers and repairs have a minute in all; then the rules ask, and late words change nothing', async () => {
  say = ({ attempt, round }) =>
    attempt === 1 ? 'away' : round === 1 ? { questions: ['What is the password?'] } : CHOICE;
  const { question: put, after, handle } = await asked(MINUTE + 1_000);
  expect(put).toMatch(RULES);
  expectAfter(after, MINUTE);
  await stack.pass(5 * MINUTE);
  const { events, approvals } = await decline(handle);
  expect(approvals.map((one) => one.question)).toEqual([put]);
  expect(events.map(({ event_type }) => event_type)).not.toContain('WORK.ITEM_FAILED');
  expect(events.filter(({ event_type }) => event_type === 'DELIVERABLE.PUBLISHED')).toHaveLength(5);
});
