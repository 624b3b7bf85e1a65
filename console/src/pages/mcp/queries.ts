import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Answer } from '../../api/client';

export type Server = Answer<'listMcpServers'>['servers'][number];
export type McpTool = Answer<'listMcpTools'>['tools'][number];

export const MCP = ['mcp'] as const;

export const serversQuery = queryOptions({
  queryKey: [...MCP, 'servers'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/mcp', { signal }))).servers,
});

export const serverQuery = (server: string) =>
  queryOptions({
    queryKey: [...MCP, 'tools', server],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/mcp/{server}/tools', { params: { path: { server } }, signal })),
    // what is being read must not change under the eyes of whoever accepts it
    refetchOnWindowFocus: false,
  });

interface Accepted {
  server: string;
  tools: { name: string; digest: string }[];
  comment?: string;
}

/** Accepts tools as they were shown. */
export const acceptTools = ({ server, ...body }: Accepted) =>
  answer(api.POST('/api/v1/mcp/{server}/pin', { params: { path: { server } }, body }));
