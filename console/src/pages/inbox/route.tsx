import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';

/** What of the inbox is shown. */
export interface InboxSearch {
  kind?: string;
  process?: string;
  q?: string;
  mine?: boolean;
  /** the id of the item that keys act on */
  at?: string;
  decided?: boolean;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export const inboxRoute = createRoute({
  getParentRoute: () => root,
  path: '/inbox',
  validateSearch: ({ kind, process, q, mine, at, decided }: Record<string, unknown>): InboxSearch => ({
    kind: text(kind),
    process: text(process),
    q: text(q),
    mine: mine === true ? true : undefined,
    at: text(at),
    decided: decided === true ? true : undefined,
  }),
}).lazy(() => import('./Inbox').then(({ page }) => page));
