import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api, type Answer } from '../../api/client';
import type { operations } from '../../api/openapi';
import type { RunsSearch } from './route';

export type ListedRun = Answer<'listRuns'>['runs'][number];

type Query = NonNullable<operations['listRuns']['parameters']['query']>;

/** Rows per question. */
const PAGE = 100;

export const runsQuery = ({ status, process }: RunsSearch) =>
  infiniteQueryOptions({
    queryKey: ['runs', { status, process }],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) => {
      const query = { status, process, cursor, limit: PAGE } as Query;
      return answer(api.GET('/runs', { params: { query }, signal }));
    },
    getNextPageParam: ({ next_cursor }) => next_cursor,
    select: ({ pages }) => ({ rows: pages.flatMap(({ runs }) => runs), counts: pages[0]?.counts ?? {} }),
  });
