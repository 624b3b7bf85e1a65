import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';

export const webhooksRoute = createRoute({
  getParentRoute: () => root,
  path: '/webhooks',
  /** `create`: the form of a new one is open */
  validateSearch: ({ create }: Record<string, unknown>): { create?: boolean } => ({
    create: create === true ? true : undefined,
  }),
}).lazy(() => import('./Webhooks').then(({ page }) => page));

export const webhookRoute = createRoute({ getParentRoute: () => root, path: '/webhooks/$id' }).lazy(() =>
  import('./Webhook').then(({ page }) => page),
);
