import { makeTelemetryFilterString, Runtime, type Logger as TemporalLogger } from '@temporalio/worker';
import type { Logger } from '../src/logging';

let installed = false;

/** Sends what Temporal's SDK logs through our logger. A process has one runtime, so only the first call counts. */
export function installRuntime(log: Logger): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: bridge(log),
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'ERROR' }) } },
    shutdownSignals: [],
  });
}

/** The ids of a run under the names that all our lines use, and errors where the logger looks for them. */
function named(meta: object = {}): object {
  const { workflowId, runId, activityType, error, ...rest } = meta as Record<string, unknown>;
  return { workflow_id: workflowId, run_id: runId, activity: activityType, err: error, ...rest };
}

/** State changes of workers are said at the level `debug`: we say ourselves when a role has started and ended. */
function bridge(log: Logger): TemporalLogger {
  const write = (level: 'trace' | 'debug' | 'info' | 'warn' | 'error') => (message: string, meta?: object) =>
    log[level](named(meta), message);
  const trace = write('trace');
  const debug = write('debug');
  return {
    log: (level, message, meta) => write(level === 'INFO' ? 'debug' : (level.toLowerCase() as 'trace'))(message, meta),
    trace,
    debug,
    info: debug,
    warn: write('warn'),
    error: write('error'),
  };
}
