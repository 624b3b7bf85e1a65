import type { McpServer } from '../../schemas/mcp/api';
import type { McpTool } from '../../schemas/mcp/tools';
import { counted } from '../../src/words';
import { formatTable } from '../table';

/** MCP servers and their tools for people. What servers say is shown as it is, and no more than a line of it in lists. */

export const serverTable = (servers: readonly McpServer[]): string[] =>
  servers.length === 0
    ? ['No worker has seen an MCP server: name some in MCP_CONFIG (docs/mcp.md), and start a worker.']
    : formatTable(
        ['SERVER', 'BY', 'STATE', 'ACCEPTED', 'WAITING', 'ADDRESS'],
        servers.map(({ name, transport, state, error, tools, address }) => [
          name,
          transport,
          error === undefined ? state : `${state}: ${error.message}`,
          String(tools.pinned),
          String(tools.waiting),
          address,
        ]),
        { STATE: 60, ADDRESS: 60 },
      );

export const toolTable = (tools: readonly McpTool[]): string[] =>
  formatTable(
    ['TOOL', 'STATE', 'REMARKS', 'IT SAYS'],
    tools.map(({ uses, state, remarks, definition, unusable }) => [
      uses,
      state,
      remarks.length === 0 ? '' : String(remarks.length),
      unusable ?? textOf(definition?.['description']),
    ]),
    { 'IT SAYS': 70 },
  );

/** A tool with everything that somebody has to see before accepting it. */
export function linesOfTool({
  uses,
  state,
  digest,
  pinned,
  remarks,
  changes,
  definition,
  unusable,
}: McpTool): string[] {
  return [
    `${uses}  ${state}${unusable === undefined ? '' : `: ${unusable}`}`,
    ...(digest === undefined ? [] : [`  digest    ${digest}`]),
    ...(pinned ? [`  accepted  ${pinned.at.slice(0, 19)} by ${pinned.by}, as ${pinned.digest}`] : []),
    ...remarks.map(({ pointer, message }) => `  look at   ${pointer || 'the definition'}: ${message}`),
    ...(changes.length > 0
      ? [
          `  ${counted(changes.length, 'difference')} to what was accepted:`,
          ...changes.flatMap(({ change, pointer, before, after }) => [
            `    ${change} ${pointer || 'the server'}`,
            ...(before === undefined ? [] : [`      - ${JSON.stringify(before)}`]),
            ...(after === undefined ? [] : [`      + ${JSON.stringify(after)}`]),
          ]),
        ]
      : state === 'pinned'
        ? []
        : JSON.stringify(definition ?? {}, null, 2)
            .split('\n')
            .map((line) => `  ${line}`)),
  ];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '');
