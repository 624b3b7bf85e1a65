import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Router, type RequestHandler } from 'express';
import sirv from 'sirv';
import { findBuild } from '../src/config';
import { HttpProblem } from './problem';

/** Where the console is served. */
const HOME = '/console/';

/** Scripts and data from this server alone, none of them inline; components set styles on elements. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Built files carry a hash of their content in their names: they never change. */
const ASSETS = '/assets/';

/** The console: built files, and its one page for each address below `/console/`. A browser that asks for `/` gets there. */
export function consoleRouter(pages = join(findBuild(), 'console')): Router {
  const router = Router({ strict: true });
  router.get('/', (req, res, next) => {
    if (req.accepts(['json', 'html']) !== 'html') return next();
    res.redirect(302, HOME);
  });
  router.get('/console', (_req, res) => res.redirect(302, HOME));
  router.use(HOME, existsSync(pages) ? served(pages) : missing);
  return router;
}

function served(pages: string): RequestHandler {
  const files = sirv(pages, {
    etag: true,
    gzip: true,
    brotli: true,
    single: true,
    ignores: [/^\/assets\//],
    setHeaders(res, path) {
      res.setHeader('Cache-Control', path.startsWith(ASSETS) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return (req, res, next) => {
    res.locals.quiet = true;
    // also on a 304, whose headers take the place of those that the browser has kept
    res.setHeader('Content-Security-Policy', POLICY);
    // names of tools and ids of runs have dots, and look like files that are not there
    files(req, res, () => {
      if (req.path.startsWith(ASSETS)) return next();
      req.url = '/';
      files(req, res, next);
    });
  };
}

const missing: RequestHandler = () => {
  throw new HttpProblem('not-found', 'The console is not built here: `make build` does it.');
};
