/** A server as a child: what it gets, what its faults become, and that nothing of it stays behind. */
import { spawn } from 'node:child_process';
import { McpError } from '../../../src/mcp/errors';
import { callOf, CARELESS, isAlive, nodeServer, poolOf, said } from '../../support/mcp/servers';
import { until } from '../../support/until';

const failureOf = async (work: Promise<unknown>): Promise<{ code: string; stage: string; message: string }> =>
  await work.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => {
      if (!(error instanceof McpError)) throw error;
      const { code, stage, message } = error;
      return { code, stage, message };
    },
  );

it('gets the environment that is listed, and no more', async () => {
  const { link } = poolOf(nodeServer(CARELESS, { env: { GREETING: 'hello' } }));
  const seen = JSON.parse(said(await callOf(link, 'environment'))) as object;
  expect(seen).toEqual({ GREETING: 'hello', cancelled: 0 });
});

it('says which of its faults has ended a call, and goes on with a new child', async () => {
  const { link } = poolOf(nodeServer(CARELESS, { max_bytes: 1024 * 1024 }));
  expect(said(await callOf(link, 'noise'))).toBe('done');
  expect(said(await callOf(link, 'twice'))).toBe('first');
  expect(said(await callOf(link, 'flood'))).toBe('done');
  expect(await failureOf(callOf(link, 'huge'))).toMatchObject({ code: 'too_large', stage: 'answered' });
  expect(await failureOf(callOf(link, 'broken'))).toMatchObject({ code: 'bad_answer', stage: 'sent' });
  expect(await failureOf(callOf(link, 'die'))).toMatchObject({ code: 'broken', stage: 'sent' });
  expect(said(await callOf(link, 'echo', { message: 'still here' }))).toBe('still here');
});

it('bounds a call without progress, one with it, and one that is cancelled; the server is told', async () => {
  const { link } = poolOf(nodeServer(CARELESS));
  expect(await failureOf(callOf(link, 'hang', {}, { timeoutMs: 200 }))).toMatchObject({
    code: 'timeout',
    stage: 'sent',
  });
  expect(await failureOf(callOf(link, 'slow', {}, { timeoutMs: 300, maxMs: 900 }))).toMatchObject({ code: 'timeout' });
  const stop = new AbortController();
  const reason = new Error('no longer wanted');
  const asked = callOf(link, 'slow', {}, { signal: stop.signal, onProgress: () => stop.abort(reason) });
  await expect(asked).rejects.toBe(reason);
  const seen = JSON.parse(said(await callOf(link, 'environment'))) as { cancelled: number };
  expect(seen.cancelled).toBe(3);
});

it('tells the last words of a program that dies at its start', async () => {
  const { link } = poolOf(nodeServer(CARELESS, { env: { DIE_AT_START: '1' } }));
  const { state, error } = await link.look();
  expect(state).toBe('down');
  expect(error).toMatchObject({ type: 'mcp.unavailable', message: expect.stringContaining('cannot read its licence') });
});

it('lists what it can: a malformed tool hides no other, and one with a foreign schema is told', async () => {
  const { link } = poolOf(nodeServer(CARELESS));
  const { tools } = await link.look();
  const unusable = Object.fromEntries(tools.flatMap(({ name, unusable }) => (unusable ? [[name, unusable]] : [])));
  expect(tools.map(({ name }) => name)).toContain('echo');
  expect(unusable).toEqual({
    malformed: 'its inputSchema is not the schema of an object',
    remote: expect.stringContaining('https://example.com/a.json'),
  });
});

it('ends with everything that it has started, also when it ignores that it should', async () => {
  const { pool, link } = poolOf(nodeServer(CARELESS, { env: { GRANDCHILD: '1', STUBBORN: '1' } }));
  const { pid, grandchild } = JSON.parse(said(await callOf(link, 'pids'))) as { pid: number; grandchild: number };
  expect([isAlive(pid), isAlive(grandchild)]).toEqual([true, true]);
  await pool.close();
  await until(() => !isAlive(pid) && !isAlive(grandchild), 10_000);
});

it('does not outlive a worker that is killed', async () => {
  const worker = spawn(
    process.execPath,
    ['-r', 'ROOT/test/support/ts-hook.cjs', 'ROOT/test/support/mcp/killed-worker.ts'].map((part) =>
      part.replace('ROOT', process.cwd()),
    ),
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  worker.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await until(() => output.includes('}'));
  const { pid, grandchild } = JSON.parse(output) as { pid: number; grandchild: number };
  expect([isAlive(pid), isAlive(grandchild)]).toEqual([true, true]);
  worker.kill('SIGKILL');
  await until(() => !isAlive(pid) && !isAlive(grandchild), 10_000);
});
