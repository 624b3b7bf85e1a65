import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { assertGatewayIsGuarded, readGatewaySecrets, UserError, type Config } from '../config';
import { tryLock } from '../local/lock';
import type { Logger } from '../logging';
import { createMetrics, type Metrics } from '../telemetry/metrics';
import { createAdmission } from './admission';
import { createGateway } from './app';
import { createDrain } from './drain';
import { createAuthenticator } from './keys';
import { openFileJournal } from './accounts/journal';
import { openAccounts, type Accounts } from './accounts/accounts';
import { BrokenJournal } from './accounts/lines';
import type { Limit } from './accounts/state';
import { createRates } from './limits/rate';
import { createSeats } from './limits/seats';
import { createMeter } from './meter';
import { createMock } from './mock/provider';
import { parseMoney } from './money';
import { loadPrices } from './prices';
import type { Provider } from './provider';
import { createAnthropic } from './providers/anthropic/provider';
import { createOpenAi } from './providers/openai';
import { createSpending } from './spending';

export interface RunningGateway {
  /** its address, without `/v1` */
  url: string;
  /** Takes no more calls, lets those under way end, and closes the journal. */
  stop(): Promise<void>;
  /** Rejects when the server cannot go on. */
  failed: Promise<never>;
}

export interface GatewayOptions {
  metrics?: Metrics;
  /** of the provider; read from the environment if not given */
  secrets?: { apiKey: string | undefined };
  /** milliseconds that a start waits for the previous gateway to release the journal; default 10,000 */
  handoverMs?: number;
}

/** Starts the LLM gateway. @throws UserError if the configuration does not allow it */
export async function startGateway(config: Config, log: Logger, options: GatewayOptions = {}): Promise<RunningGateway> {
  assertGatewayIsGuarded(config);
  const {
    metrics = createMetrics(),
    secrets = readGatewaySecrets(undefined, config.root),
    handoverMs = 10_000,
  } = options;
  const settings = config.llm.gateway;
  const provider = createProvider(config, secrets.apiKey);
  const prices = loadPrices(settings.pricesFile);
  const { rate, parallel } = settings;
  const authenticate = await createAuthenticator({ file: settings.keysFile, rate, seats: parallel, log });
  const { accounts, release } = await openJournal(settings.journalDir, handoverMs, log);
  const seats = createSeats({ seats: parallel, queue: settings.queue, waitMs: settings.queueWaitMs });
  const meter = createMeter(metrics.registry, () => ({ inFlight: seats.inFlight, waiting: seats.waiting }));
  const budgets = { run: limitOf(settings.budgets.run), day: limitOf(settings.budgets.day) };
  const admit = createAdmission({ accounts, rates: createRates(), seats, prices, budgets, meter, log });

  const server = createServer(
    createGateway({
      provider,
      authenticate,
      admit,
      meter,
      spending: createSpending({ accounts, meter, prices, budgets, startedAt: new Date() }),
      metrics,
      fault: () => accounts.fault(),
      facts: () => ({
        provider: provider.name,
        models: provider.models,
        prices_as_of: prices.asOf,
        in_flight: seats.inFlight,
        waiting: seats.waiting,
      }),
      bodyLimitBytes: settings.bodyLimitBytes,
      maxTokens: settings.maxTokens,
      log,
    }),
  );
  const drain = createDrain(server);
  server.headersTimeout = 15_000;
  server.requestTimeout = 120_000;
  server.keepAliveTimeout = 65_000;
  server.maxHeadersCount = 100;
  try {
    await listen(server, settings);
  } catch (error) {
    await accounts.close();
    release();
    throw error;
  }
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : settings.port;
  const url = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`;
  log.info({ url, provider: provider.name, keys: settings.keysFile !== undefined }, 'LLM gateway is listening');

  return {
    url,
    failed: new Promise<never>((_, reject) => server.on('error', reject)),
    async stop() {
      await drain(config.worker.shutdownGraceMs);
      // calls whose connection was cut settle in the next turns of the event loop
      for (let i = 0; i < 100 && seats.inFlight > 0; i++) await new Promise((resolve) => setTimeout(resolve, 20));
      await accounts.close();
      release();
    },
  };
}

const limitOf = ({ money, tokens }: { money?: string; tokens?: number }): Limit => ({
  money: money === undefined ? undefined : parseMoney(money),
  tokens,
});

function createProvider(config: Config, apiKey: string | undefined): Provider {
  const settings = config.llm.gateway;
  if (settings.provider === 'mock') return createMock();
  if (settings.provider === 'anthropic') {
    if (apiKey === undefined) throw new UserError('LLM_PROVIDER=anthropic needs ANTHROPIC_API_KEY.');
    return createAnthropic({ ...settings, apiKey, embeddingModel: undefined });
  }
  if (apiKey === undefined && new URL(settings.baseUrl).hostname === 'api.openai.com') {
    throw new UserError('LLM_PROVIDER=openai needs OPENAI_API_KEY, or OPENAI_BASE_URL of a server that needs no key.');
  }
  return createOpenAi({ ...settings, apiKey });
}

/** Opens the accounts of a folder for this process alone: two gateways on one ledger would spend a budget twice. */
async function openJournal(
  dir: string,
  waitMs: number,
  log: Logger,
): Promise<{ accounts: Accounts; release: () => void }> {
  const lock = join(dir, 'gateway.lock');
  const file = join(dir, 'spending.jsonl');
  let release = tryLock(lock);
  for (const end = Date.now() + waitMs; !release && Date.now() < end; release = tryLock(lock)) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (!release) {
    throw new UserError(
      `Another gateway keeps its accounts in ${dir}. Stop it, or give this one a folder of its own by LLM_JOURNAL_DIR.`,
    );
  }
  try {
    return { accounts: await openAccounts({ journal: await openFileJournal(file), log }), release };
  } catch (error) {
    release();
    if (!(error instanceof BrokenJournal)) throw error;
    throw new UserError(
      `The journal of spending ${file} is broken (${error.message}). Restore it from a backup, or move it away: then ` +
        'all budgets start from zero.',
    );
  }
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} on ${host} is taken by another program. Stop it, or set AWE_GATEWAY_PORT.`;
      reject(error.code === 'EADDRINUSE' ? new UserError(taken) : error);
    });
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}
