import type { RequestHandler } from 'express';
import type { Logger } from '../../src/logging';

/**
 * Logs every request once its answer is sent or its connection is gone. No bodies, no query strings, no keys: the path
 * of a caller who is not known is left out, since it may hold the key that was meant for a header.
 */
export function logRequests(log: Logger): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    const path = req.originalUrl.split('?', 1)[0]?.slice(0, 300);
    res.once('close', () => {
      const line = {
        request_id: res.locals.requestId as string,
        method: req.method,
        path: res.locals.principal === undefined ? undefined : path,
        route: res.locals.route as string | undefined,
        status: res.writableFinished || res.headersSent ? res.statusCode : 499,
        ms: Math.round(performance.now() - started),
        by: res.locals.principal as string | undefined,
      };
      if (res.locals.quiet) log.debug(line, 'request');
      else log.info(line, 'request');
    });
    next();
  };
}
