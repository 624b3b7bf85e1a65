import { Type } from 'typebox';
import { define, everybody } from '../contract';

/** The address of AWE as an MCP server. */
export const mcpServerContracts = define({
  mcp: {
    method: 'post',
    path: '/mcp',
    tag: 'MCP',
    summary: 'AWE as an MCP server, for assistants (streamable HTTP)',
    description:
      'JSON-RPC of the Model Context Protocol, revisions 2025-03-26 to 2026-07-28, without sessions. Its tools are addresses ' +
      'of this API: they take the same roles and limits, and tools that a key may not use are not listed.',
    roles: everybody,
    entrance: 'mcp_server',
    carries: true,
    body: {
      json: Type.Unsafe<object>({ type: ['object', 'array'] }),
      unchecked: true,
      example: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
    },
    answers: [
      { status: 200, description: 'the answer, or a stream with progress before it', media: 'text/event-stream' },
      { status: 202, description: 'a notification, which has no answer' },
    ],
    problems: [413, 415],
  },
});
