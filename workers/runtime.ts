import { makeTelemetryFilterString, Runtime, type Logger as TemporalLogger } from '@temporalio/worker';
import type { Logger } from '../src/logging';

let installed = false;

/**
 * Sends log lines of Temporal's SDK through our logger, and serves the SDK's own metrics at a port of their own, if one
 * is given. A process has one runtime, so only the first call counts.
 */
export function installRuntime(log: Logger, metrics?: { host: string; port: number }): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: bridge(log),
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) },
      ...(metrics
        ? {
            metrics: {
              prometheus: {
                bindAddress: `${metrics.host.includes(':') ? `[${metrics.host}]` : metrics.host}:${metrics.port}`,
                ...{ countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true },
              },
            },
          }
        : {}),
    },
    shutdownSignals: [],
  });
}

/** Renames a run's ids as in all our lines, and puts errors where the logger looks for them. */
function named(meta: object = {}): object {
  const { workflowId, runId, workflowRunId = runId, activityType, error, ...rest } = meta as Record<string, unknown>;
  return { workflow_id: workflowId, run_id: workflowRunId, activity: activityType, err: error, ...rest };
}

/** A warning of the SDK about what is meant so: workers of activities have no workflows. */
const MEANT = /^No workflows registered/;

/** Workers' state changes go to the level `debug`: we log the start and end of a role ourselves. */
function bridge(log: Logger): TemporalLogger {
  const write = (level: 'trace' | 'debug' | 'info' | 'warn' | 'error') => (message: string, meta?: object) =>
    log[level](named(meta), message);
  const trace = write('trace');
  const debug = write('debug');
  return {
    log: (level, message, meta) =>
      write(level === 'INFO' || MEANT.test(message) ? 'debug' : (level.toLowerCase() as 'trace'))(message, meta),
    trace,
    debug,
    info: debug,
    warn: (message, meta) => write(MEANT.test(message) ? 'debug' : 'warn')(message, meta),
    error: write('error'),
  };
}
