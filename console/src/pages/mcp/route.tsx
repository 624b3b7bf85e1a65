import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';

export const mcpRoute = createRoute({ getParentRoute: () => root, path: '/mcp' }).lazy(() =>
  import('./Servers').then(({ page }) => page),
);

export const mcpServerRoute = createRoute({ getParentRoute: () => root, path: '/mcp/$server' }).lazy(() =>
  import('./Server').then(({ page }) => page),
);
