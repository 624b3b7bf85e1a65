/** Every way to the world is recorded: what a replay answers, what it refuses, and where it is live. */
import { randomBytes } from 'node:crypto';
import { get } from 'node:http';
import { ToolError } from '../../../activities/tools/errors';
import type { Tool } from '../../../activities/tools/tool';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { servers } from '../../setup/servers';
import { scriptedModel, type ScriptedModel } from '../../support/scripted-model';
import { startWeb, type Web } from '../../support/web';
import { inFrontOf } from '../gateway/support';
import { awe } from '../cli/awe';
import { startRecorded, type Recorded } from './support';

let recorded: Recorded;
let web: Web;
let model: ScriptedModel;
let count = 0;

/** calls of `test.service`, which asks by a client of its own */
let asked = 0;
const spec = { version: '1', description: 'a test', input: {}, output: {}, risk: 'low', approval: false } as const;
const service: Tool = {
  spec: { ...spec, name: 'test.service', effect: 'none', retry: { attempts: 3, initialMs: 10, backoff: 1, maxMs: 10 } },
  async run(input, context) {
    const answer = await context.exchange('service', input, async () => {
      asked += 1;
      if (asked % 2 === 1) throw new ToolError({ class: 'transient', type: 'service.busy', message: 'busy' });
      return { asked };
    });
    return { answer, at: context.now(), drawn: context.random() };
  },
};
/** a tool that goes its own way to the world */
const own: Tool = {
  spec: { ...spec, name: 'test.own', effect: 'none' },
  run: async (input) =>
    (input as { by: string }).by === 'fetch'
      ? (await fetch(web.url)).status
      : await new Promise((resolve, reject) => {
          get(web.url, (answer) => answer.resume().on('end', () => resolve(answer.statusCode ?? 0))).on(
            'error',
            reject,
          );
        }),
};

beforeAll(async () => {
  model = await scriptedModel();
  web = await startWeb((request, response) => {
    count += 1;
    if (request.url === '/big') return response.end(randomBytes(300_000));
    if (request.url === '/missing') return response.writeHead(404).end('gone');
    response.setHeader('content-type', 'application/json');
    // the first to be asked answers last
    const n = Number(/n=(\d+)/.exec(request.url)?.[1] ?? 0);
    setTimeout(() => response.end(JSON.stringify({ count, n })), n === 0 ? 0 : 200 - n * 40);
  });
  const database = servers().database;
  const address = new URL(database.url);
  address.password = readFileSync(database.passwordFile, 'utf8').trim();
  const gateway = await inFrontOf(model.url);
  recorded = await startRecorded(
    { WORKER_MODE: 'llm', LLM_GATEWAY_URL: `${gateway.url}/v1`, OPENAI_MAX_RETRIES: '2', DATABASE_URL: address.href },
    [service, own],
  );
}, 60_000);
afterAll(async () => {
  await recorded.stop();
  await model.stop();
});

const tool = (id: string, uses: string, args: object, more: object = {}) =>
  ({ id, kind: 'tool', uses, with: args, ...more }) as never;

it('databases, services, clocks and lists are answered in any order, failures too, and a person is not asked again', async () => {
  const run = await recorded.record('ways', [
    tool('table', 'sql.query', { sql: 'SELECT random() AS drawn, now() AS at' }),
    tool('service', 'test.service', { for: 'me' }),
    tool('missing', 'http.request', { url: `${web.url}/missing` }, { on_error: 'continue' }),
    { id: 'ask', kind: 'approval', approval: { question: 'Go on?', expire_after: '1h' } } as never,
    tool(
      'each',
      'http.request',
      { url: `${web.url}/?n=\${{ item }}` },
      { for_each: '${{ [1, 2, 3, 4] }}', depends_on: ['ask'] },
    ),
    { id: 'rest', kind: 'wait', with: { for: '1s' } } as never,
    tool('keep', 'file.write', {
      path: 'all.json',
      json: { all: '${{ steps.each.output }}', rested: '${{ steps.rest.output }}' },
    }),
  ]);
  const { status, error } = await recorded.ended(run);
  expect({ status, error }).toEqual({ status: 'completed' });
  const before = [web.connections.made, asked];
  const replayed = await recorded.replay(run);
  expect(replayed.differences).toEqual([]);
  expect(replayed).toMatchObject({ identical: true, job: { status: 'completed' } });
  expect([web.connections.made, asked]).toEqual(before);
});

it.each(['fetch', 'http'])('a tool that goes out by a way of its own (%s) is refused in a replay', async (by) => {
  const run = await recorded.record(`own-${by}`, [tool('own', 'test.own', { by })]);
  expect(await recorded.ended(run)).toMatchObject({ status: 'completed' });
  const before = web.connections.made;
  const { identical, job } = await recorded.replay(run);
  expect([identical, job.error?.type]).toEqual([false, 'replay.egress']);
  expect(web.connections.made).toBe(before);
});

it('a step is live with all that depends on it, and the others are not', async () => {
  const run = await recorded.record('live', [
    tool('first', 'http.request', { url: `${web.url}/first` }),
    tool('second', 'http.request', { url: `${web.url}/second?of=\${{ steps.first.output.body.count }}` }),
    tool('third', 'data.echo', { got: '${{ steps.second.output.body }}' }),
    tool('big', 'http.request', { url: `${web.url}/big`, response: 'file' }),
  ]);
  await recorded.ended(run);
  const before = web.requests.length;
  const { identical, accepted, differences } = await recorded.replay(run, { live_from: 'second' });
  expect(accepted.live).toEqual(['second', 'third']);
  expect(web.requests.slice(before).map(({ url }) => url.split('?')[0])).toEqual(['/second']);
  expect(identical).toBe(false);
  expect(differences.map(({ pointer }) => pointer)).toContain('/steps/third/output/got/count');
  // its own recording holds both
  expect(await recorded.replay(accepted.workflow_id)).toMatchObject({ identical: true });
  expect(web.requests).toHaveLength(before + 1);
});

it('an agent’s model and tools are recorded, and another model or prompt is tried', async () => {
  const answer = { answered: true, quotes: [{ source: 'page', text: 'n', shares: ['n'] }], unknown: [] };
  model.says([{ call: 'http__request', with: { url: `${web.url}/page` } }], answer);
  const run = await recorded.record('agent', [
    {
      ...{ id: 'answer', kind: 'agent', uses: 'research' },
      with: { task: 'answer_question', parameters: { question: 'What is n?', sources: [] }, tools: ['http.request'] },
    } as never,
  ]);
  const { status, error } = await recorded.ended(run);
  const before = [model.asked.length, web.requests.length];
  const replayed = await recorded.replay(run);
  expect({ status, error, differences: replayed.differences }).toEqual({ status: 'completed', differences: [] });
  expect([model.asked.length, web.requests.length]).toEqual(before);
  model.says(answer);
  const tried = await recorded.replay(run, { model: 'gpt-4o', prompts: { 'agent.task': 'Answer as a pirate.' } });
  expect([tried.accepted.live, tried.job.error]).toEqual([['answer'], undefined]);
  expect(model.asked.at(-1)).toMatchObject({
    model: 'gpt-4o',
    messages: [{ role: 'system', content: 'Answer as a pirate.' }, {}],
  });
});

it('a recording goes to somebody else as one file, and is replayed there; a changed one is refused', async () => {
  const run = await recorded.record('sent', [
    tool('get', 'http.request', { url: `${web.url}/a` }),
    tool('keep', 'file.write', { path: 'a.json', json: '${{ steps.get.output.body }}' }),
  ]);
  await recorded.ended(run);
  const file = join(recorded.stack.config.store.dir, '..', `${run}.recording`);
  const here = { AWE_PORT: String(recorded.stack.config.http.port) };
  expect(await awe(here, ['recordings', 'export', run, '-o', file])).toMatchObject({ code: 0 });
  const there = await startRecorded({});
  try {
    const port = { AWE_PORT: String(there.stack.config.http.port) };
    const { code, out, err } = await awe(port, ['replay', file]);
    expect({ code, out, err }).toMatchObject({ code: 0, out: [expect.stringMatching(/^identical: sha256:/)] });
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"text":"\{/, '"text":"{ '));
    const changed = await awe(port, ['recordings', 'import', file]);
    expect(changed).toMatchObject({ code: 1, err: expect.stringContaining('its hash differs') });
  } finally {
    await there.stop();
  }
}, 60_000);
