import { createRouter } from '@tanstack/react-router';
import { Loading } from '../parts/states';
import { agentsRoute, agentRoute } from '../pages/agents/route';
import { costsRoute } from '../pages/costs/route';
import { deadLettersRoute } from '../pages/dead-letters/route';
import { definitionRoute, definitionsRoute, newDefinitionRoute } from '../pages/definitions/route';
import { healthRoute } from '../pages/health/route';
import { homeRoute } from '../pages/home/route';
import { inboxRoute } from '../pages/inbox/route';
import { jobsRoute } from '../pages/jobs/route';
import { ledgerRoute, decisionRoute } from '../pages/ledger/route';
import { mcpRoute, mcpServerRoute } from '../pages/mcp/route';
import { orderRoute } from '../pages/order/route';
import { ordersRoute } from '../pages/orders/route';
import { policyRoute } from '../pages/policy/route';
import { projectRoute, projectsRoute } from '../pages/projects/route';
import { jobRoute, runRoute } from '../pages/run/route';
import { runsRoute } from '../pages/runs/route';
import { schedulesRoute, scheduleRoute } from '../pages/schedules/route';
import { startRoute } from '../pages/start/route';
import { toolsRoute, toolRoute } from '../pages/tools/route';
import { webhooksRoute, webhookRoute } from '../pages/webhooks/route';
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
  deadLettersRoute,
  agentsRoute,
  agentRoute,
  costsRoute,
  healthRoute,
  ledgerRoute,
  decisionRoute,
  mcpRoute,
  mcpServerRoute,
  policyRoute,
  schedulesRoute,
  scheduleRoute,
  toolsRoute,
  toolRoute,
  webhooksRoute,
  webhookRoute,
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
