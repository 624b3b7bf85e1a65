import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';
import { textOf } from '../../parts/search';

/** What of the jobs is shown: jobs, or agent runs alone. */
export interface JobsSearch {
  status?: string;
  only?: 'agent-runs';
}

export const jobsRoute = createRoute({
  getParentRoute: () => root,
  path: '/jobs',
  validateSearch: ({ status, only }: Record<string, unknown>): JobsSearch => ({
    status: textOf(status),
    only: only === 'agent-runs' ? only : undefined,
  }),
}).lazy(() => import('./Jobs').then(({ page }) => page));
