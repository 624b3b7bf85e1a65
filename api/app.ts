import express, { type Express } from 'express';
import type { Logger } from '../src/logging';
import type { Metrics } from '../src/telemetry/metrics';
import { consoleRouter } from './console';
import { docsRouter } from './docs';
import { mount, type MountOptions } from './http';
import { logRequests } from './middleware/log';
import { requestId } from './middleware/request-id';
import { watchRequests } from './middleware/watch';
import { securityHeaders } from './middleware/security';
import { answerProblems, HttpProblem } from './problem';
import { routesOf, type PartDependencies } from './parts';

/** Everything that the API is made of. A test may hand in its own. */
export type AppDependencies = PartDependencies &
  Omit<MountOptions, 'timeLimit'> & { log: Logger; metrics: Pick<Metrics, 'http'> };

/** Milliseconds for an answer that is not a stream: longer than any call to Temporal or any spreadsheet may take. */
const TIME_LIMIT = 45_000;

/** The application, ready to listen. */
export function createApp(deps: AppDependencies): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.set('trust proxy', false);

  app.use(requestId, watchRequests, securityHeaders, logRequests(deps.log, deps.metrics.http));
  const options = { ...deps, timeLimit: TIME_LIMIT };
  app.use(consoleRouter());
  app.use(mount(routesOf(options), options));
  app.use(docsRouter());
  app.use(() => {
    throw new HttpProblem('not-found', 'There is no such address. GET / lists where to start.');
  });
  app.use(answerProblems(deps.log));
  return app;
}
