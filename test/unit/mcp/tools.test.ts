/** Accepted tools as steps run them: what becomes of their failures, and of what they had done by then. */
import { withMcpTools } from '../../../activities/mcp/registry';
import { createMcpTools } from '../../../activities/mcp/tools';
import { createToolRegistry } from '../../../activities/tools/registry';
import type { Json } from '../../../schemas/json';
import { createEffects } from '../../../src/effects/effects';
import { createLedger } from '../../../src/ledger/ledger';
import { acceptTools } from '../../../src/mcp/accept';
import { createMcpStore } from '../../../src/mcp/pins';
import { CARELESS, nodeServer, poolOf } from '../../support/mcp/servers';
import { temporaryStore } from '../documents/support';
import { benchOf, callOf, controlOf, failureOf } from '../tools/support';

/** A runtime with the tools of the careless server, all of them accepted. */
async function careless() {
  const { store } = await temporaryStore();
  const rules = { hang: { effect: 'none', timeout: '200ms', max_time: '200ms' }, lies: { effect: 'idempotent' } };
  const { pool, link } = poolOf(nodeServer(CARELESS, { timeout: '300ms', max_time: '900ms', tools: rules }));
  const mcp = createMcpStore(store);
  const listing = await link.look();
  await mcp.writeListing(listing);
  const tools = listing.tools.filter(({ unusable }) => unusable === undefined);
  await acceptTools(listing, { tools, by: 'ann' }, { mcp, ledger: createLedger(store) });
  const registry = withMcpTools(createToolRegistry([]), createMcpTools({ pool, store: mcp }));
  const effects = createEffects(store);
  const { runtime } = await benchOf([], { registry, effects });
  let calls = 0;
  const run = (tool: string, value: Json = {}) => {
    const key = `awe.run.1/step-${++calls}/1`;
    return runtime.execute(callOf(value, { uses: `mcp.tested.${tool}`, key }), 'tool', controlOf());
  };
  return { run, mcp, listing };
}

it('tries again what may be repeated, and never what may have happened', async () => {
  const { run } = await careless();
  expect(await run('echo', { message: 'hi' })).toMatchObject({ output: { inline: { text: 'hi', structured: null } } });
  const unknown = [{ class: 'permanent', details: { outcome: 'unknown' } }];
  expect(await failureOf(run('hang'))).toMatchObject({ type: 'mcp.timeout', nonRetryable: false });
  expect(await failureOf(run('slow'))).toMatchObject({ type: 'mcp.timeout', nonRetryable: true, details: unknown });
  expect(await failureOf(run('fails'))).toMatchObject({ type: 'mcp.tool_error', nonRetryable: true, details: unknown });
  expect(await failureOf(run('die'))).toMatchObject({ type: 'mcp.broken', nonRetryable: true, details: unknown });
  expect(await failureOf(run('lies'))).toMatchObject({ type: 'mcp.bad_result', nonRetryable: true });
});

it('refuses a tool that has changed between list and call, and one that nobody has accepted', async () => {
  const { run } = await careless();
  await run('change');
  await new Promise((resolve) => setTimeout(resolve, 1_100)); // a list counts for a second
  expect(await failureOf(run('echo'))).toMatchObject({ type: 'mcp.changed', nonRetryable: true });
  expect(await failureOf(run('remote'))).toMatchObject({ type: 'tool.unknown' });
});
