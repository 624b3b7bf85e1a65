import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { LlmErrorCode } from '../../schemas/llm';
import type { Shortage } from './accounts/state';
import { parseMoney, type Money } from './money';
import type { Tokens } from './usage';

/** The facts counted of a call when it is over. */
export interface Counted {
  route: 'chat' | 'chat_stream' | 'embeddings';
  provider: string;
  model: string;
  task: string | undefined;
  /** `ok`, an error's code, or `gone` if the caller did not wait */
  outcome: LlmErrorCode | 'ok' | 'gone' | 'internal';
  seconds: number;
}

export interface Meter {
  countCall(of: Counted): void;
  /** @param cost as a decimal; null if unknown */
  countSpending(model: string, tokens: Tokens, cost: { amount: string | null; currency: string }): void;
  countRefusal(shortage: Pick<Shortage, 'account' | 'what'>): void;
  /** What was spent on each model since the start, by their names. */
  spending(): SpentOnModel[];
}

/** What was spent on a model. */
export interface SpentOnModel {
  model: string;
  money: Money;
  tokens: number;
  /** answers of unknown cost */
  unpriced: number;
  by_kind: Record<'prompt' | 'cached' | 'written' | 'completion', number>;
}

/** Values that a label may take before the rest become `other`: callers choose the names of models and tasks. */
const NAMES = 50;

/** The gateway's metrics. `watch` is called for the gauges at every scrape. */
export function createMeter(registry: Registry, watch: () => { inFlight: number; waiting: number }): Meter {
  const registers = [registry];
  const calls = new Counter({
    name: 'awe_llm_requests_total',
    help: 'Calls by outcome: ok, gone (the caller did not wait), or the code of the error.',
    labelNames: ['route', 'provider', 'model', 'task', 'outcome'],
    registers,
  });
  const errors = new Counter({
    name: 'awe_llm_errors_total',
    help: 'Calls that ended in an error, by its code.',
    labelNames: ['code'],
    registers,
  });
  const tokens = new Counter({
    name: 'awe_llm_tokens_total',
    help: 'Tokens accounted for: prompt (without those of the cache), cached (read from it), written (to it), completion.',
    labelNames: ['model', 'kind'],
    registers,
  });
  const cost = new Counter({
    name: 'awe_llm_cost_total',
    help: 'Money accounted for, if the price is known.',
    labelNames: ['model', 'currency'],
    registers,
  });
  const unpriced = new Counter({
    name: 'awe_llm_unpriced_answers_total',
    help: 'Answers of unknown cost.',
    labelNames: ['model'],
    registers,
  });
  const refusals = new Counter({
    name: 'awe_llm_budget_refusals_total',
    help: 'Calls refused by a budget, by its scope and what ran out.',
    labelNames: ['scope', 'what'],
    registers,
  });
  const duration = new Histogram({
    name: 'awe_llm_duration_seconds',
    help: 'Time from a call until its answer is sent.',
    labelNames: ['route', 'model'],
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300],
    registers,
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge('awe_llm_in_flight_entries', 'Calls under way.', () => watch().inFlight);
  gauge('awe_llm_waiting_entries', 'Calls that wait for a free seat.', () => watch().waiting);

  const model = createLabelLimit();
  const task = createLabelLimit();
  const spent = new Map<string, SpentOnModel>();

  function addSpending(name: string, { prompt, cached, written, completion }: Tokens, amount: string | null): void {
    const before = spent.get(name);
    const { prompt: p = 0, cached: c = 0, written: w = 0, completion: a = 0 } = before?.by_kind ?? {};
    spent.set(name, {
      model: name,
      money: (before?.money ?? 0n) + (amount === null ? 0n : parseMoney(amount)),
      tokens: (before?.tokens ?? 0) + prompt + completion,
      unpriced: (before?.unpriced ?? 0) + (amount === null ? 1 : 0),
      by_kind: {
        prompt: p + prompt - cached - written,
        cached: c + cached,
        written: w + written,
        completion: a + completion,
      },
    });
  }

  return {
    countCall(of) {
      const labels = { route: of.route, model: model(of.model) };
      calls.inc({ ...labels, provider: of.provider, task: of.task ? task(of.task) : 'none', outcome: of.outcome });
      if (of.outcome !== 'ok' && of.outcome !== 'gone') errors.inc({ code: of.outcome });
      duration.observe(labels, of.seconds);
    },
    countSpending(name, of, { amount, currency }) {
      const { prompt, cached, written, completion } = of;
      addSpending(model(name), of, amount);
      tokens.inc({ model: model(name), kind: 'prompt' }, prompt - cached - written);
      tokens.inc({ model: model(name), kind: 'cached' }, cached);
      tokens.inc({ model: model(name), kind: 'written' }, written);
      tokens.inc({ model: model(name), kind: 'completion' }, completion);
      if (amount === null) unpriced.inc({ model: model(name) });
      else cost.inc({ model: model(name), currency }, Number(amount));
    },
    spending: () => [...spent.values()].sort((a, b) => (a.model < b.model ? -1 : 1)),
    countRefusal: ({ account, what }) => refusals.inc({ scope: account.split(':', 1)[0] ?? '', what }),
  };
}

function createLabelLimit(): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.size < NAMES) known.add(name);
    return known.has(name) ? name : 'other';
  };
}
