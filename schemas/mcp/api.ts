import { Type, type Static } from 'typebox';
import { Links } from '../api';
import { Instant } from '../json';
import { LONGEST_TOOL } from './servers';
import { McpDigest, McpTool, mcpServerStates } from './tools';

/** An MCP server as the workers see it. */
export const McpServer = Type.Object(
  {
    name: Type.String(),
    transport: Type.Enum(['stdio', 'http', 'sse']),
    address: Type.String({ description: 'its host, or its command' }),
    state: Type.Enum([...mcpServerStates]),
    error: Type.Optional(Type.Object({ type: Type.String(), message: Type.String() })),
    says: Type.Optional(
      Type.Object(
        {
          name: Type.Optional(Type.String()),
          version: Type.Optional(Type.String()),
          protocol: Type.Optional(Type.String({ description: 'revision of MCP' })),
        },
        { description: 'what it says of itself, which proves nothing' },
      ),
    ),
    seen_at: Instant,
    tools: Type.Object({
      pinned: Type.Integer({ minimum: 0 }),
      waiting: Type.Integer({ minimum: 0, description: 'new or changed: refused until a person accepts them' }),
      gone: Type.Integer({ minimum: 0 }),
      unusable: Type.Integer({ minimum: 0 }),
    }),
    links: Links,
  },
  { $id: 'McpServer' },
);
export type McpServer = Static<typeof McpServer>;

export const McpServerList = Type.Object({ servers: Type.Array(McpServer) }, { $id: 'McpServerList' });
export type McpServerList = Static<typeof McpServerList>;

export const McpToolList = Type.Object({ server: McpServer, tools: Type.Array(McpTool) }, { $id: 'McpToolList' });
export type McpToolList = Static<typeof McpToolList>;

/** `POST …/pin`: tools as they were shown. */
export const NewMcpPin = Type.Object(
  {
    tools: Type.Array(
      Type.Object(
        { name: Type.String({ minLength: 1, maxLength: LONGEST_TOOL }), digest: McpDigest },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 500, description: 'with the digests of the definitions that a person has looked at' },
    ),
    comment: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
  },
  { $id: 'NewMcpPin', additionalProperties: false },
);
export type NewMcpPin = Static<typeof NewMcpPin>;

export const McpPinned = Type.Object(
  {
    server: Type.String(),
    pinned: Type.Array(Type.Object({ name: Type.String(), uses: Type.String(), digest: McpDigest })),
    links: Links,
  },
  { $id: 'McpPinned' },
);
export type McpPinned = Static<typeof McpPinned>;
