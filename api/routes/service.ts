import type { Health, Readiness } from '../../schemas/api';
import type { Metrics } from '../../src/telemetry/metrics';
import type { HealthReport } from '../health';
import type { Handlers } from '../http';

export interface ServiceDependencies {
  health: HealthReport;
  metrics: Pick<Metrics, 'text'>;
  openapi: () => object;
}

export function serviceRoutes({
  health,
  metrics,
  openapi,
}: ServiceDependencies): Pick<Handlers, 'index' | 'health' | 'ready' | 'metrics' | 'openapi'> {
  const started = Date.now();
  return {
    index: async () => ({
      body: {
        name: 'AWE',
        links: {
          docs: '/docs',
          openapi: '/openapi.json',
          health: '/health',
          ready: '/ready',
          metrics: '/metrics',
          projects: '/projects',
          'dead-letters': '/dlq',
          'initial-request': '/initial-request',
        },
      },
    }),
    async health() {
      const dependencies = await health.states();
      const body: Health = {
        status: dependencies.every(({ state }) => state === 'up') ? 'ok' : 'degraded',
        uptime_seconds: Math.floor((Date.now() - started) / 1_000),
        dependencies,
      };
      return { body };
    },
    async ready() {
      const reasons = await health.obstacles();
      const body: Readiness = { ready: reasons.length === 0, reasons };
      return { status: body.ready ? 200 : 503, body, ...(body.ready ? {} : { headers: { 'Retry-After': '5' } }) };
    },
    async metrics({ res }) {
      res.locals.quiet = true;
      const { contentType, body } = await metrics.text();
      res.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' }).end(body);
      return undefined;
    },
    openapi: async () => ({ body: openapi(), headers: { 'Cache-Control': 'public, max-age=60' } }),
  };
}
