import { createRoute } from '@tanstack/react-router';
import { root } from '../../app/root';

const tabs = ['order', 'history', 'files', 'events'] as const;
export type OrderTab = (typeof tabs)[number];

/** What of an order is shown. */
export interface OrderSearch {
  /** without one: the order itself */
  tab?: OrderTab;
  /** what of the two is shown where there is no room for both; without one: the fields */
  pane?: 'sheet';
  /** the sheet that is shown, by the numbers of its file and of itself; without: the first that has lines */
  file?: number;
  sheet?: number;
}

const number = (value: unknown): number | undefined =>
  Number.isInteger(value) && Number(value) > 0 ? Number(value) : undefined;

export const orderRoute = createRoute({
  getParentRoute: () => root,
  path: '/orders/$orderId',
  validateSearch: ({ tab, pane, file, sheet }: Record<string, unknown>): OrderSearch => ({
    tab: tabs.slice(1).find((name) => name === tab),
    pane: pane === 'sheet' ? pane : undefined,
    file: number(file),
    sheet: number(sheet),
  }),
}).lazy(() => import('./Order').then(({ page }) => page));
