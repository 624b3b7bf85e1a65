/**
 * Large plans, many jobs at once and large outputs, on processes as in production: right, and in bounded memory. With
 * `AWE_SCALE=long` at the size that is promised; else small, so that the suite stays quick.
 */
import { createHash } from 'node:crypto';
import type { Job } from '../../../schemas/job/api';
import type { WrittenPlan, WrittenStep } from '../../../schemas/plan';
import { Fleet } from '../several/fleet';
import { startWeb, type Web } from '../../support/web';
import { until } from '../../support/until';

const IS_LONG = process.env['AWE_SCALE'] === 'long';
const SIZE = IS_LONG
  ? { steps: 1_000, jobs: 200, megabytes: 50, patience: 600_000 }
  : { steps: 200, jobs: 20, megabytes: 5, patience: 60_000 };

/** The most memory of the worker, in MB. */
const MEMORY = 600;

/** Figures, for whoever asks for the long form. */
const say = (line: string) => IS_LONG && process.stderr.write(`${line}\n`);

jest.setTimeout(SIZE.patience + 60_000);

const LINE = 'a row of a large table, of which nobody reads more than one;42\n';
const LINES = Math.ceil((SIZE.megabytes * 1_000_000) / LINE.length);
const NEEDLE = Math.floor(LINES / 2);

let web: Web;
let fleet: Fleet;
const fileHash = createHash('sha256');
beforeAll(async () => {
  const page = LINE.repeat(1_000);
  const lines = (from: number, to: number) => (from <= NEEDLE && NEEDLE < to ? 'needle\n' : '') + page;
  const chunks = Array.from({ length: Math.ceil(LINES / 1_000) }, (_, i) => lines(i * 1_000, (i + 1) * 1_000));
  for (const chunk of chunks) fileHash.update(chunk);
  const rows = JSON.stringify(Array.from({ length: 40_000 }, (_, n) => ({ n, even: n % 2 === 0, words: LINE })));
  web = await startWeb((request, response) => {
    if (request.url === '/rows') return response.setHeader('content-type', 'application/json').end(rows);
    response.setHeader('content-type', 'text/csv');
    for (const chunk of chunks) response.write(chunk);
    return response.end();
  });
  fleet = await Fleet.start('scale', { EGRESS_ALLOW: `127.0.0.1:${web.port}`, AWE_RATE_CHANGES: '0' });
  await Promise.all([fleet.up('api', 'api'), fleet.up('worker', 'worker')]);
  say(`memory of the worker at its start: ${fleet.peakMemory('worker').toFixed(0)} MB`);
}, 120_000);
afterAll(async () => await fleet?.stop());

async function start(job_id: string, plan: WrittenPlan, more: object = {}): Promise<void> {
  const answer = await fetch(`${fleet.url('api')}/jobs`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ job_id, goal: `do ${job_id}`, plan, ...more }),
  });
  if (answer.status !== 202) throw new Error(`${job_id}: ${answer.status} ${await answer.text()}`);
}

async function ended(job_id: string): Promise<Job> {
  let job: Job | undefined;
  await until(async () => {
    const answer = await fetch(`${fleet.url('api')}/jobs/${job_id}`);
    job = answer.status === 200 ? ((await answer.json()) as Job) : undefined;
    return ['completed', 'failed', 'cancelled'].includes(job?.status ?? '');
  }, SIZE.patience);
  return job!;
}

function expectBounded(): void {
  const peak = fleet.peakMemory('worker');
  say(`peak memory of the worker: ${peak.toFixed(0)} MB`);
  expect(peak).toBeLessThan(MEMORY);
}

it(`a plan of ${SIZE.steps} steps gives what its steps have counted`, async () => {
  const chains = 10;
  const length = SIZE.steps / chains;
  const steps = Array.from({ length: SIZE.steps }, (_, i): WrittenStep => {
    const [chain, place] = [i % chains, Math.floor(i / chains)];
    const n = place === 0 ? chain : `\${{ steps.s${i - chains}.output.n + 1 }}`;
    return { id: `s${i}`, kind: 'tool', uses: 'data.echo', with: { n } };
  });
  const last = Array.from({ length: chains }, (_, chain) => `steps.s${SIZE.steps - chains + chain}.output.n`);
  const began = Date.now();
  await start('large', { name: 'a large plan', steps, result: { last: `\${{ [${last.join(', ')}] }}` } });
  const job = await ended('large');
  say(`${SIZE.steps} steps: ${Date.now() - began} ms`);
  expect(job).toMatchObject({
    ...{ status: 'completed', tasks: { total: SIZE.steps, ended: SIZE.steps } },
    result: { last: Array.from({ length: chains }, (_, chain) => chain + length - 1) },
  });
  expectBounded();
});

it(`${SIZE.jobs} jobs at once do not get in each other's way`, async () => {
  const plan = (n: number): WrittenPlan => ({
    name: `job ${n}`,
    steps: [
      { id: 'a', kind: 'tool', uses: 'data.echo', with: { n } },
      {
        id: 'b',
        kind: 'tool',
        uses: 'file.write',
        with: { path: 'n.txt', text: 'n is ${{ string(steps.a.output.n) }}' },
      },
      { id: 'c', kind: 'tool', uses: 'file.read', with: { path: '${{ steps.b.output.path }}' } },
      { id: 'd', kind: 'tool', uses: 'data.echo', with: { twice: '${{ steps.a.output.n * 2 }}' } },
    ],
    result: { text: '${{ steps.c.output.content }}', twice: '${{ steps.d.output.twice }}' },
  });
  const numbers = Array.from({ length: SIZE.jobs }, (_, n) => n);
  const began = Date.now();
  await Promise.all(numbers.map((n) => start(`many-${n}`, plan(n), { priority: 1 + (n % 5) })));
  say(`${SIZE.jobs} jobs accepted: ${Date.now() - began} ms`);
  for (const n of numbers) {
    const { status, result, error } = await ended(`many-${n}`);
    expect({ n, status, result, error }).toEqual({
      ...{ n, status: 'completed', error: undefined },
      result: { text: `n is ${n}`, twice: n * 2 },
    });
  }
  say(`${SIZE.jobs} jobs: ${Date.now() - began} ms`);
  expectBounded();
});

it(`an output of ${SIZE.megabytes} MB goes through its steps whole`, async () => {
  const began = Date.now();
  await start('big', {
    name: 'large outputs',
    steps: [
      { id: 'get', kind: 'tool', uses: 'http.request', with: { url: `${web.url}/file`, save_as: 'big.csv' } },
      { id: 'find', kind: 'tool', uses: 'file.search', with: { text: 'needle', path: 'big.csv' }, depends_on: ['get'] },
      { id: 'copy', kind: 'tool', uses: 'file.copy', with: { from: 'big.csv', to: 'copy.csv' }, depends_on: ['get'] },
      {
        id: 'rows',
        kind: 'tool',
        uses: 'http.request',
        with: { url: `${web.url}/rows` },
        depends_on: ['find', 'copy'],
      },
      {
        ...{ id: 'even', kind: 'tool', uses: 'transform.filter' },
        with: { items: '${{ steps.rows.output.body }}', where: [{ field: 'even', op: 'eq', value: true }] },
      },
    ],
    result: {
      copy: '${{ steps.copy.output.sha256 }}',
      found: '${{ steps.find.output.matches.map(m, m.line) }}',
      even: '${{ steps.even.output.count }}',
    },
  });
  const job = await ended('big');
  say(`an output of ${SIZE.megabytes} MB: ${Date.now() - began} ms`);
  expect(job).toMatchObject({
    status: 'completed',
    result: { copy: fileHash.digest('hex'), found: [Math.floor(NEEDLE / 1_000) * 1_000 + 1], even: 20_000 },
  });
  expectBounded();
});
