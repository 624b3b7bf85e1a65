import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Answer } from '../../api/client';
import type { Period } from './route';

export type CostReport = Answer<'getCosts'>;

const DAY = 86_400_000;

/** Costs of the last days, today's among them. */
export const costsQuery = (days: Period) =>
  queryOptions({
    queryKey: ['costs', days],
    queryFn: ({ signal }) => {
      const since = new Date(Date.now() - (Number(days) - 1) * DAY).toISOString().slice(0, 10);
      return answer(api.GET('/costs', { params: { query: { since, runs: 50 } }, signal }));
    },
    refetchInterval: 30_000,
  });
