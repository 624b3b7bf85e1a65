/** What people are told about a tool that is refused: what it is, and what to do. */

export const unpinnedWords = (server: string, tool: string): string =>
  `nobody has accepted the tool ${tool} of the MCP server ${server} yet: look at it with "awe mcp diff ${server} ${tool}", and accept it with "awe mcp pin ${server} ${tool}"`;

export const changedWords = (server: string, tool: string): string =>
  `the tool ${tool} of the MCP server ${server} is not what was accepted: look at the difference with "awe mcp diff ${server} ${tool}", and accept it with "awe mcp pin ${server} ${tool}", or have it put back`;
