import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';
import { textOf } from '../../parts/search';

/** What of the runs is shown. */
export interface RunsSearch {
  status?: string;
  process?: string;
}

export const runsRoute = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  validateSearch: ({ status, process }: Record<string, unknown>): RunsSearch => ({
    status: textOf(status),
    process: textOf(process),
  }),
}).lazy(() => import('./Runs').then(({ page }) => page));
