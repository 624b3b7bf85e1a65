/** The registry of agents, as the API gives it. */
import { RedisUnavailable } from '../../../src/redis/errors';
import type { RegisteredAgent } from '../../../src/streams/agent-registry';
import type { AgentState } from '../../../src/streams/agents-state';
import { openDoor } from './door';

const totals = { calls: 3, failures: 1, successes: 2, busy_ms: 30, average_ms: 15 };
const report = (worker: string, change: Partial<AgentState> = {}): AgentState => ({
  ...{ agent: 'sales', worker, reported_at: '2026-01-01T00:00:00.000Z', status: 'idle', breaker: 'closed' },
  ...{ calls: 1, failures: 0, successes: 1, busy_ms: 10, average_ms: 10 },
  ...change,
});
const about = { description: 'd', input: { type: 'object' }, output: {} };
const task = { name: 'qualify_lead', description: 't', given: {}, output: {}, example: { task: 'qualify_lead' } };
const open = { status: 'unavailable', breaker: 'open' } as const;
const known: RegisteredAgent[] = [
  { statements: [{ name: 'gone', version: '1', ...about, tasks: [] }], reports: [], totals },
  {
    statements: ['2', '1'].map((version) => ({ name: 'sales', version, ...about, tasks: [task] })) as never,
    reports: [report('a:1'), report('b:2', open)],
    totals,
  },
  { statements: [{ name: 'shut', version: '1', ...about, tasks: [] }], reports: [report('a:1', open)], totals },
];
let away = false;

let url: string;
let close: () => void;
beforeAll(async () => {
  const read = async () => (away ? Promise.reject(new RedisUnavailable('away', true)) : known);
  ({ url, close } = await openDoor({
    ...{ agents: { read } },
  }));
});
afterAll(() => close());

const get = async (path: string) => {
  const answer = await fetch(url + path);
  return { status: answer.status, body: (await answer.json()) as object };
};

it('lists every agent with its tasks and how it is over all workers', async () => {
  expect(await get('/api/v1/agents')).toMatchObject({
    status: 200,
    body: {
      agents: [
        { name: 'gone', status: 'absent', breaker: 'closed', worker_count: 0 },
        {
          ...{ name: 'sales', version: '2', tasks: ['qualify_lead'], status: 'degraded', breaker: 'half_open' },
          ...{ worker_count: 2, totals, links: { self: '/api/v1/agents/sales' } },
        },
        { name: 'shut', status: 'unavailable', breaker: 'open' },
      ],
    },
  });
});

it('shows an agent with its schemas, its tasks and each worker', async () => {
  const { body } = await get('/api/v1/agents/sales');
  expect(body).toMatchObject({
    ...{ input: about.input, tasks: [task], versions: ['2', '1'] },
    workers: [
      { worker: 'a:1', breaker: 'closed' },
      { worker: 'b:2', status: 'unavailable' },
    ],
  });
  expect(await get('/api/v1/agents/nobody')).toMatchObject({ status: 404 });
});

it('says so while Redis is away', async () => {
  away = true;
  expect(await get('/api/v1/agents')).toMatchObject({ status: 503 });
});
