import type { Health, Readiness } from '../../schemas/api';
import type { HealthReport } from '../health';
import type { Handlers } from '../http';

export interface ServiceDependencies {
  health: HealthReport;
  openapi: () => object;
}

export function serviceRoutes({
  health,
  openapi,
}: ServiceDependencies): Pick<Handlers, 'index' | 'health' | 'ready' | 'openapi'> {
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
          projects: '/projects',
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
    openapi: async () => ({ body: openapi(), headers: { 'Cache-Control': 'public, max-age=60' } }),
  };
}
