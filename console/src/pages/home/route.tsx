import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';

export const homeRoute = createRoute({ getParentRoute: () => root, path: '/' }).lazy(() =>
  import('./Home').then(({ page }) => page),
);
