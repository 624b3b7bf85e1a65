import { oneOf, text, url } from './kinds';
import { section, type ValuesOf } from './sections';

const servers = section('MCP servers, whose tools plans may use. See docs/mcp.md');

/** Variables of MCP servers. */
export const mcpVariables = {
  MCP_CONFIG: servers.optional(
    text('a file'),
    'A JSON file of MCP servers, as other clients have it: {"mcpServers": {"name": {…}}}. Workers read it at their start.',
    { absent: 'no servers, besides the one of BRIA_MCP_URL' },
  ),
  BRIA_MCP_URL: servers.optional(
    url(['http:', 'https:'], 'https://mcp.prod.bria-api.com/mcp'),
    'The MCP server of Bria, which is then there under the name `bria`. One that ends in /sse is asked in the old form.',
    { absent: 'no server of Bria' },
  ),
  BRIA_AUTH_TOKEN: servers.optional(text('a token'), 'The token for it.', { secret: true }),
  BRIA_AUTH_HEADER: servers.defaulted(
    oneOf('authorization', 'api_token'),
    'authorization',
    'The header that carries the token: `authorization` (as a bearer token), or `api_token`.',
  ),
};

/** Settings of MCP servers; the file itself is read by whoever calls them. */
export const mcpConfig = (values: ValuesOf<typeof mcpVariables>, path: (file: string) => string) => ({
  file: values.MCP_CONFIG && path(values.MCP_CONFIG),
  bria:
    values.BRIA_MCP_URL === undefined
      ? undefined
      : { url: values.BRIA_MCP_URL, token: values.BRIA_AUTH_TOKEN, header: values.BRIA_AUTH_HEADER },
});

export type McpConfig = ReturnType<typeof mcpConfig>;
