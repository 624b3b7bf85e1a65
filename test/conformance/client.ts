/**
 * The suite starts this, with the address of its server: AWE's client lists the tools there and calls them, those that
 * the scenario names or all that can be used.
 */
import type { JsonObject } from '../../schemas/json';
import { readMcpServers } from '../../src/mcp/load';
import { openSession } from '../../src/mcp/session';
import { createChildGuard } from '../../src/mcp/transport/guard';
import { createSecrets } from '../../src/secrets/secrets';
import { NOTHING_ALLOWED } from '../../src/mcp/servers';

const given = process.env['MCP_CONFORMANCE_CONTEXT'];
const version = process.env['MCP_CONFORMANCE_PROTOCOL_VERSION'] ?? '';
const { toolCalls } = JSON.parse(given ?? '{}') as { toolCalls?: { name: string; arguments: JsonObject }[] };

/** Arguments that fit a simple schema. */
function sampleOf(schema: unknown): JsonObject {
  const { properties = {} } = schema as { properties?: Record<string, { type?: string }> };
  const values: Record<string, JsonObject[string]> = { string: 'text', boolean: true, object: {}, array: [] };
  return Object.fromEntries(Object.entries(properties).map(([name, { type = 'string' }]) => [name, values[type] ?? 1]));
}

async function main(): Promise<void> {
  const url = new URL(process.argv.at(-1) ?? '');
  url.hostname = '127.0.0.1';
  const protocol = version >= '2026' ? 'modern' : 'legacy';
  const config = { mcpServers: { suite: { type: 'http', url: url.href, egress_allow: [url.host], protocol } } };
  const { servers, faults } = readMcpServers(config, (name) => process.env[name]);
  const [server] = servers;
  if (!server) throw new Error(JSON.stringify(faults));
  const session = await openSession(server, {
    ...{ version: '0', guard: createChildGuard(), allow: NOTHING_ALLOWED, onToolsChanged: () => undefined },
    secrets: createSecrets({ given: {}, dir: undefined }),
  });
  const tools = (await session.list()).filter(({ unusable }) => unusable === undefined);
  const calls =
    toolCalls ?? tools.map(({ name, definition }) => ({ name, arguments: sampleOf(definition.inputSchema) }));
  for (const call of calls)
    await session.call(call.name, call.arguments, {
      ...{ timeoutMs: 20_000, maxMs: 20_000, signal: AbortSignal.timeout(25_000) },
    });
  await session.close();
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
