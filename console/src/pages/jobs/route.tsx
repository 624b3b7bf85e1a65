import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';

/** What of the jobs is shown: jobs, or agent runs alone. */
export interface JobsSearch {
  status?: string;
  only?: 'agent-runs';
}

export const jobsRoute = createRoute({
  getParentRoute: () => root,
  path: '/jobs',
  validateSearch: ({ status, only }: Record<string, unknown>): JobsSearch => ({
    status: typeof status === 'string' && status !== '' ? status : undefined,
    only: only === 'agent-runs' ? only : undefined,
  }),
}).lazy(() => import('./Jobs').then(({ page }) => page));
