import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { LlmErrorCode } from '../../schemas/llm';
import type { Shortage } from './accounts/state';
import type { Tokens } from './usage';

/** What is counted of a call when it is over. */
export interface Counted {
  route: 'chat' | 'chat_stream' | 'embeddings';
  provider: string;
  model: string;
  task: string | undefined;
  /** `ok`, an error's code, or `gone` where the caller did not wait */
  outcome: LlmErrorCode | 'ok' | 'gone' | 'internal';
  seconds: number;
}

export interface Meter {
  call(of: Counted): void;
  /** what an answer used, and what it cost as a decimal; null: not known */
  spent(model: string, tokens: Tokens, cost: { amount: string | null; currency: string }): void;
  refused(shortage: Pick<Shortage, 'account' | 'what'>): void;
}

/** Different names that a label may take before the rest is `other`: callers choose models and tasks. */
const NAMES = 50;

/** The gateway's metrics. `watch` is asked for the gauges whenever somebody looks. */
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
    help: 'Tokens accounted for: prompt (cached ones not among them), cached, completion.',
    labelNames: ['model', 'kind'],
    registers,
  });
  const cost = new Counter({
    name: 'awe_llm_cost_total',
    help: 'Money accounted for, where the price is known.',
    labelNames: ['model', 'currency'],
    registers,
  });
  const unpriced = new Counter({
    name: 'awe_llm_unpriced_answers_total',
    help: 'Answers of which nobody knows what they cost.',
    labelNames: ['model'],
    registers,
  });
  const refusals = new Counter({
    name: 'awe_llm_budget_refusals_total',
    help: 'Calls that did not fit under a budget, by whose it is and what it lacks.',
    labelNames: ['scope', 'what'],
    registers,
  });
  const duration = new Histogram({
    name: 'awe_llm_duration_seconds',
    help: 'From a call until its answer is out.',
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
  gauge('awe_llm_waiting_entries', 'Calls that wait for others to end.', () => watch().waiting);

  const model = bounded();
  const task = bounded();
  return {
    call(of) {
      const labels = { route: of.route, model: model(of.model) };
      calls.inc({ ...labels, provider: of.provider, task: of.task ? task(of.task) : 'none', outcome: of.outcome });
      if (of.outcome !== 'ok' && of.outcome !== 'gone') errors.inc({ code: of.outcome });
      duration.observe(labels, of.seconds);
    },
    spent(name, { prompt, cached, completion }, { amount, currency }) {
      tokens.inc({ model: model(name), kind: 'prompt' }, prompt - cached);
      tokens.inc({ model: model(name), kind: 'cached' }, cached);
      tokens.inc({ model: model(name), kind: 'completion' }, completion);
      if (amount === null) unpriced.inc({ model: model(name) });
      else cost.inc({ model: model(name), currency }, Number(amount));
    },
    refused: ({ account, what }) => refusals.inc({ scope: account.split(':', 1)[0] ?? '', what }),
  };
}

function bounded(): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.size < NAMES) known.add(name);
    return known.has(name) ? name : 'other';
  };
}
