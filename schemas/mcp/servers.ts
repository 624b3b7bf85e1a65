import { Type, type Static, type TProperties } from 'typebox';
import { Duration } from '../plan';

/** The file of MCP servers (`MCP_CONFIG`), as other clients of MCP have it, and what AWE adds for its operator. */

const Text = Type.String({ minLength: 1, maxLength: 8_192 });

/** Values of environments and headers, which may hold `${env:NAME}` and `${{ secrets.NAME }}`. */
const Texts = Type.Record(Type.String({ minLength: 1, maxLength: 200 }), Type.String({ maxLength: 8_192 }));

const duration = (description: string) => Type.Optional(Type.Unsafe<string>({ ...Duration, description }));

/** What the operator says of a tool. Whatever is left out counts as the worst that may be true. */
const settings = {
  effect: Type.Optional(Type.Enum(['none', 'idempotent', 'once'])),
  risk: Type.Optional(Type.Enum(['low', 'medium', 'high'])),
  approval: Type.Optional(Type.Boolean({ description: 'a person is asked unless the policy says otherwise' })),
  timeout: duration('of one call without progress, such as 60s'),
  max_time: duration('of one call in all, whatever progress it makes'),
  cost: Type.Optional(
    Type.Object(
      {
        amount: Type.Number({ minimum: 0 }),
        currency: Type.String({ pattern: '^[A-Z]{3}$' }),
      },
      { additionalProperties: false, description: 'of one call' },
    ),
  ),
};

export const McpToolSettings = Type.Object(settings, { $id: 'McpToolSettings', additionalProperties: false });
export type McpToolSettings = Static<typeof McpToolSettings>;

/** Longest name of a tool: `mcp.<server>.<tool>` then fits where plans name it. */
export const LONGEST_TOOL = 128;

const server = <P extends TProperties>(own: P) =>
  Type.Object(
    {
      ...own,
      ...settings,
      tools: Type.Optional(
        Type.Record(
          Type.String({ minLength: 1, maxLength: LONGEST_TOOL }),
          Type.Object(settings, { additionalProperties: false }),
        ),
      ),
      max_bytes: Type.Optional(
        Type.Integer({ minimum: 1_024, maximum: 256 * 1024 * 1024, description: 'of one answer' }),
      ),
      disabled: Type.Optional(Type.Boolean({ description: 'true leaves the server out' })),
    },
    { additionalProperties: false },
  );

/** A server that a worker starts as a child, and talks to through its pipes. */
export const McpStdioServer = server({
  type: Type.Optional(Type.Literal('stdio')),
  command: Text,
  args: Type.Optional(Type.Array(Type.String({ maxLength: 8_192 }), { maxItems: 200 })),
  env: Type.Optional(Texts),
  cwd: Type.Optional(Text),
});
export type McpStdioServer = Static<typeof McpStdioServer>;

/** A server that answers by HTTP: `sse` is the old form of 2024, `http` the streamable one. */
export const McpHttpServer = server({
  type: Type.Optional(Type.Enum(['http', 'streamable-http', 'sse'])),
  url: Text,
  headers: Type.Optional(Texts),
  protocol: Type.Optional(
    Type.Enum(['auto', 'modern', 'legacy'], {
      description: 'revisions of MCP: from 2026-07-28 on, before it, or either',
    }),
  ),
  egress_allow: Type.Optional(
    Type.Array(Text, {
      maxItems: 50,
      description: 'addresses that are not public, as in EGRESS_ALLOW, for this server alone',
    }),
  ),
});
export type McpHttpServer = Static<typeof McpHttpServer>;

/** The name of a server, which stands in the names of its tools. */
export const MCP_SERVER_NAME = '^[a-z][a-z0-9_-]{0,39}$';
