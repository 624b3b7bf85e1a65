/** The steps of docs/tools.md: plans take them, and they run. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtinTools } from '../../../activities/tools/builtin';
import { createToolRegistry } from '../../../activities/tools/registry';
import { checkPlan } from '../../../core/plan/check';
import { Plan, type Step } from '../../../schemas/plan';
import { findProjectRoot } from '../../../src/config';
import { validatorFor } from '../../../src/contracts/validators';
import { parseEgressAllow } from '../../../src/egress/allow';
import { createConnector } from '../../../src/egress/connector';
import { readSecretParts } from '../../../src/secrets/declaration';
import { createSecrets } from '../../../src/secrets/secrets';
import { startWeb, TEST_CA, type Web } from '../../support/web';
import { networkBench, type Calls } from './http/support';
import type { Bench } from './support';
import { openApart } from './transform/support';

const page = readFileSync(join(findProjectRoot(), 'docs', 'tools.md'), 'utf8');
const steps = [...page.matchAll(/^```json\n(.*?)^```$/gms)].map(([, text = '']) => JSON.parse(text) as Step);
const registry = createToolRegistry(builtinTools);

/** Outputs that the page promises. */
const outputs: Record<string, object> = {
  orders: { body: [{ id: 1 }, { id: 2 }] },
  export: { file: { path: 'workspaces/awe.run.1/input/export.csv' } },
  saved: { path: 'output/users.json', file: { path: 'workspaces/awe.run.1/output/users.json' } },
  loaded: { content: [{ name: 'Ann' }] },
  listed: { count: 1, files: [{ path: 'output/users.json' }] },
  found: { matches: [{ path: 'output/users.json', line: 3 }], complete: true },
  moved: { path: 'archive/2026/users.json' },
  cleaned: { deleted: [] },
  noted: { path: 'output/notes.txt', bytes: 11 },
  recalled: { value: 12, found: true },
  known: { entries: [{ name: 'threshold', value: 12 }] },
  due: { items: [{ name: 'Ann' }], count: 1, dropped: 1 },
  priced: { items: [{ sku: 'A', total: 10, city: 'LYON' }] },
  teams: {
    items: [
      { team: 'north', hours: 0.3, people: 2 },
      { team: 'south', hours: 3, people: 2 },
    ],
    missing: { hours: 1 },
  },
  overall: { values: { last: '2026-01-31' } },
  joined: { items: [{ id: 1, user: '1', right_name: 'CRM' }, { id: 2 }], unmatched: { left: 1, right: 0 } },
  ranked: { items: [{ n: '10' }] },
  once: { count: 1, dropped: 1 },
  total: { value: 10 },
  parsed: { value: { ok: true } },
  csv: { path: 'output/notes.csv', count: 1 },
  sheet: { path: 'output/days.xlsx', count: 1 },
  rows: { items: [{ name: 'Ann; Lee', city: 'Lyon' }], columns: ['name', 'city'] },
  hours: { items: [{ day: '2026-03-01', hours: 7.5 }], count: 1 },
  applied: {
    items: [
      { team: 'north', double: 14 },
      { team: 'south', double: 10 },
    ],
  },
  letter: { text: 'Dear Ann,\n\n1. Sign (Monday)\n2. Send\n' },
  checklist: {
    items: [
      { text: 'Move the domain', done: false, source: '/tasks/0' },
      { text: 'Load the catalogue', done: true, source: '/tasks/1' },
      { text: 'tell the support', done: false, source: '/notes', line: 2 },
    ],
  },
  summary: { markdown: expect.stringContaining('sum 30.3') },
  table: { markdown: '# Teams\n\n| team | hours |\n| --- | ---: |\n| north | 12 |\n' },
  enough: { accepted: true },
};

const { apart, close } = openApart();
afterAll(close);

let web: Web;
let bench: Bench & Calls;
beforeAll(async () => {
  web = await startWeb(
    ({ url, method }, response) => {
      const { pathname, searchParams } = new URL(url, 'http://x');
      if (pathname === '/export.csv') return response.writeHead(200, { 'content-type': 'text/csv' }).end('a;b\n');
      const orders = searchParams.has('after')
        ? { data: [{ id: 2 }], meta: { next: null } }
        : { data: [{ id: 1 }], meta: { next: 'x' } };
      const body = JSON.stringify(pathname === '/orders' ? orders : [{ id: 1 }]);
      response.writeHead(method === 'POST' ? 201 : 200, { 'content-type': 'application/json' }).end(body);
    },
    { secure: true },
  );
  const secret = (name: string) =>
    readSecretParts(name, { value: `value of ${name}`, hosts: `test.example:${web.port}`, tools: undefined });
  bench = await networkBench({
    apart,
    egress: createConnector({
      allow: parseEgressAllow('test.example'),
      resolve: async () => ['127.0.0.1'],
      ca: TEST_CA,
    }),
    secrets: createSecrets({ given: { CRM: secret('CRM'), HOOK: secret('HOOK') }, dir: undefined }),
  });
  const given = { items: [{ day: '2026-03-01', hours: 7.5 }], save_as: 'input/hours.xlsx' };
  await bench.run('transform.to_xlsx', given);
});

it('a plan of all of them can run', () => {
  const plan = { name: 'examples', steps };
  expect(validatorFor(Plan)(plan)).toMatchObject({ ok: true });
  const find = (name: string) => registry.get(name)?.spec;
  expect(checkPlan(plan, { tool: find, agent: () => undefined })).not.toHaveProperty('faults');
});

/** Steps that need a database run in test/integration/sql/examples.test.ts. */
const here = steps.filter(({ uses }) => !registry.get(uses ?? '')?.spec.name.startsWith('sql.'));

it.each(here.map((step): [string, Step] => [step.id, step]))(
  '%s runs, in a simulation and in earnest',
  async (_, step) => {
    const args = JSON.parse(
      JSON.stringify(step.with ?? {}).replace(/https:\/\/\w+\.example\.com/, `https://test.example:${web.port}`),
    ) as NonNullable<Step['with']>;
    const scope = { input: { inline: { name: 'Ann' } }, steps: {} };
    for (const mode of ['simulate', 'live'] as const) {
      const output = await bench.run(step.uses ?? '', {}, { mode, arguments: { template: { inline: args }, scope } });
      if (step.uses === 'http.request' || step.uses === 'notify.webhook')
        expect(output).toMatchObject({ status: expect.any(Number) });
      if (mode === 'live') expect(output).toMatchObject(outputs[step.id] ?? {});
    }
  },
);

it('every tool and every error has its place on the page', () => {
  const missing = registry
    .catalogue()
    .flatMap(({ name, aliases, errors = {} }) =>
      [name, ...aliases, ...Object.keys(errors).map((type) => type.replace(/_\d+$/, '_<n>'))].filter(
        (word) => !page.includes(`\`${word}\``),
      ),
    );
  expect(missing).toEqual([]);
});
