import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';

export const agentsRoute = createRoute({ getParentRoute: () => root, path: '/agents' }).lazy(() =>
  import('./Agents').then(({ page }) => page),
);

export const agentRoute = createRoute({ getParentRoute: () => root, path: '/agents/$name' }).lazy(() =>
  import('./Agent').then(({ page }) => page),
);
