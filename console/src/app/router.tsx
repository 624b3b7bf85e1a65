import { createRouter } from '@tanstack/react-router';
import { Loading } from '../parts/states';
import { definitionRoute, definitionsRoute, newDefinitionRoute } from '../pages/definitions/route';
import { homeRoute } from '../pages/home/route';
import { inboxRoute } from '../pages/inbox/route';
import { jobsRoute } from '../pages/jobs/route';
import { orderRoute } from '../pages/order/route';
import { ordersRoute } from '../pages/orders/route';
import { projectRoute, projectsRoute } from '../pages/projects/route';
import { jobRoute, runRoute } from '../pages/run/route';
import { runsRoute } from '../pages/runs/route';
import { startRoute } from '../pages/start/route';
import { client } from './query-client';
import { PageError, root } from './root';

const routeTree = root.addChildren([
  homeRoute,
  inboxRoute,
  startRoute,
  ordersRoute,
  orderRoute,
  projectsRoute,
  projectRoute,
  definitionsRoute,
  newDefinitionRoute,
  definitionRoute,
  runsRoute,
  runRoute,
  jobsRoute,
  jobRoute,
]);

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
