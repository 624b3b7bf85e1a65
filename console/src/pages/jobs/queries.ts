import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, api, type Answer } from '../../api/client';
import type { operations } from '../../api/openapi';
import type { JobsSearch } from './route';

/** A job, or an agent run, which is a job about an asset. */
export type ListedJob = Omit<Answer<'listJobs'>['jobs'][number], 'priority' | 'mode'> & {
  priority?: number;
  mode?: string;
};

type Query = NonNullable<operations['listJobs']['parameters']['query']>;

/** Rows per question. */
const PAGE = 100;

export const jobsQuery = ({ status, only }: JobsSearch) =>
  infiniteQueryOptions({
    queryKey: ['jobs', { status, only }],
    initialPageParam: undefined as string | undefined,
    async queryFn({ pageParam: cursor, signal }): Promise<Page> {
      const params = { query: { status, cursor, limit: PAGE } as Query };
      if (only === undefined) return await answer(api.GET('/jobs', { params, signal }));
      const { runs, ...page } = await answer(api.GET('/api/runs', { params, signal }));
      return { ...page, jobs: runs.map(({ run_id, ...run }) => ({ ...run, job_id: run_id })) };
    },
    getNextPageParam: ({ next_cursor }) => next_cursor,
    select: ({ pages }) => ({ rows: pages.flatMap(({ jobs }) => jobs), counts: pages[0]?.counts ?? {} }),
  });

interface Page {
  jobs: ListedJob[];
  counts?: Record<string, number>;
  next_cursor?: string;
}
