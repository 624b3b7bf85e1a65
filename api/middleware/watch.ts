import type { RequestHandler } from 'express';
import { atPlace, withLogFields } from '../../src/telemetry/scope';
import { readTraceparent, startSpan } from '../../src/telemetry/trace';

/** Addresses that machines poll too often to be worth a trace. */
const UNTRACED = new Set(['/health', '/ready', '/metrics']);

/** Puts a request's id on each of its log lines; with tracing on, it is a span, below the caller's if there is one. */
export const watchRequests: RequestHandler = (req, res, next) => {
  const requestId = res.locals.requestId as string;
  withLogFields({ request_id: requestId }, () => {
    const span = UNTRACED.has(req.path)
      ? undefined
      : startSpan({
          name: req.method,
          kind: 'server',
          parent: readTraceparent(req.get('traceparent')),
          attributes: { 'http.request.method': req.method, 'awe.request_id': requestId },
        });
    if (!span) {
      next();
      return;
    }
    res.once('close', () => {
      const route = res.locals.route as string | undefined;
      const status = res.writableFinished || res.headersSent ? res.statusCode : 499;
      if (route !== undefined) span.rename(route);
      span.set({ 'http.route': route?.split(' ', 2)[1], 'http.response.status_code': status });
      span.end(status >= 500 ? { type: String(status) } : undefined);
    });
    atPlace(span.place, next);
  });
};
