/** Many runs at once over one MCP server: each gets its own answer, over one connection. */
import { join } from 'node:path';
import { say } from '../support/faults/random';
import { accept, CARELESS, everythingBy, nodeServer, readServerJournal, serversFile } from '../support/mcp/servers';
import { startStack, type Stack } from '../support/stack';

const RUNS = 200;

/** Runs that are started at a time. */
const AT_ONCE = 20;

const journal = join(serversFile({}), '..', 'journal');
const free = { effect: 'none', risk: 'low', approval: false };
let stack: Stack;
beforeAll(async () => {
  const port = await everythingBy('streamableHttp');
  const MCP_CONFIG = serversFile({
    piped: nodeServer(CARELESS, { ...free, env: { JOURNAL: journal } }),
    remote: { url: `http://127.0.0.1:${port}/mcp`, egress_allow: [`127.0.0.1:${port}`], ...free },
  });
  stack = await startStack({ env: { MCP_CONFIG } });
  for (const server of ['piped', 'remote']) await accept(stack.config, server, 'echo');
});
afterAll(() => stack.stop());

it.each(['piped', 'remote'])(`${RUNS} runs at once over the server %s get their own answers`, async (server) => {
  const began = Date.now();
  const waiting = Array.from({ length: RUNS }, (_, n) => n).values();
  const plan = (n: number) => ({
    name: 'echo',
    steps: [{ id: 'a', kind: 'tool' as const, uses: `mcp.${server}.echo`, with: { message: `m${n}.` } }],
    result: { said: '${{ steps.a.output.text }}' },
  });
  const started: { n: number; end: Promise<unknown> }[] = [];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const n of waiting) {
        const handle = await stack.run(plan(n));
        started.push({ n, end: handle.result() });
      }
    }),
  );
  for (const { n, end } of started)
    expect(await end).toMatchObject({ inline: { said: expect.stringMatching(new RegExp(`(^|: )m${n}\\.$`)) } });
  say(`${RUNS} runs over ${server} in ${Date.now() - began} ms`);
  if (server === 'piped') expect(readServerJournal(journal)).toHaveLength(1); // one child for all
});
