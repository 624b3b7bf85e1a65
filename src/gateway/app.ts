import express, { Router, type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { LlmSpending } from '../../schemas/llm-spending';
import type { Logger } from '../logging';
import type { Admit } from './admission';
import { chatWork } from './chat';
import { embeddingsWork } from './embeddings';
import { GatewayError } from './errors';
import { answerError, exchangeHandler, nameRequest, toAnswerable } from './exchange';
import type { Authenticate } from './keys';
import type { Meter } from './meter';
import type { Provider } from './provider';
import { firstDay } from './spending';

/** The parts of the gateway. */
export interface GatewayDependencies {
  provider: Provider;
  authenticate: Authenticate;
  admit: Admit;
  meter: Meter;
  /** what was spent since a day, YYYY-MM-DD */
  spending: (since: string) => LlmSpending;
  metrics: { text(): Promise<{ contentType: string; body: string }> };
  /** the reason why no call can be taken now; undefined if calls can */
  fault: () => string | undefined;
  /** for people, in `/health` */
  facts: () => Record<string, unknown>;
  bodyLimitBytes: number;
  maxTokens: number;
  log: Logger;
}

/** The gateway, ready to listen. */
export function createGateway(deps: GatewayDependencies): Express {
  const { provider, authenticate, fault } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', false);
  app.set('trust proxy', false);
  app.use((_req, res, next) => {
    res.set({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    next();
  });

  const router = Router({ caseSensitive: true, strict: true });
  const guarded: RequestHandler = async (req, res, next) => {
    nameRequest(req, res);
    await authenticate(req);
    next();
  };
  const model = (id: string) => ({ id, object: 'model', created: 0, owned_by: provider.name });
  const routes: Record<string, { get?: RequestHandler[]; post?: RequestHandler[] }> = {
    '/v1/chat/completions': { post: [exchangeHandler('chat', deps, chatWork(deps))] },
    '/v1/embeddings': { post: [exchangeHandler('embeddings', deps, embeddingsWork(deps))] },
    '/v1/models': {
      get: [guarded, (_req, res) => void res.json({ object: 'list', data: provider.models.map(model) })],
    },
    '/v1/models/:id': {
      get: [
        guarded,
        (req, res) => {
          const { id } = req.params as { id: string };
          if (!provider.models.includes(id))
            throw notFound(`There is no model ${id.slice(0, 200)} here; GET /v1/models lists those that there are.`);
          res.json(model(id));
        },
      ],
    },
    '/v1/spending': {
      get: [
        guarded,
        (req, res) => {
          const { searchParams } = new URL(req.originalUrl, 'http://gateway');
          res.json(deps.spending(firstDay(searchParams.get('since'))));
        },
      ],
    },
    '/health': {
      get: [
        (_req, res) => {
          const wrong = fault();
          res.json({ status: wrong === undefined ? 'ok' : 'degraded', fault: wrong, ...deps.facts() });
        },
      ],
    },
    '/ready': {
      get: [
        (_req, res) => {
          const wrong = fault();
          res.status(wrong === undefined ? 200 : 503).json({ ready: wrong === undefined, fault: wrong });
        },
      ],
    },
    '/metrics': {
      get: [
        guarded,
        async (_req, res) => {
          const { contentType, body } = await deps.metrics.text();
          res.set('content-type', contentType).send(body);
        },
      ],
    },
  };
  for (const [path, { get, post }] of Object.entries(routes)) {
    if (get) router.get(path, ...get);
    if (post) router.post(path, ...post);
    const allow = get ? 'GET, HEAD' : 'POST';
    router.all(path, (req) => {
      throw new GatewayError('bad_request', `${req.method} is not allowed at this address; ${allow} is.`, {
        status: 405,
        headers: { allow },
      });
    });
  }
  app.use(router);
  app.use((_req) => {
    throw notFound('There is no such address here. Use /v1/chat/completions, /v1/embeddings or /v1/models.');
  });
  const answerErrors: ErrorRequestHandler = (error, req, res, _next) => {
    answerError(req, res, isMalformed(error) ? malformed() : toAnswerable(error, deps.log));
  };
  app.use(answerErrors);
  return app;
}

const notFound = (message: string) => new GatewayError('bad_request', message, { status: 404, reason: 'not_found' });
const isMalformed = (error: unknown) => error instanceof URIError || (error as { status?: unknown }).status === 400;
const malformed = () => new GatewayError('bad_request', 'The address cannot be decoded.');
