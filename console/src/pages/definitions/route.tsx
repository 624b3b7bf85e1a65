import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';

export type Notation = 'yaml' | 'json';

const TABS = ['edit', 'try', 'run', 'versions'] as const;
export type Tab = (typeof TABS)[number];

/** What of a definition is shown. */
export interface DefinitionSearch {
  tab?: Tab;
  /** in which notation it is edited; YAML without it */
  as?: 'json';
  /** two versions that are compared */
  from?: number;
  to?: number;
}

const version = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;

const validateSearch = ({ tab, as, from, to }: Record<string, unknown>): DefinitionSearch => ({
  tab: TABS.find((one) => one === tab && one !== 'edit'),
  as: as === 'json' ? 'json' : undefined,
  from: version(from),
  to: version(to),
});

const getParentRoute = () => root;

export const definitionsRoute = createRoute({ getParentRoute, path: '/definitions' }).lazy(() =>
  import('./Definitions').then(({ page }) => page),
);

export const newDefinitionRoute = createRoute({ getParentRoute, path: '/definitions/new', validateSearch }).lazy(() =>
  import('./NewDefinition').then(({ page }) => page),
);

export const definitionRoute = createRoute({ getParentRoute, path: '/definitions/$id', validateSearch }).lazy(() =>
  import('./Definition').then(({ page }) => page),
);
