import type { RequestHandler } from 'express';
import type { Logger } from '../../src/logging';
import type { HttpMeter } from '../../src/telemetry/http';

/**
 * Logs and counts every request once its answer is sent or its connection is gone. No bodies, no query strings, no keys: the path
 * of a caller who is not known is left out, since it may hold the key that was meant for a header.
 */
export function logRequests(log: Logger, meter: HttpMeter): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    const path = req.originalUrl.split('?', 1)[0]?.slice(0, 300);
    res.once('close', () => {
      const ms = performance.now() - started;
      const line = {
        request_id: res.locals.requestId as string,
        method: req.method,
        path: res.locals.principal === undefined ? undefined : path,
        route: res.locals.route as string | undefined,
        status: res.writableFinished || res.headersSent ? res.statusCode : 499,
        ms: Math.round(ms),
        by: res.locals.principal as string | undefined,
      };
      const { route, status } = line;
      meter.countRequest({ route, status, seconds: res.locals.streams ? undefined : ms / 1_000 });
      if (res.locals.quiet) log.debug(line, 'request');
      else log.info(line, 'request');
    });
    next();
  };
}
