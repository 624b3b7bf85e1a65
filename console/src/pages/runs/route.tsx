import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';

/** What of the runs is shown. */
export interface RunsSearch {
  status?: string;
  process?: string;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export const runsRoute = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  validateSearch: ({ status, process }: Record<string, unknown>): RunsSearch => ({
    status: text(status),
    process: text(process),
  }),
}).lazy(() => import('./Runs').then(({ page }) => page));
