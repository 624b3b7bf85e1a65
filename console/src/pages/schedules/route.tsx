import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';

export const schedulesRoute = createRoute({
  getParentRoute: () => root,
  path: '/schedules',
  /** `create`: the form of a new one is open */
  validateSearch: ({ create }: Record<string, unknown>): { create?: boolean } => ({
    create: create === true ? true : undefined,
  }),
}).lazy(() => import('./Schedules').then(({ page }) => page));

export const scheduleRoute = createRoute({ getParentRoute: () => root, path: '/schedules/$id' }).lazy(() =>
  import('./Schedule').then(({ page }) => page),
);
