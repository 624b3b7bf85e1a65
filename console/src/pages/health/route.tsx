import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';

export const healthRoute = createRoute({ getParentRoute: () => root, path: '/health' }).lazy(() =>
  import('./Health').then(({ page }) => page),
);
