import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';
import { textOf } from '../../parts/search';

const KINDS = ['order', 'plan', 'approval', 'limit', 'recovery', 'review', 'clarification', 'tools'] as const;

/** What of the inbox is shown. */
export interface InboxSearch {
  kind?: (typeof KINDS)[number];
  process?: string;
  q?: string;
  mine?: boolean;
  /** the id of the item that keys act on */
  at?: string;
  decided?: boolean;
}

export const inboxRoute = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  validateSearch: ({ kind, process, q, mine, at, decided }: Record<string, unknown>): InboxSearch => ({
    kind: KINDS.find((one) => one === kind),
    process: textOf(process),
    q: textOf(q),
    mine: mine === true ? true : undefined,
    at: textOf(at),
    decided: decided === true ? true : undefined,
  }),
}).lazy(() => import('./Inbox').then(({ page }) => page));
