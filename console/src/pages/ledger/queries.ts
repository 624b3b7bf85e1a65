import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Answer } from '../../api/client';
import { usePages } from '../../parts/usePages';
import type { LedgerSearch } from './route';

export type Decision = Answer<'listDecisions'>['entries'][number];
export type DecisionDetail = Answer<'getDecision'>;
export type Verification = Answer<'verifyLedger'>;

export const LEDGER = ['ledger'] as const;

/** The first instant of a day in the reader's time zone, or of one some days later. */
const midnight = (day: string, later = 0): string => {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + later);
  return date.toISOString();
};

export const useDecisions = (search: LedgerSearch) =>
  usePages<Decision>([...LEDGER, 'list', search], async (cursor, signal) => {
    const { since, until, ...filter } = search;
    const query = {
      ...filter,
      since: since && midnight(since),
      until: until && midnight(until, 1),
      cursor,
      limit: 100,
    };
    const { entries, next_cursor } = await answer(api.GET('/ledger', { params: { query }, signal }));
    return { rows: entries, next: next_cursor };
  });

export const decisionQuery = (process: string, n: string) =>
  queryOptions({
    queryKey: [...LEDGER, 'entry', process, n],
    queryFn: ({ signal }) => answer(api.GET('/ledger/{process}/{n}', { params: { path: { process, n } }, signal })),
  });

/** Whether the chains are whole, as far as one request reads. */
export const verificationQuery = queryOptions({
  queryKey: ['verification'],
  queryFn: ({ signal }) => answer(api.GET('/ledger/verify', { signal })),
  staleTime: 60_000,
  refetchOnWindowFocus: false,
});
