import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApi, type RunningApi } from '../../api/server';
import type { Project, RequestAccepted } from '../../schemas/audit/api';
import type { Envelope } from '../../schemas/envelope';
import type { Config } from '../../src/config';
import { freePorts } from '../../src/local/ports';
import { listRunning, stopProcess } from '../../src/local/process';
import { startTemporal } from '../../src/local/temporal';
import { createLogger } from '../../src/logging';
import { createTemporal, type TemporalPort } from '../../src/temporal/client';
import { startWorker, type RunningWorker } from '../../workers/main';
import { servers, testConfig, workflowBundle } from '../setup/servers';

const folders: string[] = [];
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'awe-api-test-'));
  folders.push(path);
  return path;
};
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

async function configure(more: Record<string, string> = {}): Promise<Config> {
  const [port] = await freePorts(1);
  const dir = folder();
  return testConfig({
    AWE_PORT: String(port),
    ARTIFACTS_DIR: join(dir, 'storage'),
    AWE_STATE_DIR: join(dir, 'state'),
    ...more,
  });
}

interface Answer {
  status: number;
  headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever the server says
  body: any;
}

function client(url: string) {
  const call = async (method: string, path: string, init: RequestInit = {}): Promise<Answer> => {
    const answer = await fetch(url + path, { method, ...init });
    const text = await answer.text();
    const json = answer.headers.get('content-type')?.includes('json') ?? false;
    return { status: answer.status, headers: answer.headers, body: json && text !== '' ? JSON.parse(text) : text };
  };
  return {
    get: (path: string, headers: Record<string, string> = {}) => call('GET', path, { headers }),
    post: (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      call('POST', path, {
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      }),
    form: (path: string, form: FormData, headers: Record<string, string> = {}) =>
      call('POST', path, { body: form, headers }),
    call,
  };
}

/** Reads a stream of events until it ends, or until `enough`. */
async function readEvents(
  url: string,
  headers: Record<string, string> = {},
  enough: (events: Envelope[]) => boolean = () => false,
): Promise<{ events: Envelope[]; ids: number[]; end?: { status: string; seq: number } }> {
  const abort = new AbortController();
  const answer = await fetch(url, { headers, signal: abort.signal });
  expect(answer.status).toBe(200);
  const events: Envelope[] = [];
  const ids: number[] = [];
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    rest += decoder.decode(chunk, { stream: true });
    for (let at = rest.indexOf('\n\n'); at >= 0; at = rest.indexOf('\n\n')) {
      const block = rest.slice(0, at);
      rest = rest.slice(at + 2);
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      const data = field('data');
      if (data === undefined) continue;
      if (field('event') === 'end') return { events, ids, end: JSON.parse(data) };
      ids.push(Number(field('id')));
      events.push(JSON.parse(data));
      if (enough(events)) {
        abort.abort();
        return { events, ids };
      }
    }
  }
  return { events, ids };
}

const rows = [
  { category: 'Invoicing', estimated_minutes: 45, text: 'Re-type delivery notes into the ERP' },
  { category: 'Invoicing', estimated_minutes: 30, text: 'Wait for the approval of the team lead' },
  { category: 'Mail', estimated_minutes: 60, text: 'Answer questions on the state of orders' },
];
const work = { rows, hourly_rate: 42, period: { type: 'monthly', working_days: 21 } };

async function until<T>(what: () => Promise<T | undefined | false>, ms = 60_000): Promise<T> {
  for (const end = Date.now() + ms; ;) {
    const value = await what();
    if (value) return value;
    if (Date.now() > end) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

describe('with a worker', () => {
  let config: Config;
  let api: RunningApi;
  let worker: RunningWorker;
  let http: ReturnType<typeof client>;
  let temporal: TemporalPort;

  beforeAll(async () => {
    config = await configure();
    worker = await startWorker(config, createLogger(config, 'worker'), { bundlePath: workflowBundle().codePath });
    api = await startApi(config, createLogger(config, 'api'));
    http = client(api.url);
    temporal = createTemporal(config);
  });
  afterAll(async () => {
    await api?.stop();
    await worker?.stop();
    await temporal?.close();
  });

  const ended = (id: string) =>
    until(async () => {
      const { body } = await http.get(`/projects/${id}`);
      return ['completed', 'failed', 'cancelled'].includes(body.status) && (body as Project);
    });
  const executions = async (id: string) =>
    (
      await temporal.call((c) =>
        c.workflowService.countWorkflowExecutions({ namespace: 'default', query: `AweSubject = '${id}'` }),
      )
    ).count;

  test('is ready, and says so of every dependency', async () => {
    await until(async () => (await http.get('/ready')).status === 200);
    const { body } = await http.get('/health');
    expect(body.status).toBe('ok');
    expect(body.dependencies.map((d: { name: string }) => d.name)).toEqual(
      expect.arrayContaining(['temporal', 'redis', 'document_store', 'workers:workflows', 'workers:agents']),
    );
  });

  test('a request with rows becomes a project whose deliverables can be fetched', async () => {
    const { status, body, headers } = await http.post('/initial-request', {
      request_text: 'full audit',
      work_context: work,
    });
    expect(status).toBe(202);
    const accepted = body as RequestAccepted;
    expect(accepted.project_id).toMatch(/^P-\d{8}-[0-9a-f]{10}$/);
    expect(headers.get('location')).toBe(`/projects/${accepted.project_id}`);

    const project = await ended(accepted.project_id);
    expect(project).toMatchObject({
      status: 'completed',
      rows: 3,
      requested_by: 'local',
      correlation_id: accepted.correlation_id,
    });
    expect(project.items.length).toBeGreaterThanOrEqual(4);
    const { body: answer } = await http.get(accepted.links.deliverables as string);
    const [artifact] = answer.deliverables[0].artifacts;
    for (const address of [artifact.href, `/artifacts/${artifact.artifact_id}`]) {
      const file = await http.call('GET', address);
      expect(file.status).toBe(200);
      expect(file.headers.get('etag')).toBe(`"${artifact.artifact_id}"`);
      expect(file.headers.get('x-content-type-options')).toBe('nosniff');
      expect(file.headers.get('content-security-policy')).toContain('sandbox');
      const again = await http.get(address, { 'if-none-match': `"${artifact.artifact_id}"` });
      expect(again.status).toBe(304);
      const part = await fetch(api.url + address, { headers: { range: 'bytes=1-4' } });
      expect([part.status, (await part.arrayBuffer()).byteLength, part.headers.get('content-range')]).toEqual([
        206,
        4,
        `bytes 1-4/${artifact.bytes}`,
      ]);
    }
    expect((await http.get(accepted.links.steps as string)).body.steps.length).toBeGreaterThan(0);
    const first = (await http.get(`${accepted.links.steps}?limit=1`)).body;
    expect(first.steps).toHaveLength(1);
    const second = (await http.get(`${accepted.links.steps}?limit=1&cursor=${first.next_cursor}`)).body;
    expect(second.steps[0].id).not.toBe(first.steps[0].id);
  });

  test('its events come over SSE from the first to the last, live, and resume without gap or repeat', async () => {
    const { body } = await http.post('/initial-request', { request_text: 'audit with a listener', work_context: work });
    const address = api.url + body.links.events;
    const [whole, other] = await Promise.all([
      readEvents(address),
      readEvents(api.url + `/runs/${body.workflow_id}/events`),
    ]);
    expect(whole.end).toMatchObject({ status: 'completed', seq: whole.ids.at(-1) });
    expect(whole.ids).toEqual(whole.ids.map((_, i) => i + 1));
    expect(other.ids).toEqual(whole.ids);
    expect(whole.events[0]?.event_type).toBe('PROJECT.INITIAL_REQUEST_RECEIVED');
    expect(whole.events.at(-1)?.event_type).toBe('PROJECT.COMPLETED');

    const later = await readEvents(address, { 'last-event-id': '3' });
    expect(later.ids).toEqual(whole.ids.slice(3));
    expect((await readEvents(`${address}?after=5`)).ids).toEqual(whole.ids.slice(5));
    const done = await fetch(address, { headers: { 'last-event-id': String(whole.ids.at(-1)) } });
    expect(done.status).toBe(204);
  });

  test('one Idempotency-Key 50 times at once starts one project; another body is refused', async () => {
    const key = randomUUID();
    const body = { request_text: 'fifty times', work_context: work };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => http.post('/initial-request', body, { 'idempotency-key': key })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map((a) => JSON.stringify(a.body))).size).toBe(1);
    const id = answers[0]?.body.project_id as string;
    await until(async () => Number(await executions(id)) === 1);
    const replayed = await http.post('/initial-request', body, { 'idempotency-key': key });
    expect(replayed.headers.get('idempotent-replayed')).toBe('true');
    expect(replayed.body).toEqual(answers[0]?.body);
    const other = await http.post('/initial-request', { request_text: 'another' }, { 'idempotency-key': key });
    expect([other.status, other.body.type]).toEqual([422, 'urn:awe:problem:idempotency-key-reused']);
  });

  test('the same project with the same request is the same project; with another it is a conflict', async () => {
    const id = `T-${randomUUID().slice(0, 8)}`;
    const first = await http.post('/initial-request', { project_id: id, request_text: 'one', work_context: work });
    const again = await http.post('/initial-request', { project_id: id, request_text: 'one', work_context: work });
    expect(again.body).toEqual(first.body);
    await ended(id);
    const late = await http.post('/initial-request', { project_id: id, request_text: 'one', work_context: work });
    expect(late.body).toEqual(first.body);
    const other = await http.post('/initial-request', { project_id: id, request_text: 'two' });
    expect([other.status, other.body.type]).toEqual([409, 'urn:awe:problem:conflict']);
  });

  test('a project without rows asks, and takes the first answer of fifty', async () => {
    const { body } = await http.post('/initial-request', { request_text: 'audit without rows' });
    const list = `/projects/${body.project_id}/clarifications`;
    const question = await until(async () => (await http.get(list)).body.clarifications?.[0]);
    expect(question).toMatchObject({ status: 'open', choices: ['provide', 'decline'] });
    const address = question.links.answer as string;

    expect((await http.post(address, { choice: 'provide' })).body.errors[0].pointer).toBe('/work_context/rows');
    expect((await http.post(address, { choice: 'maybe' })).status).toBe(422);
    expect((await http.post(`${list}/nothing`, { choice: 'decline' })).status).toBe(404);
    const stale = await http.post(address, { choice: 'decline' }, { 'if-match': '"sha256:0"' });
    expect(stale.status).toBe(412);

    const provide = { work_context: work, comment: 'here they are' };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => http.post(address, i % 2 === 0 ? provide : { choice: 'decline' })),
    );
    const won = answers.filter(({ status }) => status === 200);
    const lost = answers.filter(({ status }) => status === 409);
    expect([won.length, lost.length]).toEqual([25, 25]);
    const choices = new Set(won.map((a) => a.body.decision.choice));
    expect(choices.size).toBe(1);
    expect(new Set(lost.map((a) => a.body.decision.decision_id))).toEqual(new Set([won[0]?.body.decision.decision_id]));

    const project = await ended(body.project_id);
    expect(project.clarifications[0]?.decision).toMatchObject({ by: 'local', channel: 'api', verified: true });
    // and from the record, once the run has closed
    const winner = choices.has('provide') ? provide : { choice: 'decline' };
    const loser = choices.has('provide') ? { choice: 'decline' } : provide;
    expect((await http.post(address, winner)).status).toBe(200);
    const named = { ...winner, decision_id: won[0]?.body.decision.decision_id, comment: 'said again, in other words' };
    const repeated = await http.post(address, named);
    expect([repeated.status, repeated.body.outcome]).toEqual([200, 'repeated']);
    expect((await http.post(address, loser)).status).toBe(409);
    expect((await http.post(`${list}/nothing`, { choice: 'decline' })).status).toBe(404);
  });

  test('a decision that is too large for a run is 413, whatever it names, and the run goes on waiting', async () => {
    const { body } = await http.post('/initial-request', { request_text: 'audit without rows' });
    await until(async () => (await http.get(body.links.self)).body.status === 'waiting');
    const data = { work_context: { rows: [{ category: 'x', estimated_minutes: 1, text: 'x'.repeat(2_500_000) }] } };
    for (const approval_id of ['rows', 'nothing']) {
      const answer = await http.post(`/runs/${body.workflow_id}/decide`, { approval_id, choice: 'provide', data });
      expect([answer.status, answer.body.type]).toEqual([413, 'urn:awe:problem:too-large']);
      expect(answer.body.detail).toContain('128 KiB');
    }
    expect((await http.post('/initial-request', { request_text: '\u{1f4e6}'.repeat(20_000) })).status).toBe(202);
    await http.post(`/projects/${body.project_id}/clarifications/rows`, { choice: 'decline' });
    expect((await ended(body.project_id)).status).toBe('completed');
  });

  test('rows come in a spreadsheet, in English or French', async () => {
    const form = new FormData();
    form.set('request_text', 'audit des ventes');
    form.set('hourly_rate', '42,50');
    form.set('period_type', 'monthly');
    form.set('working_days', '21');
    form.set('language', 'fr');
    form.set(
      'file',
      new Blob(['Catégorie;Minutes estimées;Description\nFacturation;45;Ressaisie\nCourrier;12,5;"Attente; accord"\n']),
      'lignes.csv',
    );
    const { status, body } = await http.form('/initial-request', form);
    expect([status, body.detail]).toEqual([202, undefined]);
    expect((await ended(body.project_id)).rows).toBe(2);
  });

  test('a project can be cancelled, and then not again', async () => {
    const { body } = await http.post('/initial-request', { request_text: 'to be cancelled' });
    expect((await http.post(`/projects/${body.project_id}/pause`)).status).toBe(202);
    expect((await http.post(`/projects/${body.project_id}/resume`)).status).toBe(202);
    expect((await http.post(`/projects/${body.project_id}/cancel`)).status).toBe(202);
    expect((await ended(body.project_id)).status).toBe('cancelled');
    expect((await http.post(`/projects/${body.project_id}/cancel`)).status).toBe(409);
    expect((await http.post('/projects/nobody/cancel')).status).toBe(404);
  });

  test('a stream ends when its run is terminated from outside', async () => {
    const { body } = await http.post('/initial-request', { request_text: 'to be terminated' });
    const reading = readEvents(api.url + body.links.events);
    await until(async () => (await http.get(`/projects/${body.project_id}/clarifications`)).body.clarifications?.[0]);
    await temporal.call((c) => c.workflow.getHandle(body.workflow_id).terminate('test'));
    expect((await reading).end).toMatchObject({ status: 'failed' });
  });

  test('what Temporal has forgotten is answered from the record', async () => {
    const request = { project_id: `T-${randomUUID().slice(0, 8)}`, request_text: 'long ago', work_context: work };
    const { body: first } = await http.post('/initial-request', request);
    const before = await ended(request.project_id);
    const whole = await readEvents(api.url + first.links.events);
    const execution = { workflowId: first.workflow_id };
    await temporal.call((c) =>
      c.workflowService.deleteWorkflowExecution({ namespace: 'default', workflowExecution: execution }),
    );
    await until(async () => Number(await executions(request.project_id)) === 0);

    // the end is in the record, but not yet in the run's own view while it mirrors its last events
    expect((await http.get(first.links.self)).body).toEqual({
      ...before,
      ended_at: expect.any(String),
      outcome: 'completed',
    });
    expect((await http.post('/initial-request', request)).body).toEqual(first);
    expect((await http.post('/initial-request', { ...request, request_text: 'other' })).status).toBe(409);
    expect((await readEvents(api.url + first.links.events)).ids).toEqual(whole.ids);
    expect((await http.get(first.links.steps)).body.steps.length).toBeGreaterThan(0);
    expect((await http.post(`${first.links.self}/cancel`)).status).toBe(409);
    expect((await http.post(`${first.links.clarifications}/rows`, { choice: 'decline' })).status).toBe(404);
    expect(Number(await executions(request.project_id))).toBe(0);
    const { body: list } = await http.get('/projects?limit=200');
    expect(list.projects.filter((p: { project_id: string }) => p.project_id === request.project_id)).toHaveLength(1);
  });

  test('lists projects by pages, each once, and nothing of another namespace', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { status, body } = await http.get(`/projects?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      expect(status).toBe(200);
      seen.push(...body.projects.map((p: { project_id: string }) => p.project_id));
      cursor = body.next_cursor;
    } while (cursor !== undefined);
    expect(seen.length).toBeGreaterThanOrEqual(3);
    expect(new Set(seen).size).toBe(seen.length);
    for (const forged of ['no', '{"t":"AAAA"}', '{"t":"!"}', '{"r":"../x"}', '{"r":1}', '{"t":"","r":""}']) {
      const { status } = await http.get(`/projects?cursor=${Buffer.from(forged).toString('base64url')}`);
      expect([forged, status]).toEqual([forged, 422]);
    }
    const lists = await Promise.all(Array.from({ length: 100 }, (_, i) => http.get(`/projects?limit=${1 + (i % 50)}`)));
    expect(new Set(lists.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await http.get('/runs/other.audit.0123')).status).toBe(404);
    expect((await http.get('/projects/nobody')).body.detail).toContain('no project nobody');
  });
});

describe('without a worker', () => {
  let config: Config;
  let api: RunningApi;
  let http: ReturnType<typeof client>;

  beforeAll(async () => {
    config = await configure();
    api = await startApi(config, createLogger(config, 'api'));
    http = client(api.url);
  });
  afterAll(() => api?.stop());

  test('accepts requests, and says 503 with Retry-After for what needs a worker', async () => {
    const { status, body } = await http.post('/initial-request', { request_text: 'nobody is there' });
    expect(status).toBe(202);
    for (const call of [
      () => http.get(body.links.self),
      () => http.get(body.links.events),
      () => http.post(`/projects/${body.project_id}/clarifications/rows`, { choice: 'decline' }),
    ]) {
      const answer = await call();
      expect([answer.status, answer.body.type]).toEqual([503, 'urn:awe:problem:no-worker']);
      expect(answer.headers.get('retry-after')).toBe('5');
    }
    expect((await http.get('/ready')).status).toBe(503);
    expect((await http.get('/health')).body.status).toBe('degraded');
    expect((await http.get('/projects')).body.projects).toHaveLength(1);
  });
});

describe('without Redis', () => {
  test('everything goes on, events come from the runs, and health says degraded', async () => {
    const [port] = await freePorts(1);
    const config = await configure({ REDIS_URL: `redis://127.0.0.1:${port}` });
    const worker = await startWorker(config, createLogger(config, 'worker'), { bundlePath: workflowBundle().codePath });
    const api = await startApi(config, createLogger(config, 'api'));
    try {
      const http = client(api.url);
      const { status, body } = await http.post('/initial-request', { request_text: 'no Redis', work_context: work });
      expect(status).toBe(202);
      const { ids, end } = await readEvents(api.url + body.links.events);
      expect(ids).toEqual(ids.map((_, i) => i + 1));
      expect(end).toMatchObject({ status: 'completed', seq: ids.length });
      await until(async () => (await http.get('/ready')).status === 200);
      const { body: health } = await http.get('/health');
      expect(health.status).toBe('degraded');
      const { body: delivered } = await http.get(body.links.deliverables);
      const [artifact] = delivered.deliverables[0].artifacts;
      expect((await http.get(`/artifacts/${artifact.artifact_id}`)).status).toBe(200);
    } finally {
      await api.stop();
      await worker.stop();
    }
  });
});

describe('without Temporal', () => {
  test('starts, and answers 503 within 5 seconds until it is there', async () => {
    const [port] = await freePorts(1);
    const config = await configure({ TEMPORAL_ADDRESS: `127.0.0.1:${port}` });
    const api = await startApi(config, createLogger(config, 'api'));
    try {
      const http = client(api.url);
      for (const call of [
        () => http.post('/initial-request', { request_text: 'x' }, { 'idempotency-key': 'k' }),
        () => http.get('/projects/P1'),
        () => http.get('/projects'),
        () => http.post('/projects/P1/cancel'),
      ]) {
        const answer = await call();
        expect([answer.status, answer.body.type]).toEqual([503, 'urn:awe:problem:unavailable']);
        expect(answer.headers.get('retry-after')).toBe('5');
      }
      expect((await http.get('/health')).status).toBe(200);
      expect((await http.get('/ready')).status).toBe(503);

      // a refused request is finished by the next try with the same key, and only once
      const runDir = folder();
      await startTemporal({ binary: servers().temporalBinary, port: port ?? 0, runDir, log: join(runDir, 'log') });
      try {
        const again = () => http.post('/initial-request', { request_text: 'x' }, { 'idempotency-key': 'k' });
        const accepted = await until(async () => (await again()).status === 202 && (await again()), 60_000);
        expect((await again()).body).toEqual(accepted.body);
        const list = await until(async () => {
          const { body } = await http.get('/projects');
          return body.projects?.length > 0 && body.projects;
        });
        expect(list).toMatchObject([{ project_id: accepted.body.project_id, status: 'running' }]);
      } finally {
        for (const record of listRunning(runDir)) await stopProcess(runDir, record, 5_000);
      }
    } finally {
      await api.stop();
    }
  });
});

describe('forms that mean no good', () => {
  let config: Config;
  let api: RunningApi;
  let http: ReturnType<typeof client>;
  const uploads = () => readdirSync(join(config.stateDir, 'uploads'));

  beforeAll(async () => {
    config = await configure({ AWE_UPLOAD_LIMIT_MB: '1', AWE_BODY_LIMIT_MB: '1' });
    api = await startApi(config, createLogger(config, 'api'));
    http = client(api.url);
  });
  afterAll(() => api?.stop());
  afterEach(() => until(async () => uploads().length === 0, 5_000));

  const form = (fields: Record<string, string>, file?: Blob, field = 'file') => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    if (file) data.set(field, file, '../../etc/passwd.csv');
    return data;
  };
  const csv = new Blob(['category,minutes,text\na,1,b\n']);

  test.each([
    ['a file in a wrong field', () => form({ request_text: 'x' }, csv, 'other'), 422],
    ['a file that is too large', () => form({ request_text: 'x' }, new Blob([new Uint8Array(1_500_000)])), 413],
    ['an unknown field', () => form({ request_text: 'x', evil: 'y' }), 422],
    ['brackets in a name', () => form({ request_text: 'x', 'a[b][c]': 'y' }), 422],
    ['a missing text', () => form({}, csv), 422],
    ['a number that is none', () => form({ request_text: 'x', hourly_rate: 'much' }), 422],
    ['a work context that is no JSON', () => form({ request_text: 'x', work_context: '{' }), 422],
    ['a binary that is no spreadsheet', () => form({ request_text: 'x' }, new Blob([new Uint8Array(100)])), 422],
    ['a table without columns of work', () => form({ request_text: 'x' }, new Blob(['a,b\n1,2\n'])), 422],
    ['a flood of fields', () => form(Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`f${i}`, 'x']))), 400],
  ])('%s is refused', async (_, make, status) => {
    const answer = await http.form('/initial-request', make());
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|\/tmp\/|at .*\.ts/);
  });

  test('two fields of one name, and two files, are refused', async () => {
    const twice = form({ request_text: 'x' });
    twice.append('request_text', 'y');
    expect((await http.form('/initial-request', twice)).status).toBe(422);
    const two = form({ request_text: 'x' }, csv);
    two.append('file', csv, 'b.csv');
    expect((await http.form('/initial-request', two)).status).toBe(422);
  });

  test('a body that says multipart and is not one is refused', async () => {
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x']) {
      const { status } = await http.call('POST', '/initial-request', {
        body: 'hello',
        headers: { 'content-type': type },
      });
      expect(status).toBe(400);
    }
  });

  test('hundreds of aborted uploads leave no file and no connection', async () => {
    const { port } = new URL(api.url);
    const one = () =>
      new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => {
          socket.write(
            'POST /initial-request HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n' +
              'Content-Length: 500000\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n' +
              'x'.repeat(20_000),
          );
          setTimeout(() => socket.destroy(), 5 + Math.random() * 20);
        });
        socket.on('close', () => resolve()).on('error', () => undefined);
      });
    for (let round = 0; round < 10; round++) await Promise.all(Array.from({ length: 30 }, one));
    await until(async () => uploads().length === 0, 60_000);
    expect((await http.get('/health')).status).toBe(200);
  });
});

describe('with keys', () => {
  let api: RunningApi;
  let http: ReturnType<typeof client>;
  const sha = (key: string) => createHash('sha256').update(key).digest('hex');

  beforeAll(async () => {
    const file = join(folder(), 'keys.json');
    const keys = ['requester', 'approver', 'operator', 'admin', 'auditor'].map((role) => ({
      name: `the ${role}`,
      sha256: sha(`key of ${role}`.replaceAll(' ', '-')),
      roles: [role],
    }));
    writeFileSync(file, JSON.stringify({ keys }));
    const config = await configure({ AWE_API_KEYS_FILE: file });
    api = await startApi(config, createLogger(config, 'api'));
    http = client(api.url);
  });
  afterAll(() => api?.stop());

  const key = (role: string) => ({ authorization: `Bearer key-of-${role}` });

  test('each role may do what it is for', async () => {
    const bodies = { request: { request_text: '' }, decision: {} };
    // 422 and 404 mean: authorised, but refused for another reason
    const table: [string, string, unknown, Record<string, number>][] = [
      [
        'POST',
        '/initial-request',
        bodies.request,
        { requester: 422, approver: 403, operator: 403, admin: 422, auditor: 403 },
      ],
      [
        'POST',
        '/projects/x/cancel',
        undefined,
        { requester: 403, approver: 403, operator: 404, admin: 404, auditor: 403 },
      ],
      [
        'POST',
        '/projects/x/clarifications/y',
        bodies.decision,
        { requester: 422, approver: 422, operator: 403, admin: 403, auditor: 403 },
      ],
      [
        'POST',
        '/runs/x/decide',
        bodies.decision,
        { requester: 403, approver: 422, operator: 403, admin: 403, auditor: 403 },
      ],
      ['GET', '/projects/x', undefined, { requester: 404, approver: 404, operator: 404, admin: 404, auditor: 404 }],
    ];
    for (const [method, path, body, expected] of table) {
      for (const [role, status] of Object.entries(expected)) {
        const answer = method === 'GET' ? await http.get(path, key(role)) : await http.post(path, body, key(role));
        expect([method, path, role, answer.status]).toEqual([method, path, role, status]);
      }
      const none = method === 'GET' ? await http.get(path) : await http.post(path, body);
      expect([none.status, none.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="awe"']);
    }
    expect((await http.get('/projects/x', { 'x-api-key': 'key-of-auditor' })).status).toBe(404);
    expect((await http.get('/projects/x', { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await http.get('/health')).status).toBe(200);
  });
});
