/** A plan that somebody has written: by HTTP, and by the command line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import type { RunningApi } from '../../api/server';
import { createCli } from '../../cli/cli';
import { registerRun } from '../../cli/commands/run';
import type { Plan } from '../../schemas/plan';
import { startServed } from '../support/served';
import type { Stack } from '../support/stack';

let stack: Stack;
let api: RunningApi;
const dir = mkdtempSync(join(tmpdir(), 'awe-plans-'));
beforeAll(async () => {
  ({ stack, api } = await startServed());
});
afterAll(async () => {
  await api.stop();
  await stack.stop();
  rmSync(dir, { recursive: true, force: true });
});

const plan: Plan = {
  name: 'Echo',
  steps: [{ id: 'echo', kind: 'tool', uses: 'data.echo', with: { said: '${{ input.word }}' } }],
};

async function post(body: object) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${api.url}/runs`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

function put(name: string, value: unknown): string {
  const path = join(dir, name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

/** Output, notes and exit code of `awe run`. */
async function awe(...words: string[]) {
  const [said, noted] = [[] as string[], [] as string[]];
  let code = 0;
  const program = new Command('awe').exitOverride();
  const [say, note] = [(line: string) => void said.push(line), (line: string) => void noted.push(line)];
  registerRun(program, createCli({ config: () => stack.config, say, note, exit: (wanted) => (code = wanted) }));
  await program.parseAsync(['run', ...words], { from: 'user' });
  return { code, out: said.join('\n'), err: noted.join('\n') };
}

it('runs once for its id, and answers the same again', async () => {
  const request = { run_id: 'R-1', plan, input: { word: 'hello' } };
  const first = await post(request);
  expect(first).toMatchObject({ status: 202, body: { run_id: 'R-1', status: 'accepted' } });
  expect(await post(request)).toEqual(first);
  await stack.client.workflow.getHandle(String(first.body['workflow_id'])).result();
  const { status, approvals } = (await (
    await fetch(`${api.url}${(first.body['links'] as { self: string }).self}`)
  ).json()) as { status: string; approvals: unknown[] };
  expect([status, approvals]).toEqual(['completed', []]);
});

it('gives the output of a step whole, however large', async () => {
  const word = 'a long word, '.repeat(1_000);
  const { body } = await post({ run_id: 'R-2', plan, input: { word } });
  const workflowId = String(body['workflow_id']);
  await stack.client.workflow.getHandle(workflowId).result();
  const read = async (path: string) => {
    const answer = await fetch(`${api.url}/runs/${workflowId}/steps${path}`);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  expect(await read('')).toMatchObject({ body: { steps: [{ output: { ref: { bytes: expect.any(Number) } } }] } });
  expect(await read('/echo/output')).toEqual({ status: 200, body: { said: word } });
  expect(await read('/nothing/output')).toMatchObject({
    status: 404,
    body: { detail: expect.stringContaining('"nothing"') },
  });
});

it('that is no plan is refused, with where', async () => {
  expect(await post({ plan: { ...plan, steps: [{ id: '1', kind: 'tool' }] } })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/plan/steps/0/id' }] },
  });
});

it('may use other names of uses and with, but not both at once', async () => {
  const step = { id: 'echo', kind: 'tool', action_type: 'data.echo', action_config: { said: 'hello' } };
  const started = await post({ run_id: 'R-2', plan: { ...plan, steps: [step] } });
  expect(started.status).toBe(202);
  await stack.client.workflow.getHandle(String(started.body['workflow_id'])).result();
  expect(await post({ plan: { ...plan, steps: [{ ...step, uses: 'data.echo' }] } })).toMatchObject({
    ...{ status: 422, body: { errors: [{ pointer: '/plan/steps/0/action_type' }] } },
  });
});

it('is followed to its end on the command line', async () => {
  const { code, out, err } = await awe(put('plan.json', plan), '--input', put('input.json', { word: 'hello' }));
  expect([code, out]).toEqual([0, 'completed']);
  expect(err).toMatch(/RUN\.STARTED[\s\S]*TASK\.COMPLETED {2}echo[\s\S]*RUN\.COMPLETED/);
});

it('that cannot run fails, with all its faults, and the command with it', async () => {
  const steps = ['a', 'b'].map((id) => ({ id, kind: 'tool', uses: `no.${id}`, with: {} }));
  const { code, out } = await awe(put('wrong.json', { ...plan, steps }));
  expect([code, out]).toEqual([1, expect.stringMatching(/^failed: [\s\S]*no\.a[\s\S]*no\.b/)]);
});

it('that is no JSON is refused before anything is sent', async () => {
  await expect(awe(put('broken.json', '{'))).rejects.toThrow('cannot be read as JSON');
});
