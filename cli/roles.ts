/** The roles that a process can serve. A module of its own, so that other commands do not load all of AWE. */
import { startApi } from '../api/server';
import type { Config } from '../src/config';
import { withStores } from '../src/generations/stores';
import { startGateway } from '../src/gateway/server';
import { prepareDefinitionChecks } from '../src/definition/check';
import type { Logger } from '../src/logging';
import type { Metrics } from '../src/telemetry/metrics';
import type { QueueClass } from '../schemas/queues';
import { startConsumers } from '../workers/consumers';
import { startWorker } from '../workers/main';

export interface Running {
  /** Lets work in progress finish, then ends. */
  stop(): Promise<void>;
  /** Rejects when the role dies by itself. */
  failed: Promise<never>;
  /** Reasons why the role does not do its work although it runs; none if it does. */
  faults?: () => Promise<string[]>;
}

/** Options of `awe serve` besides the names of roles. */
export interface ServeChoices {
  /** the classes of work that the worker serves; default all */
  queues?: readonly QueueClass[];
}

export type StartRole = (config: Config, log: Logger, metrics: Metrics, choices: ServeChoices) => Promise<Running>;

export const roles: Record<RoleName, StartRole> = {
  api(config, log, metrics) {
    prepareDefinitionChecks();
    return startApi(config, log, metrics);
  },
  async worker(config, log, metrics, { queues }) {
    await withStores(config, { journal: false }, ({ assertFit }) => assertFit());
    return await startWorker(config, log, { metrics, queues });
  },
  consumer: (config, log, metrics) => startConsumers(config, log, { metrics }),
  gateway: (config, log, metrics) => startGateway(config, log, { metrics }),
};

export type RoleName = 'api' | 'worker' | 'consumer' | 'gateway';
