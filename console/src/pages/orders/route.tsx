import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';

export const statuses = [
  ...['waiting', 'running', 'paused', 'mirroring', 'exported', 'rejected', 'split', 'expired', 'failed', 'cancelled'],
  ...['terminated', 'timed_out'],
] as const;

/** What of the orders is shown. */
export interface OrdersSearch {
  status?: (typeof statuses)[number];
}

export const ordersRoute = createRoute({
  getParentRoute: () => root,
  path: '/orders',
  validateSearch: ({ status }: Record<string, unknown>): OrdersSearch => ({
    status: statuses.find((name) => name === status),
  }),
}).lazy(() => import('./Orders').then(({ page }) => page));
