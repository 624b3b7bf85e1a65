import { Type } from 'typebox';
import { JsonObjectValue } from '../../schemas/json';
import { define, everybody } from '../contract';

/** A message of JSON-RPC; without an id, a notification. */
const Message = Type.Object({
  jsonrpc: Type.Literal('2.0'),
  id: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 200 }), Type.Integer()])),
  method: Type.String({ minLength: 1, maxLength: 200 }),
  params: Type.Optional(JsonObjectValue),
});

/** A refusal in the form of JSON-RPC. */
const Refusal = Type.Object(
  { jsonrpc: Type.Literal('2.0'), error: Type.Object({ code: Type.Integer(), message: Type.String() }) },
  { $id: 'McpRefusal' },
);

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
      json: Type.Union([Message, Type.Array(Message, { minItems: 1, maxItems: 50 })]),
      unchecked: true,
      example: { jsonrpc: '2.0', id: 1, method: 'tools/list' },
    },
    answers: [
      { status: 200, description: 'the answer, or a stream with progress before it', media: 'text/event-stream' },
      { status: 202, description: 'a notification, which has no answer' },
      { status: 406, description: '`Accept` names not both JSON and an event stream', schema: Refusal },
    ],
    problems: [413, 415],
  },
});
