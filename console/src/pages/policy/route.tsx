import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';
import { numberOf, textOf, wordOf } from '../../parts/search';

export const TABS = ['rules', 'data', 'try'] as const;
export type PolicyTab = (typeof TABS)[number];

/** What of the policy is shown, and the plan that it is tried on. */
export interface PolicySearch {
  tab?: PolicyTab;
  job?: string;
  /** workflow id of an execution of a definition, or of a job */
  run?: string;
  version?: number;
}

export const policyRoute = createRoute({
  getParentRoute: () => root,
  path: '/policy',
  validateSearch: ({ tab, job, run, version }: Record<string, unknown>): PolicySearch => ({
    tab: wordOf(TABS, tab),
    job: textOf(job),
    run: textOf(run),
    version: numberOf(version),
  }),
}).lazy(() => import('./Policy').then(({ page }) => page));
