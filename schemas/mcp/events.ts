import { Type } from 'typebox';
import { defineEvent } from '../events/define';
import { McpDigest } from './tools';

/** First acceptance of a tool, or of another definition of it. */
export type McpChangeKind = 'new' | 'changed';

export const mcpEvents = [
  defineEvent({
    type: 'MCP.TOOLS_PINNED',
    version: 1,
    summary: 'A person has accepted tools of an MCP server as they are defined now; plans may use them from here on.',
    payload: Type.Object({
      server: Type.String({ minLength: 1, maxLength: 40 }),
      by: Type.String({ minLength: 1, maxLength: 200 }),
      tools: Type.Array(
        Type.Object({
          name: Type.String(),
          digest: McpDigest,
          change: Type.Enum(['new', 'changed']),
          before: Type.Optional(Type.Unsafe<string>({ ...McpDigest, description: 'the digest accepted before' })),
        }),
      ),
    }),
    example: {
      server: 'bria',
      by: 'o.martin',
      tools: [{ name: 'remove_background', digest: `sha256:${'3f'.repeat(32)}`, change: 'new' }],
    },
  }),
];
