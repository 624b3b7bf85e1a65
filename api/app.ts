import express, { type Express } from 'express';
import type { Logger } from '../src/logging';
import type { Authenticate } from './auth';
import { docsRouter } from './docs';
import { mount } from './http';
import { logRequests } from './middleware/log';
import { requestId } from './middleware/request-id';
import { watchRequests } from './middleware/watch';
import { securityHeaders } from './middleware/security';
import { openApiDocument } from './openapi';
import { answerProblems, HttpProblem } from './problem';
import { artifactRoutes, type ArtifactDependencies } from './routes/artifacts';
import { dlqRoutes, type DlqDependencies } from './operations/routes';
import { eventRoutes, type EventDependencies } from './routes/events';
import { initialRequestRoutes, type RequestDependencies } from './audit/request';
import { orderRoutes, type OrderDependencies } from './order/routes';
import { projectRoutes, type ProjectDependencies } from './audit/routes';
import { runRoutes, type RunRouteDependencies } from './routes/runs';
import { serviceRoutes, type ServiceDependencies } from './routes/service';

/** All that the API is made of. A test hands in what it likes. */
export type AppDependencies = RequestDependencies &
  ProjectDependencies &
  RunRouteDependencies &
  EventDependencies &
  ArtifactDependencies &
  DlqDependencies &
  OrderDependencies &
  Pick<ServiceDependencies, 'health' | 'metrics'> & {
    authenticate: Authenticate;
    guardHost: boolean;
    bodyLimitBytes: number;
    version: string;
    log: Logger;
  };

/** Milliseconds for an answer that is no stream: above what any call to Temporal or a spreadsheet may take. */
const TIME_LIMIT = 45_000;

/** The application, ready to listen. */
export function createApp(deps: AppDependencies): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.set('trust proxy', false);
  const document = openApiDocument(deps.version);

  app.use(requestId, watchRequests, securityHeaders, logRequests(deps.log));
  app.use(
    mount(
      {
        ...serviceRoutes({ health: deps.health, metrics: deps.metrics, openapi: () => document }),
        ...initialRequestRoutes(deps),
        ...projectRoutes(deps),
        ...runRoutes(deps),
        ...eventRoutes(deps),
        ...artifactRoutes(deps),
        ...dlqRoutes(deps),
        ...orderRoutes(deps),
      },
      { ...deps, timeLimit: TIME_LIMIT },
    ),
  );
  app.use(docsRouter());
  app.use(() => {
    throw new HttpProblem('not-found', 'There is no such address. GET / lists where to start.');
  });
  app.use(answerProblems(deps.log));
  return app;
}
