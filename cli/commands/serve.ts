import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import { assertApiIsGuarded, assertGatewayIsGuarded, UserError, type Config } from '../../src/config';
import { markBuildInUse } from '../../src/local/builds';
import { createLogger, type Logger } from '../../src/logging';
import { startErrorReports } from '../../src/telemetry/error-reports';
import { createMetrics, type Metrics } from '../../src/telemetry/metrics';
import { serveMetrics } from '../../src/telemetry/server';
import { startTracing } from '../../src/telemetry/tracing';
import type { Cli } from '../cli';
import { queueClasses, type QueueClass } from '../../schemas/queues';
import type { RoleName, Running, ServeChoices } from '../roles';

/** Milliseconds beyond the grace of each role after which a stop counts as stuck. */
const STUCK_AFTER_MS = 10_000;

export function registerServe(program: Command, cli: Cli): void {
  program
    .command('serve')
    .description('run roles in this process until it is asked to stop (SIGTERM or Ctrl-C), then let their work finish')
    .addArgument(
      new Argument('<roles...>', 'the roles to run').choices([
        'api',
        'worker',
        'consumer',
        'gateway',
      ] satisfies RoleName[]),
    )
    .addOption(
      new Option('--queues <names>', `the queues that the worker serves: ${queueClasses.join(',')}`)
        .argParser(readQueues)
        .default(undefined, 'all'),
    )
    .action((names: RoleName[], choices: ServeChoices) => {
      if (choices.queues && !names.includes('worker')) throw new UserError('--queues needs the role worker.');
      return serve(cli.config(), [...new Set(names)], choices);
    });
}

/** Reads `tools,agents` as classes of work, each once. */
export function readQueues(text: string): QueueClass[] {
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  const known = (name: string): name is QueueClass => (queueClasses as readonly string[]).includes(name);
  const wrong = names.filter((name) => !known(name));
  if (wrong.length === 0) return names.filter(known);
  throw new InvalidArgumentError(
    `"${wrong.join(',')}" is not a queue. Write one or more of ${queueClasses.join(',')}, with commas and no spaces.`,
  );
}

async function serve(config: Config, names: RoleName[], choices: ServeChoices): Promise<void> {
  if (names.includes('api')) assertApiIsGuarded(config);
  if (names.includes('gateway')) assertGatewayIsGuarded(config);
  const log = createLogger(config, 'awe');
  const endReports = await startErrorReports(config);
  const crash = (error: unknown, what: string): void => {
    log.fatal({ err: error }, what);
    void endReports().finally(() => process.exit(1));
  };
  markBuildInUse();
  config.warnings.forEach((warning) => log.warn(warning));
  process.on('uncaughtException', (error) => crash(error, 'uncaught error: this process ends with 1'));
  process.on('unhandledRejection', (reason) => crash(reason, 'unhandled rejection: this process ends with 1'));
  const stopAsked = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve(signal));
  });

  const metrics = createMetrics(config.version);
  const endTracing = await startTracing(config, log);
  const running: Running[] = [];
  // import() needs the extension under Node; elsewhere it is left out.
  const { roles } = await import('../roles.js');
  for (const name of names) {
    try {
      running.push(await roles[name](config, createLogger(config, name), metrics, choices));
    } catch (error) {
      if (error instanceof UserError) log.fatal(`${name}: ${error.message}`);
      else log.fatal({ err: error }, `${name} could not start: this process ends with 1`);
      await stopAll(config, log, running);
      await endReports();
      process.exit(1);
    }
    log.info(name === 'api' ? `api: http://${config.http.host}:${config.http.port}` : `${name}: running`);
  }

  const metricsServer = await startMetrics(config, log, names, metrics, running);
  const ended = await Promise.race([stopAsked, ...running.map((role) => role.failed)]).catch((error: unknown) => {
    log.fatal({ err: error }, 'a role died: stopping the others');
    return undefined;
  });
  if (ended !== undefined)
    log.info(`${ended}: stopping, work in progress may take ${config.worker.shutdownGraceMs} ms`);
  await metricsServer?.stop();
  const clean = await stopAll(config, log, running);
  await endTracing();
  log.info(clean ? 'stopped' : 'stopped, but not cleanly: work in progress may have been cut off');
  await endReports();
  process.exit(ended !== undefined && clean ? 0 : 1);
}

/** The port of /metrics in a process without an API, unless the configuration names another. */
const METRICS_PORT = 9464;

/** Serves `/metrics` and `/health` in a process without API and gateway, or in any for which the configuration names a port. */
async function startMetrics(config: Config, log: Logger, names: RoleName[], metrics: Metrics, running: Running[]) {
  if (names.every((name) => name === 'gateway')) return undefined; // it serves them itself
  const servesItself = names.includes('api') || names.includes('gateway');
  const { port = servesItself ? 0 : METRICS_PORT } = config.metrics;
  if (port === 0) return undefined;
  const at = { host: config.http.host, port, required: config.metrics.port !== undefined };
  const faults = async () => (await Promise.all(running.map(async (role) => (await role.faults?.()) ?? []))).flat();
  return await serveMetrics(metrics, at, log, faults);
}

/** Stops all roles at once; false if one fails to or takes too long. */
async function stopAll(config: Config, log: Logger, running: Running[]): Promise<boolean> {
  for (const role of running) role.failed.catch(() => undefined);
  const stopped = Promise.allSettled(running.map((role) => role.stop()));
  const stuck = new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), config.worker.shutdownGraceMs + STUCK_AFTER_MS).unref();
  });
  const results = await Promise.race([stopped, stuck]);
  if (results === undefined) log.error('a role has not stopped in time: ending without it');
  for (const result of results ?? []) {
    if (result.status === 'rejected') log.error({ err: result.reason as unknown }, 'a role did not stop cleanly');
  }
  return results !== undefined && results.every((result) => result.status === 'fulfilled');
}
