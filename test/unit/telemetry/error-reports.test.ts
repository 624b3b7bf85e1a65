import { gunzipSync } from 'node:zlib';
import { Writable } from 'node:stream';
import { createLogger } from '../../../src/logging';
import { startErrorReports } from '../../../src/telemetry/error-reports';
import { withLogFields } from '../../../src/telemetry/scope';
import { startWeb } from '../../support/web';

interface Reported {
  level: string;
  message: string;
  logger: string;
  release: string;
  environment: string;
  tags: Record<string, string>;
  server_name?: string;
  exception?: { values: { type: string; value: string; stacktrace: { frames: { filename: string }[] } }[] };
}

const nowhere = new Writable({ write: (_, __, done) => done() });
const log = () => createLogger({ log: { level: 'info', secrets: ['s3cret-value'] } }, 'worker', nowhere);
const about = { env: 'test' as const, root: process.cwd(), version: '1.2.3' };

/** What a receiver of Sentry gets while something happens. */
async function reportsOf(work: () => void): Promise<{ events: Reported[]; texts: string[] }> {
  const texts: string[] = [];
  const web = await startWeb((_, response) => response.end('{}'));
  const dsn = web.url.replace('//', '//publickey@') + '/42';
  const end = await startErrorReports({ ...about, sentry: { dsn } });
  work();
  await end();
  const events = web.requests.flatMap(({ url, headers, body }) => {
    expect(url).toMatch(/^\/api\/42\/envelope\//);
    const text = headers['content-encoding'] === 'gzip' ? gunzipSync(Buffer.from(body, 'latin1')).toString() : body;
    texts.push(text);
    const [, head = '', item = ''] = text.split('\n');
    return (JSON.parse(head) as { type: string }).type === 'event' ? [JSON.parse(item) as Reported] : [];
  });
  return { events, texts };
}

it('an error of the log reaches Sentry with its class, its place and ids', async () => {
  const { events } = await reportsOf(() => {
    withLogFields({ workflow_id: 'main.job.J-1', step_id: 'save' }, () =>
      log().error({ err: new TypeError('x is not a function') }, 'a step could not be recorded'),
    );
    log().warn('not an error');
    log().fatal('a role died');
  });
  expect(events).toHaveLength(2);
  expect(events[0]).toMatchObject({
    ...{ level: 'error', logger: 'worker', message: 'a step could not be recorded' },
    ...{ release: 'awe@1.2.3', environment: 'test' },
    tags: { workflow_id: 'main.job.J-1', step_id: 'save' },
    exception: { values: [{ type: 'TypeError', value: 'x is not a function' }] },
  });
  const frames = events[0]?.exception?.values[0]?.stacktrace.frames ?? [];
  expect(frames.at(-1)?.filename).toBe('test/unit/telemetry/error-reports.test.ts');
  expect(events[1]).toMatchObject({ level: 'fatal', message: 'a role died' });
});

it('nothing of people, prompts, values, secrets or the machine is sent', async () => {
  const private_ = ['jeanne@acme.example', '+33 6 12 34 56 78', 'Jeanne Moreau', 's3cret-value', 'prompt', 'in home'];
  const { texts } = await reportsOf(() => {
    const [mail = '', phone = '', person = '', secret = '', prompt = '', home = ''] = private_;
    const message = `no ${mail}, ${phone}, "${person}", ${secret}, {"${prompt}": 1}\nsecond line ${person}`;
    const error = Object.assign(new Error(message), { input: person, request: { prompt } });
    error.stack = `Error: ${message}\n    at work (/home/${home}/x.js:1:1)`;
    log().error({ err: error, prompt, body: { person }, email: mail }, 'it failed');
    log().error({ err: Object.assign(new Error(`${person} is away`), { code: 'ECONNREFUSED' }) }, 'no connection');
    log().error({ err: new TypeError(message) }, 'a bug');
  });
  expect(texts).toHaveLength(3);
  for (const word of private_) expect(texts.join()).not.toContain(word);
  expect(texts[1]).toContain('"value":"ECONNREFUSED"');
  expect(texts[0]).not.toMatch(/server_name|"user"|"request"|breadcrumbs|contexts":\{"os/);
  expect(texts[2]).toContain('"value":"no …@…');
});

it('without a DSN nothing is loaded, and nothing is sent after the end', async () => {
  const end = await startErrorReports({ ...about, sentry: { dsn: undefined } });
  log().error('only logged');
  await end();
  const { events } = await reportsOf(() => undefined);
  log().error('after the end');
  expect(events).toEqual([]);
});

it('a fault that repeats is reported a limited number of times', async () => {
  const { events } = await reportsOf(() => {
    for (let i = 0; i < 200; i++) log().error('again');
  });
  expect(events.length).toBeGreaterThan(0);
  // two minutes at most
  expect(events.length).toBeLessThanOrEqual(120);
});
