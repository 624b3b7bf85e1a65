import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';

/** Parts of a run, each under a tab. */
export const tabs = ['plan', 'timeline', 'events', 'files', 'effects', 'versions', 'replay', 'json'] as const;
export type Tab = (typeof tabs)[number];

/** What of a run is shown. */
export interface RunSearch {
  tab?: Tab;
  /** the plan as a graph or as a list; by the number of its steps without it */
  view?: 'graph' | 'list';
  /** the step whose details are open */
  step?: string;
  /** the version of the plan that is shown beside the one before */
  version?: number;
}

const validateSearch = ({ tab, view, step, version }: Record<string, unknown>): RunSearch => ({
  tab: tabs.find((one) => one === tab),
  view: view === 'graph' || view === 'list' ? view : undefined,
  // ids are shown as numbers where they look like one
  step: typeof step === 'string' || typeof step === 'number' ? String(step) : undefined,
  version: typeof version === 'number' && version >= 1 ? version : undefined,
});

export const runRoute = createRoute({
  getParentRoute: () => root,
  path: '/runs/$workflowId',
  validateSearch,
}).lazy(() => import('./Run').then(({ runPage }) => runPage));

/** The same page for a job, by its name. */
export const jobRoute = createRoute({
  getParentRoute: () => root,
  path: '/jobs/$jobId',
  validateSearch,
}).lazy(() => import('./Run').then(({ jobPage }) => jobPage));
