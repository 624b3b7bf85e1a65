import type { Health, Readiness } from '../../schemas/api';
import type { Metrics } from '../../src/telemetry/metrics';
import type { Contract } from '../contract';
import { openApiDocument } from '../openapi';
import { languageOf } from '../language';
import type { Handlers } from '../part';
import type { serviceContracts } from './contract';
import type { HealthReport } from './health';

export interface ServiceDependencies {
  health: HealthReport;
  metrics: Pick<Metrics, 'text'>;
  /** all addresses of the API */
  contracts: readonly Contract[];
  /** the API's version, for its description */
  version: string;
}

export function serviceRoutes({
  health,
  metrics,
  contracts,
  version,
}: ServiceDependencies): Handlers<typeof serviceContracts> {
  const started = Date.now();
  const description = openApiDocument(contracts, version);
  const links: Record<string, string> = { docs: '/docs' };
  for (const { entrance, path } of contracts) if (entrance !== undefined) links[entrance] = path;
  return {
    index: async () => ({ body: { name: 'AWE', links } }),
    async health(call) {
      const dependencies = await health.states(languageOf(call));
      const body: Health = {
        status: dependencies.every(({ state }) => state === 'up') ? 'ok' : 'degraded',
        uptime_seconds: Math.floor((Date.now() - started) / 1_000),
        dependencies,
      };
      return { body };
    },
    async ready(call) {
      const reasons = await health.obstacles(languageOf(call));
      const body: Readiness = { ready: reasons.length === 0, reasons };
      return { status: body.ready ? 200 : 503, body, ...(body.ready ? {} : { headers: { 'Retry-After': '5' } }) };
    },
    async metrics({ res }) {
      res.locals.quiet = true;
      const { contentType, body } = await metrics.text();
      res.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' }).end(body);
      return undefined;
    },
    openapi: async () => ({ body: description, headers: { 'Cache-Control': 'public, max-age=60' } }),
  };
}
