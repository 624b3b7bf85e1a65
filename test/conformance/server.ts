/** AWE's MCP server with the tools and resources that the scenarios name, beside its own. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ResourceNotFoundError } from '@modelcontextprotocol/server';
import express from 'express';
import { pino } from 'pino';
import { mount } from '../../api/http';
import { mcpServerContracts } from '../../api/mcp-server/contract';
import type { Resources } from '../../api/mcp-server/resources';
import { createMcpHandle } from '../../api/mcp-server/routes';
import { hints, type AssistantTool } from '../../api/mcp-server/tool';
import { assistantTools, type ToolDependencies } from '../../api/mcp-server/tools';
import { createRates } from '../../api/middleware/rates';
import { requestId } from '../../api/middleware/request-id';
import { answerProblems, HttpProblem } from '../../api/problem';
import { roles } from '../../schemas/access';

const named = (name: string, run: AssistantTool['run'], input: object = { type: 'object' }): AssistantTool => ({
  ...{ name, title: name, description: `the tool ${name} of the suite`, roles, annotations: hints.reads, run },
  input: { ...input },
});

/** A schema with words of JSON Schema 2020-12 that a list has to leave as they are. */
const RICH = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
};

const tools: AssistantTool[] = [
  named('json_schema_2020_12_tool', async () => ({ body: 'done', at: 'the suite' }), RICH),
  named('test_error_handling', async () => {
    throw new HttpProblem('conflict', 'This tool fails whenever it is asked.');
  }),
  named('test_simple_text', async () => ({ body: 'a text', at: 'the suite' })),
  named('test_tool_with_progress', async (_, { onProgress }) => {
    for (const at of [0, 50, 100]) {
      onProgress(at, `${at} of 100`);
      await sleep(50);
    }
    return { body: 'done', at: 'the suite' };
  }),
];

const listed = { uri: 'test://static-text', name: 'static text', mimeType: 'text/plain' };

const resources: Resources = {
  templates: [{ uriTemplate: 'test://template/{id}/data', name: 'data by id' }],
  list: async () => ({ resources: [listed] }),
  async read(uri) {
    const [, id] = /^test:\/\/template\/(\w+)\/data$/.exec(uri) ?? [];
    if (id !== undefined) return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify({ id }) }] };
    if (uri === listed.uri) return { contents: [{ ...listed, text: 'a text' }] };
    if (uri === 'test://static-binary') return { contents: [{ uri, mimeType: 'image/png', blob: 'iVBORw0KGgo=' }] };
    throw new ResourceNotFoundError(uri);
  },
};

/** Starts it on a port of its own, without keys, as on a laptop. */
export async function startFixture(): Promise<{ url: string; stop: () => void }> {
  const log = pino({ level: 'silent' });
  const rates = createRates({ requests: 0, changes: 0 });
  const stopping = new AbortController();
  // of the product's own tools the list alone is asked
  const own = assistantTools(async () => undefined, {} as ToolDependencies, { decides: true });
  const all = [...own, ...tools].sort((a, b) => (a.name < b.name ? -1 : 1));
  const handle = createMcpHandle({ tools: all, resources, rates, log, version: '0', stopping: stopping.signal });
  const app = express();
  app.set('query parser', false);
  app.use(requestId);
  app.use(
    mount([{ contract: mcpServerContracts.mcp, handle }], {
      ...{ guardHost: true, requireIfMatch: false, rates, bodyLimitBytes: 1_000_000, timeLimit: 30_000 },
      authenticate: async () => ({ name: 'local', roles }),
    }),
  );
  app.use(answerProblems(log));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    stop() {
      stopping.abort();
      server.close();
      server.closeAllConnections();
    },
  };
}
