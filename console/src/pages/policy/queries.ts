import { queryOptions } from '@tanstack/react-query';
import { answer, api, type Answer } from '../../api/client';
import type { PolicySearch } from './route';

export type PolicyInForce = Answer<'getPolicy'>;
export type Trial = Answer<'tryPolicy'>;

export const policyQuery = queryOptions({
  queryKey: ['policy', 'in-force'],
  queryFn: ({ signal }) => answer(api.GET('/policy', { signal })),
});

/** Jobs that a policy can be tried on, the newest. */
export const pastJobsQuery = queryOptions({
  queryKey: ['policy', 'jobs'],
  queryFn: async ({ signal }) => (await answer(api.GET('/jobs', { params: { query: { limit: 50 } }, signal }))).jobs,
});

interface Tried extends Pick<PolicySearch, 'job' | 'run' | 'version'> {
  /** a draft, as the YAML or the JSON of its file; the policy in force if it is empty */
  draft: string;
}

/** Tries a policy on a past plan. Nothing is started. */
export const tryPolicy = ({ job, run, version, draft }: Tried) =>
  answer(
    api.POST('/policy/try', {
      body: {
        job_id: job,
        workflow_id: job === undefined ? run : undefined,
        version,
        policy: draft.trim() || undefined,
      },
    }),
  );
