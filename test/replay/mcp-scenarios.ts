/** Scenarios with a committed history: tools of MCP servers that are accepted. */
import type { PinningInput } from '../../schemas/mcp/run';
import { openFilesystemStore } from '../../src/documents/filesystem';
import { createMcpStore, pinId } from '../../src/mcp/pins';
import { queueName, workflowIdOf } from '../../src/temporal/ids';
import type { Scenario } from './scenarios';

const digest = `sha256:${'3f'.repeat(32)}`;

/** Tells of a pin that is there, or of one that is not. */
const telling =
  (run: string, isThere: boolean): Scenario =>
  async ({ stack: { client, config } }) => {
    const store = createMcpStore(await openFilesystemStore({ root: config.store.dir }));
    const pin = { server: run, tool: 'echo', digest, identity: digest, definition: {}, by: 'ann' };
    const at = '2026-11-30T08:00:00.000Z';
    if (isThere) await store.writePin({ ...pin, id: pinId(run, 'echo'), version: 1, at });
    const input: PinningInput = { server: run, by: 'ann', tools: [{ name: 'echo', digest }], correlation_id: run };
    const handle = await client.workflow.start('pinning', {
      workflowId: workflowIdOf(config.namespace, 'pinning', run),
      taskQueue: queueName(config.namespace, 'workflows'),
      args: [input],
    });
    await handle.result().catch(() => undefined);
    return handle;
  };

export const mcpScenarios: { [name: string]: Scenario } = {
  'pinning.told': telling('told', true),
  'pinning.without-a-pin': telling('absent', false),
};
