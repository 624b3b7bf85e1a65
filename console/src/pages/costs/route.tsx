import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';
import { wordOf } from '../../parts/search';

/** Days back from today that are shown. */
export const PERIODS = ['7', '30', '90'] as const;
export type Period = (typeof PERIODS)[number];

export const costsRoute = createRoute({
  getParentRoute: () => root,
  path: '/costs',
  validateSearch: ({ days }: Record<string, unknown>): { days?: Period } => ({ days: wordOf(PERIODS, String(days)) }),
}).lazy(() => import('./Costs').then(({ page }) => page));
