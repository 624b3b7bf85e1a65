import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';
import { textOf } from '../../parts/search';

/** Which decisions are shown. */
export interface LedgerSearch {
  process?: string;
  by?: string;
  subject?: string;
  workflow_id?: string;
  choice?: string;
  /** days, of the reader's time zone */
  since?: string;
  until?: string;
}

const dayOf = (value: unknown): string | undefined =>
  /^\d{4}-\d\d-\d\d$/.test(String(value)) && !Number.isNaN(Date.parse(String(value))) ? String(value) : undefined;

export const ledgerRoute = createRoute({
  getParentRoute: () => root,
  path: '/ledger',
  validateSearch: (search: Record<string, unknown>): LedgerSearch => ({
    process: textOf(search.process),
    by: textOf(search.by),
    subject: textOf(search.subject),
    workflow_id: textOf(search.workflow_id),
    choice: textOf(search.choice),
    since: dayOf(search.since),
    until: dayOf(search.until),
  }),
}).lazy(() => import('./Ledger').then(({ page }) => page));

export const decisionRoute = createRoute({ getParentRoute: () => root, path: '/ledger/$process/$n' }).lazy(() =>
  import('./Decision').then(({ page }) => page),
);
