/** What waits for people, of all processes in one list, as the console asks for it. */
import type { RunningApi } from '../../api/server';
import type { DefinitionStep } from '../../schemas/definition/definition';
import type { Inbox, InboxItem } from '../../schemas/inbox/api';
import type { Change } from '../../schemas/live';
import type { Overview } from '../../schemas/overview/api';
import { callsOf } from '../support/http-calls';
import { plainReader } from '../support/order-reader';
import { startServed } from '../support/served';
import type { Stack } from '../support/stack';
import { until } from '../support/until';

let stack: Stack;
let api: RunningApi;
beforeAll(
  async () => void ({ stack, api } = await startServed({ tools: plainReader, env: { ORDER_FOUR_EYES: 'on' } })),
);
afterAll(async () => {
  await api.stop();
  await stack.stop();
});

const { call, post } = callsOf(() => api.url);
const inbox = async (query = '') => (await call<Inbox>(`/inbox${query}`)).body;
const approval: DefinitionStep = {
  ...{
    step_id: 'send',
    step_type: 'approval',
    approval: { question: 'Send the letters?', assignee: 'bob', expire_after: '1h' },
  },
};
const plan = { name: 'a job', steps: [{ id: 'a', kind: 'tool', uses: 'test.work', with: {} }] };

/** An order as a mail has brought it; its id. */
async function order(delivery: object): Promise<string> {
  const files = [{ name: 'order.csv', text: 'Reference;Quantity\nA-1;2\nA-2;3\n' }];
  const letter = { from_email: 'a@example.com', subject: 'New order', ...delivery, files };
  return (await post<{ order_id: string }>('/orders/inbox', letter)).body.order_id;
}

/** Hints from the stream of changes, as they come. */
async function listen(): Promise<{ hints: Change[]; text: () => string; close: () => void }> {
  const stop = new AbortController();
  const { body } = await fetch(`${api.url}/changes`, { signal: stop.signal });
  let text = '';
  const hints: Change[] = [];
  const read = async () => {
    for await (const chunk of body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      hints.splice(0, Infinity, ...[...text.matchAll(/^id: .*\ndata: (.*\})\n\n/gm)].map((m) => JSON.parse(m[1]!)));
    }
  };
  read().catch(() => undefined);
  await until(async () => text.includes('event: live'));
  return { hints, text: () => text, close: () => stop.abort() };
}

it('shows what waits in all processes, the most urgent first, and what was decided', async () => {
  const changes = await listen();
  const own = await order({ delivery_address: '1 Main St', delivery_date: '2999-01-02' });
  const blocked = await order({});
  await post('/jobs', { job_id: 'planned', goal: 'write a letter', mode: 'plan', plan });
  const { body: letters } = await post<{ id: string }>('/api/v1/workflows', { name: 'Letters', steps: [approval] });
  await post(`/api/v1/workflows/${letters.id}/execute`, { execution_id: 'letters' });
  await post('/initial-request', { project_id: 'rows', request_text: 'audit my week' });
  await until(async () => (await inbox()).total === 5, 60_000);

  const { items, counts, silent, next_cursor } = await inbox();
  expect(counts).toEqual({ order: 2, plan: 1, approval: 1, clarification: 1 });
  expect([silent, next_cursor]).toEqual([undefined, undefined]);
  expect(items[0]).toMatchObject({ subject: blocked, kind: 'order', blocking: true });
  expect(items.slice(1).every(({ blocking }) => !blocking)).toBe(true);
  const due = items.slice(1).map(({ due_at }) => due_at ?? '');
  expect(due).toEqual([...due].sort());
  const of = (subject: string) => items.find((item) => item.subject === subject) as InboxItem;
  expect(of(own)).toMatchObject({
    mine: false,
    reason: expect.stringContaining('somebody else'),
    withheld: ['approve'],
  });
  expect(of(own).links).toMatchObject({ self: `/orders/${own}`, validate: `/orders/${own}/validate` });
  expect(of('letters')).toMatchObject({
    assignee: 'bob',
    mine: false,
    reason: 'bob is asked.',
    title: 'Letters, letters',
  });
  expect(of('planned')).toMatchObject({ title: 'write a letter', process: 'job', choices: ['approve', 'reject'] });
  expect(of('rows')).toMatchObject({ kind: 'clarification', choices: ['provide', 'decline'], mine: true });

  // pages pass over nothing, although what is decided leaves the list meanwhile
  const first = await inbox('?limit=2');
  const second = await inbox(`?limit=200&cursor=${first.next_cursor}`);
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(items.map(({ id }) => id));
  expect(await inbox('?mine=true')).toMatchObject({ total: 2, counts: { plan: 1, clarification: 1 } });
  expect(await inbox('?kind=approval&q=LETTERS')).toMatchObject({ total: 1, items: [{ subject: 'letters' }] });
  expect((await call('/inbox?kind=nothing')).status).toBe(422);

  const { approval_id, digest, links } = of('planned');
  expect((await post(links.decide ?? '', { approval_id, choice: 'approve', digest })).status).toBe(200);
  const { links: send, ...asked } = of('letters');
  await post(send.decide ?? '', { approval_id: asked.approval_id, choice: 'approve', comment: 'checked' });
  await post(`/orders/${own}/reject`, { reason: 'not ours' });
  await until(async () => (await inbox()).total === 2);
  await until(async () => (await inbox('?state=decided')).total === 3);
  const decided = await inbox('?state=decided');
  expect(decided).toMatchObject({ counts: { order: 1, plan: 1, approval: 1 } });
  expect(decided.partial).toBeUndefined();
  expect(decided.items).toMatchObject([
    { subject: own, mine: true, decision: { choice: 'reject', by: 'local' } },
    { subject: 'letters', title: 'Letters, letters', decision: { choice: 'approve', comment: 'checked' } },
    { subject: 'planned', decision: { choice: 'approve', verified: true } },
  ]);

  await until(async () => changes.hints.some(({ event_type }) => event_type === 'ORDER.REJECTED'));
  const told = changes.hints.filter(({ subject }) => subject === own);
  expect(told.map(({ seq }) => seq)).toEqual(told.map((_, i) => i + 1));
  expect(told[0]).toEqual({
    ...{ workflow_id: of(own).workflow_id, subject: own, process: 'order' },
    ...{ event_type: 'ORDER.RECEIVED', seq: 1, at: expect.any(String) },
  });
  expect(changes.text()).not.toContain('not ours');
  changes.close();
});

it('tells at a glance what waits, fails and goes on', async () => {
  const steps = [{ ...plan.steps[0], uses: 'no.such_tool' }];
  await post('/jobs', { job_id: 'broken', goal: 'break', plan: { ...plan, steps } });
  let overview: Overview | undefined;
  await until(async () => {
    overview = (await call<Overview>('/overview')).body;
    return (overview.failing?.length ?? 0) > 0 && overview.under_way?.total === 2;
  }, 20_000);
  expect(overview).toMatchObject({
    waiting: { total: 2, by_kind: { order: 1, clarification: 1 }, silent: 0 },
    failing: [
      {
        subject: 'broken',
        process: 'job',
        error: { message: expect.any(String) },
        links: { self: expect.any(String) },
      },
    ],
    under_way: { by_process: { order: 1, audit: 1 } },
    dead_letters: { total: expect.any(Number) },
  });
  expect(overview?.health).toEqual((await call<{ dependencies: unknown }>('/health')).body.dependencies);
});
