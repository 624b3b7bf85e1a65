import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';
import { textOf } from '../../parts/search';

export const KINDS = ['order', 'audit', 'goal', 'agent-run', 'definition'] as const;
export type Kind = (typeof KINDS)[number];

/** What is to be started. */
export interface StartSearch {
  what?: Kind;
  /** of a definition: which */
  id?: string;
}

export const startRoute = createRoute({
  getParentRoute: () => root,
  path: '/start',
  validateSearch: ({ what, id }: Record<string, unknown>): StartSearch => ({
    what: KINDS.find((kind) => kind === what),
    id: textOf(id),
  }),
}).lazy(() => import('./Start').then(({ page }) => page));
