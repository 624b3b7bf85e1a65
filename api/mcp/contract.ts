import { Type } from 'typebox';
import { McpPinned, McpServerList, McpToolList, NewMcpPin } from '../../schemas/mcp/api';
import { MCP_SERVER_NAME } from '../../schemas/mcp/servers';
import { define, everybody, operators } from '../contract';

const tag = 'MCP servers';
const server = { server: Type.String({ pattern: MCP_SERVER_NAME, description: 'its name in the configuration' }) };

/** Addresses of MCP servers, and of what people accept of them. */
export const mcpContracts = define({
  listMcpServers: {
    method: 'get',
    path: '/api/v1/mcp',
    tag,
    summary: 'MCP servers as the workers see them, by their names',
    roles: everybody,
    entrance: 'mcp',
    answers: [{ status: 200, description: 'all of them', schema: McpServerList }],
  },
  listMcpTools: {
    method: 'get',
    path: '/api/v1/mcp/{server}/tools',
    tag,
    summary: 'The tools of a server: which are accepted, which are new, and what has changed',
    description:
      'Descriptions and schemas are the words of a stranger. Remarks say where to look closely; they prove nothing.',
    roles: everybody,
    params: server,
    answers: [{ status: 200, description: 'by name', schema: McpToolList }],
    problems: [404],
  },
  pinMcpTools: {
    method: 'post',
    path: '/api/v1/mcp/{server}/pin',
    tag,
    summary: 'Accept tools as they were shown, so that plans may use them',
    description:
      'Each acceptance is in the ledger, with who has given it. A definition that is no longer the one of the digest is ' +
      'refused, and nothing is accepted. The same again does nothing.',
    roles: operators,
    params: server,
    body: {
      json: NewMcpPin,
      example: { tools: [{ name: 'remove_background', digest: `sha256:${'3f'.repeat(32)}` }], comment: 'read by two' },
    },
    answers: [{ status: 200, description: 'they are accepted, and the workers know', schema: McpPinned }],
    problems: [404, 409, 412, 413, 415, 422],
  },
});
