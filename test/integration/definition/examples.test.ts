/** The definitions that come with AWE: each is copied, applied and executed with its example input, on real servers. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningApi } from '../../../api/server';
import { registerWorkflows } from '../../../cli/commands/workflows';
import { listExamples } from '../../../cli/definition/examples';
import type { Execution, ExecutionAccepted } from '../../../schemas/definition/api';
import { createApiClient, type ApiClient } from '../../../src/http/api-client';
import { settled } from '../../../src/settled';
import { runCli } from '../../support/cli';
import { startServed } from '../../support/served';
import type { Stack } from '../../support/stack';
import { until } from '../../support/until';
import { startWeb } from '../../support/web';

let stack: Stack;
let api: RunningApi;
let client: ApiClient;
let dir: string;
beforeAll(async () => {
  ({ stack, api } = await startServed({ env: { EGRESS_ALLOW: '127.0.0.1' } }));
  client = createApiClient(api.url);
  dir = mkdtempSync(join(tmpdir(), 'awe-examples-'));
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** Lines that a command prints, and the code that it ends with, if it is another than 0. */
async function awe(...words: string[]): Promise<string> {
  const { said, code } = await runCli(stack.config, [registerWorkflows], words);
  return code === 0 ? said : `${said}\nexit ${code}`;
}

/** Copies and applies an example, and gives its input. */
async function apply(name: string): Promise<{ [member: string]: Record<string, unknown> }> {
  await awe('workflows', 'init', name, dir);
  expect(await awe('workflows', 'apply', join(dir, `${name}.yaml`))).toBe(`${name} is at version 1`);
  return JSON.parse(readFileSync(join(dir, `${name}.input.json`), 'utf8')) as Awaited<ReturnType<typeof apply>>;
}

/** Executes it, and decides its question if there is one. */
async function execute(name: string, input_data: object, choice?: 'approve' | 'reject'): Promise<Execution> {
  const { links } = await client.post<ExecutionAccepted>(`/api/v1/workflows/${name}/execute`, { input_data });
  const read = () => client.get<Execution>(links.self ?? '');
  if (choice !== undefined) {
    await until(async () => (await read()).questions.length === 1);
    const { questions } = await read();
    expect(JSON.stringify(questions)).not.toContain('${{');
    const [{ approval_id, digest } = { approval_id: '', digest: '' }] = questions;
    await client.post(links.decide ?? '', { approval_id, digest, choice });
  }
  await until(async () => (await read()).ended_at !== undefined);
  return await settled(read);
}

const file = async ({ workflow_id }: Execution, path: string): Promise<string> =>
  (await client.file(`/workspace/download?run=${workflow_id}&path=${encodeURIComponent(path)}`)).bytes.toString();

it('are listed, and copied without overwriting anything', async () => {
  const listed = await awe('workflows', 'examples');
  for (const { name, description } of await listExamples())
    expect(listed).toMatch(new RegExp(`${name} +${description}`));
  const folder = mkdtempSync(join(dir, 'copy-'));
  expect(await awe('workflows', 'init', 'weekly-report', folder)).toContain('awe workflows apply');
  writeFileSync(join(folder, 'weekly-report.yaml'), 'mine');
  await expect(awe('workflows', 'init', 'weekly-report', folder)).rejects.toThrow(/is there already/);
  expect(readFileSync(join(folder, 'weekly-report.yaml'), 'utf8')).toBe('mine');
  await expect(awe('workflows', 'init', 'weekly-raport', folder)).rejects.toThrow('Did you mean weekly-report?');
});

it('lead processing writes a mail to a lead that qualifies, and closes one that does not', async () => {
  const input = await apply('lead-processing');
  const good = await execute('lead-processing', input);
  expect(good).toMatchObject({
    status: 'completed',
    costs: { tokens: 0, money: '0' },
    result: {
      decision: 'qualified',
      mail_accepted: true,
      mail: expect.stringMatching(/Hello Jeanne Moreau,.*Ann Keller/s),
    },
  });
  const lead = {
    name: 'Bob',
    email: 'bob@gmail.com',
    employees: 1,
    budget: 10,
    message: 'just looking',
    title: 'intern',
  };
  expect(await execute('lead-processing', { lead: { ...lead, company: 'none', timeline: 'never' } })).toMatchObject({
    status: 'completed',
    result: { decision: 'not_qualified', mail: '', closed_because: expect.stringMatching(/^scored \d+ of 60$/) },
  });
});

it('invoice approval asks a person about a large invoice, and keeps either outcome', async () => {
  const input = await apply('invoice-approval');
  const approved = await execute('invoice-approval', input, 'approve');
  expect(approved).toMatchObject({
    status: 'completed',
    result: { outcome: 'approved', by: 'a person', sum_of_lines: 1545 },
  });
  expect(JSON.parse(await file(approved, 'invoices/2026-0117.json'))).toMatchObject({ outcome: 'approved' });
  expect(await execute('invoice-approval', input, 'reject')).toMatchObject({
    status: 'completed',
    result: { outcome: 'rejected', by: 'a person' },
  });
  const { invoice } = input;
  expect(await execute('invoice-approval', { invoice, limit: 2_000 })).toMatchObject({
    status: 'completed',
    result: { outcome: 'approved', by: 'the rules' },
  });
});

it('incident triage looks at the service, and puts a severe incident before a person', async () => {
  const input = await apply('incident-triage');
  const severe = await execute('incident-triage', input, 'approve');
  expect(severe).toMatchObject({
    status: 'completed',
    result: { severity: 'sev1', service_is: 'unknown', major: true },
  });
  expect(await file(severe, 'incidents/INC-2041.md')).toContain('payments: If the payment page answers with an error');
  const web = await startWeb((_, response) => response.end('well'));
  const incident = { ...input['incident'], data_at_risk: false, users_affected: 3, health_url: `${web.url}/health` };
  expect(await execute('incident-triage', { incident })).toMatchObject({
    status: 'completed',
    result: { severity: 'sev3', service_is: 'up', major: false },
  });
});

it('the weekly report has the figures of its rows, and the notes in short', async () => {
  const input = await apply('weekly-report');
  const done = await execute('weekly-report', input);
  expect(done).toMatchObject({ status: 'completed', result: { total: 5430.75, largest: 'south', accepted: true } });
  const text = await file(done, 'reports/weekly.md');
  expect(text).toMatch(/^# Week 12\n/);
  expect(text).toContain('- south: 3240.25');
  expect(text).toContain('- The hotel chain wants delivery in May.');
});
