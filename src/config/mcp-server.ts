import { oneOf } from './kinds';
import { section, type ValuesOf } from './sections';

const server = section('AWE as an MCP server, for assistants. See docs/mcp.md');

/** Variables of AWE as an MCP server. */
export const mcpServerVariables = {
  MCP_SERVER_DECIDES: server.defaulted(
    oneOf('on', 'off'),
    'off',
    'Lets assistants decide what runs ask, each in the name of the person whose key it has.',
  ),
};

/** Settings of AWE as an MCP server. */
export const mcpServerConfig = (values: ValuesOf<typeof mcpServerVariables>) => ({
  decides: values.MCP_SERVER_DECIDES === 'on',
});
