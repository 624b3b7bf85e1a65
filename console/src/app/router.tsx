import { createRouter } from '@tanstack/react-router';
import { Loading } from '../parts/states';
import { homeRoute } from '../pages/home/route';
import { inboxRoute } from '../pages/inbox/route';
import { orderRoute } from '../pages/order/route';
import { ordersRoute } from '../pages/orders/route';
import { client } from './query-client';
import { PageError, root } from './root';

const routeTree = root.addChildren([homeRoute, inboxRoute, ordersRoute, orderRoute]);

export const router = createRouter({
  routeTree,
  basepath: '/console',
  context: { client },
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultPendingComponent: Loading,
  defaultErrorComponent: PageError,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
