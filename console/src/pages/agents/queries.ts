import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Answer } from '../../api/client';

export type Agent = Answer<'listAgents'>['agents'][number];
export type AgentDetail = Answer<'showAgent'>;

/** Milliseconds between two questions: agents report their health by themselves, and no hint tells of it. */
const refetchInterval = 10_000;

export const agentsQuery = queryOptions({
  queryKey: ['agents', 'list'],
  queryFn: async ({ signal }) => (await answer(api.GET('/api/v1/agents', { signal }))).agents,
  refetchInterval,
});

export const agentQuery = (name: string) =>
  queryOptions({
    queryKey: ['agents', 'agent', name],
    queryFn: ({ signal }) => answer(api.GET('/api/v1/agents/{name}', { params: { path: { name } }, signal })),
    refetchInterval,
  });
