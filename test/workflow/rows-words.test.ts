/** A model words the question for rows in a plan of its own, before that of the backlog; nothing is kept in memory. */
import type { WorkflowHandle } from '@temporalio/client';
import type { AuditInput } from '../../schemas/audit/run';
import type { Json, JsonObject } from '../../schemas/json';
import { messages } from '../../schemas/run';
import { rowsQuestion, rowsQuestionPlan } from '../../src/audit/rows-question';
import { findProjectRoot } from '../../src/config';
import { loadPrompts } from '../../src/llm/prompts';
import { queueName, workflowIdOf } from '../../src/temporal/ids';
import type { Carried } from '../../workflows/engine/run';
import { modelSaying, type Saying } from '../support/model';
import { decide, startStack, statusOf, stepsOf, type Stack } from '../support/stack';
import { until } from '../support/until';

const CHOICE = { questions: ['which'] };
const WORDED = /^Which work is meant, who does it, and how does it come in\? The request holds no rows of work/;
const context = {
  rows: [{ category: 'Invoicing', estimated_minutes: 30, text: 'Re-type the delivery note' }],
  hourly_rate: 40,
  period: { type: 'weekly' as const, working_days: 5 },
};

let say: Saying = () => CHOICE;
let stack: Stack;
beforeAll(async () => {
  const tools = [modelSaying((asked) => (asked.task === 'audit.question' ? say(asked) : {}))];
  stack = await startStack({ cache: 0, env: { WORKER_MODE: 'llm' }, tools });
});
afterAll(async () => await stack.stop());

const open = async (handle: WorkflowHandle) =>
  (await statusOf(handle)).approvals.find(({ status }) => status === 'open');
const state = async (handle: WorkflowHandle, id: string) =>
  (await stepsOf(handle)).steps.find((step) => step.id === id)?.status;
const asks = async (handle: WorkflowHandle) => {
  await until(async () => (await open(handle)) !== undefined);
  return (await open(handle))!.question;
};
const provide = { approval_id: 'rows', choice: 'provide', by: 'ann', data: { work_context: context } };

/** A project whose run continues as new from the state of the run before. */
async function goesOn(project_id: string, carried: Partial<Carried>, more: Partial<AuditInput> = {}) {
  const input: AuditInput = {
    ...{ project_id, correlation_id: 'c', request_text: 'full audit', rows: 0, language: 'en', requested_by: 'ann' },
    options: {
      ...{ remind_after: 1e7, escalate_after: 2e7, expire_after: 3e7, rework_rounds: 2, approval_signals: 'accept' },
    },
    ...more,
  };
  const before: Carried = {
    ...{ once: {}, outbox: { seq: 0, published: 0, archives: [], before: [] }, approvals: [], control: {} },
    ...{ causes: { asked: {} }, started: new Date().toISOString(), ...carried },
  };
  return await stack.client.workflow.start('audit', {
    workflowId: workflowIdOf(stack.config.namespace, 'audit', project_id),
    taskQueue: queueName(stack.config.namespace, 'workflows'),
    workflowTaskTimeout: '5s',
    args: [input, before],
  });
}

it('both plans run one after the other, and what people see is the backlog', async () => {
  say = ({ round }) => (round === 1 ? { questions: ['What is the password?'] } : CHOICE);
  const handle = await stack.audit();
  expect(await asks(handle)).toMatch(WORDED);
  await decide(handle, provide);
  await handle.result();
  const { step_views, events, status } = (await stack.record(handle))!;
  expect(status).toBe('completed');
  expect(step_views.map(({ id }) => id)).toContain('cost');
  expect(step_views.map(({ id }) => id)).not.toContain('rows_words');
  expect(JSON.stringify(events)).not.toMatch(/rows_(question|words|asked)/);
});

it('a project that is cancelled while a model words asks nobody', async () => {
  let isAsked = false;
  say = () => ((isAsked = true), 'silence');
  const handle = await stack.audit();
  await until(() => isAsked);
  await handle.signal(messages.cancel, { by: 'ann' });
  await handle.result().catch(() => undefined);
  const { status, approvals, events } = (await stack.record(handle))!;
  expect([status, approvals]).toEqual(['cancelled', []]);
  expect(events.map(({ event_type }) => event_type)).not.toContain('CLARIFICATION.REQUESTED');
  expect(events.at(-1)).toMatchObject({ event_type: 'PROJECT.FAILED', payload: { error: { type: 'run.cancelled' } } });
});

it('a project that is paused while a model words asks when it is resumed', async () => {
  let answer: ((said: JsonObject) => void) | undefined;
  say = () => new Promise<JsonObject>((resolve) => (answer = resolve));
  const handle = await stack.audit();
  await until(() => answer !== undefined);
  await handle.signal(messages.pause, { by: 'ann' });
  await until(async () => (await statusOf(handle)).status === 'paused');
  answer?.(CHOICE);
  await until(async () => (await state(handle, 'rows_words')) === 'completed');
  expect(await open(handle)).toBeUndefined();
  await handle.signal(messages.resume, { by: 'ann' });
  expect(await asks(handle)).toMatch(WORDED);
  await decide(handle, { approval_id: 'rows', choice: 'decline', by: 'ann' });
  await handle.result();
});

describe('a run that goes on anew', () => {
  const request = { request_text: 'full audit', language: 'en' as const };
  const put = (value: unknown) => stack.documents.putValue(value as Json);

  it('amid the plan of the question takes its steps up where they were', async () => {
    say = () => CHOICE;
    const plan = await put(rowsQuestionPlan({ project_id: 'anew-1', ...request }));
    const prompt = loadPrompts(findProjectRoot(), ['audit.question'])('audit.question', 'en');
    const question = await put(rowsQuestion(request, prompt));
    const done = { status: 'completed', rounds: 1, output: { inline: { question } }, started: 1, ended: 2 };
    const table = await put([['rows_question', done]]);
    const handle = await goesOn('anew-1', { once: { rows_plan: plan as unknown as Json }, following: { plan, table } });
    expect(await asks(handle)).toMatch(WORDED);
    const [step] = (await stepsOf(handle)).steps;
    expect(step).toMatchObject({ id: 'rows_question', started_at: 1, ended_at: 2 });
    await decide(handle, provide);
    await handle.result();
    expect((await stack.record(handle))!.status).toBe('completed');
  });

  it('after the plan of the question takes none of its steps for those of the backlog', async () => {
    const plan = await put(rowsQuestionPlan({ project_id: 'anew-2', ...request }));
    const table = await put([['rows_words', { status: 'completed', rounds: 1 }]]);
    const work = { rows: 1, work_context: await put(context) };
    const once = { rows_plan: plan, rows_words: 'Which work is meant?', work } as unknown as Carried['once'];
    const handle = await goesOn('anew-2', { once, following: { plan, table } });
    await handle.result();
    expect((await stack.record(handle))!.status).toBe('completed');
  });
});
