import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';
import { textOf } from '../../parts/search';

export const PARTS = ['summary', 'time_waste', 'cost', 'friction', 'scenario', 'work', 'questions', 'files'] as const;
export type Part = (typeof PARTS)[number];

const getParentRoute = () => root;

export const projectsRoute = createRoute({
  getParentRoute,
  path: '/projects',
  validateSearch: ({ status }: Record<string, unknown>): { status?: string } => ({ status: textOf(status) }),
}).lazy(() => import('./Projects').then(({ page }) => page));

export const projectRoute = createRoute({
  getParentRoute,
  path: '/projects/$projectId',
  validateSearch: ({ part, cause }: Record<string, unknown>): { part?: Part; cause?: string } => ({
    part: PARTS.find((one) => one === part && one !== 'summary'),
    cause: textOf(cause),
  }),
}).lazy(() => import('./Project').then(({ page }) => page));
