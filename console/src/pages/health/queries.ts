import { queryOptions } from '@tanstack/react-query';
import { answer, api, ApiProblem, type Answer } from '../../api/client';

export type Dependency = Answer<'health'>['dependencies'][number];
export type Readiness = Answer<'ready'>;

/** Milliseconds between two questions: no hint tells of a dependency that is away. */
const refetchInterval = 5_000;

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => answer(api.GET('/health', { signal })),
  refetchInterval,
});

/** Whether work is accepted; why not is an answer, too, and no failure. */
export const readyQuery = queryOptions({
  queryKey: ['ready'],
  async queryFn({ signal }): Promise<Readiness> {
    const { data, error, response } = await api.GET('/ready', { signal });
    const found = data ?? error;
    if (found === undefined || !('ready' in found)) throw new ApiProblem(response.status, response.statusText);
    return found;
  },
  refetchInterval,
});
