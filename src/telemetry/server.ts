import { createServer } from 'node:http';
import { UserError } from '../config';
import type { Logger } from '../logging';
import type { Metrics } from './metrics';

export interface MetricsServer {
  url: string;
  stop(): Promise<void>;
}

/**
 * Serves `/metrics` and `/health`, and nothing else, for a process that has no API. `/health` is 503 with the faults of
 * the process, if it has any. With `required: false` a taken port is logged, and the process goes on without both.
 */
export async function serveMetrics(
  metrics: Pick<Metrics, 'text'>,
  at: { host: string; port: number; required: boolean },
  log: Logger,
  readFaults: () => Promise<string[]> = async () => [],
): Promise<MetricsServer | undefined> {
  const server = createServer((req, res) => {
    const path = req.method === 'GET' ? req.url?.split('?')[0] : undefined;
    if (path === '/health') {
      void readFaults()
        .catch((error: unknown) => [String(error)])
        .then((faults) => {
          res.writeHead(faults.length === 0 ? 200 : 503, { 'content-type': 'application/json' });
          res.end(JSON.stringify({ status: faults.length === 0 ? 'ok' : 'degraded', faults }));
        });
      return;
    }
    if (path !== '/metrics') {
      res.writeHead(404, { 'content-type': 'text/plain' }).end('Nothing but /metrics and /health is served here.\n');
      return;
    }
    metrics.text().then(
      ({ contentType, body }) => res.writeHead(200, { 'content-type': contentType }).end(body),
      (error: unknown) => {
        log.error({ err: error }, 'metrics could not be read: the scrape was answered with 500');
        res.writeHead(500).end();
      },
    );
  });
  server.requestTimeout = 10_000;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(at.port, at.host, resolve);
    });
  } catch (error) {
    const taken = `Port ${at.port} on ${at.host} for /metrics is taken by another program: set AWE_METRICS_PORT`;
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (at.required) throw new UserError(`${taken} to another one, or to 0 for none.`);
    log.warn(`${taken}. This process goes on without metrics.`);
    return undefined;
  }
  const address = server.address();
  const url = `http://${at.host}:${typeof address === 'object' && address ? address.port : at.port}/metrics`;
  log.info({ url }, 'serving metrics');
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
