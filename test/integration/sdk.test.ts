/** Workflows from code, through the API of a running stack. */
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningApi } from '../../api/server';
import { leadProcessing } from '../../examples/workflows/lead-processing';
import { WorkflowEngine, type WorkflowState, type WrittenPlan } from '../../sdk';
import { startServed } from '../support/served';
import type { Stack } from '../support/stack';

let stack: Stack;
let api: RunningApi;
let engine: WorkflowEngine;
let dir: string;

/** A user's module of one tool. */
const TOOLS = `
const spec = { version: '1', description: 'greets', input: { type: 'object' }, output: { type: 'object' } };
const facts = { effect: 'none', risk: 'low', approval: false, retry: { attempts: 1, initialMs: 1, backoff: 1, maxMs: 1 } };
exports.hello = {
  spec: { name: 'my.hello', ...spec, ...facts },
  async run({ name }, { memory }) {
    await memory.set('greeted', name);
    return { text: 'Hello ' + name };
  },
};
`;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'awe-sdk-'));
  writeFileSync(join(dir, 'tools.js'), TOOLS);
  ({ stack, api } = await startServed({ env: { AWE_TOOLS: join(dir, 'tools.js') } }));
  engine = new WorkflowEngine({ url: api.url });
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
});

const plan: WrittenPlan = {
  name: 'greet and ask',
  steps: [
    { id: 'hello', kind: 'tool', uses: 'my.hello', with: { name: '${{ input.workflow.metadata.name }}' } },
    { id: 'ask', kind: 'approval', depends_on: ['hello'], approval: { question: 'Go on?', expire_after: '1h' } },
    {
      id: 'end',
      kind: 'tool',
      uses: 'data.echo',
      depends_on: ['ask'],
      with: { text: '${{ steps.hello.output.text }}' },
    },
  ],
};

it('a plan with a tool of the user runs, waits for a person, goes on, and has its figures', async () => {
  const request = {
    plan,
    workflowId: 'greet',
    config: { workflow_type: 'greeting', custom_metadata: { name: 'Ann' } },
  };
  const waiting = await engine.run(request);
  expect(waiting).toMatchObject({
    context: { status: 'waiting', workflow_type: 'greeting' },
    memory: { greeted: 'Ann' },
  });
  expect(waiting.completed_tasks.map(({ id }) => id)).toEqual(['hello']);

  const asked: string[] = [];
  const done = await engine.run({ ...request, onApproval: ({ question }) => (asked.push(question), 'approve') });
  expect(asked).toEqual(['Go on?']);
  expect(done.context).toMatchObject({ status: 'completed', custom_metadata: { name: 'Ann' } });
  expect(done.completed_tasks.map(({ id }) => id)).toEqual(['hello', 'ask', 'end']);
  expect(done.completed_tasks[2]?.output).toEqual({ inline: { text: 'Hello Ann' } });
  expect(done.execution_history.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['JOB.CREATED', 'TASK.COMPLETED', 'APPROVAL.DECIDED', 'JOB.COMPLETED']),
  );

  const observer = engine.observe('greet');
  expect(await observer.getMetrics()).toMatchObject({ success_rate: 1, tasks: { total: 3, completed: 3, failed: 0 } });
  await observer.saveState(join(dir, 'state.json'));
  const state = JSON.parse(readFileSync(join(dir, 'state.json'), 'utf8')) as WorkflowState;
  expect(state).toMatchObject({ context: { job_id: 'greet' }, memory: { greeted: 'Ann' } });
  const lines: string[] = [];
  await observer.printSummary((line) => void lines.push(line));
  expect(lines[1]).toBe('  tasks         3 of 3 completed, 0 failed');
});

it('failed tasks are tried once more as often as the caller says, and a failure is a result', async () => {
  const steps: WrittenPlan['steps'] = [{ id: 'look', kind: 'tool', uses: 'file.read', with: { path: 'none.txt' } }];
  const result = await engine.run({ plan: { name: 'read nothing', steps }, config: { max_retries: 1 } });
  expect(result.context).toMatchObject({ status: 'failed' });
  expect(result.failed_tasks.map(({ id, error }) => [id, error?.type])).toEqual([['look', 'file.not_found']]);
  const ends = result.execution_history.filter(({ event }) => event === 'JOB.FAILED');
  expect(ends).toHaveLength(2);
});

it('a definition written in TypeScript is kept, changed only where it says something new, and executed', async () => {
  expect(await engine.define(leadProcessing)).toMatchObject({ id: 'lead-processing', version: 1 });
  expect(await engine.define(leadProcessing)).toMatchObject({ version: 1 });
  const events: string[] = [];
  const { status, result } = await engine.execute(leadProcessing, {
    input: { lead: { name: 'Ann', email: 'ann@acme.example' }, sender: 'Bo' },
    onEvent: ({ event_type }) => void events.push(event_type),
  });
  expect(status).toBe('completed');
  const mail: string | undefined = result?.mail;
  expect([result?.decision, mail?.slice(0, 10)]).toEqual(['more_needed', 'A few ques']);
  expect(events.at(-1)).toBe('WORKFLOW.COMPLETED');
});
