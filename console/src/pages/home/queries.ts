import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Answer } from '../../api/client';

export type Overview = Answer<'getOverview'>;

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => answer(api.GET('/overview', { signal })),
});

/** What models have cost today; null where it cannot be known, because there are none or the gateway is away. */
export const spentQuery = queryOptions({
  queryKey: ['spent'],
  staleTime: 30_000,
  retry: false,
  queryFn: ({ signal }) => answer(api.GET('/costs', { params: { query: { runs: 1 } }, signal })).catch(() => null),
});
