import { join } from 'node:path';
import { readSecret } from './secret';
import type { Values } from './variables';

/** The models' part of the configuration. Money is decimal text; see `src/gateway/money.ts`. */
export function llmConfig(values: Values, path: (file: string) => string, stateDir: string) {
  const optionalPath = (file: string | undefined) => (file === undefined ? undefined : path(file));
  const aliases = (values.LLM_MODELS ?? '').split(',').flatMap((pair): [string, string][] => {
    const at = pair.indexOf('=');
    return at > 0 ? [[pair.slice(0, at), pair.slice(at + 1)]] : [];
  });
  return {
    /** For callers. */
    url: values.LLM_GATEWAY_URL ?? `http://127.0.0.1:${values.AWE_GATEWAY_PORT}/v1`,
    key: values.LLM_GATEWAY_KEY ?? readSecret('LLM_GATEWAY_KEY_FILE', optionalPath(values.LLM_GATEWAY_KEY_FILE)),
    /** true if agents ask a model for wording */
    words: values.WORKER_MODE === 'llm',
    /** true if a model plans goals */
    plans: values.PLANNER_MODE === 'llm',
    /** attempts of a call, including the first */
    attempts: values.OPENAI_MAX_RETRIES,
    /** The user named a gateway of their own; the local stack starts none. */
    external: values.LLM_GATEWAY_URL !== undefined,
    gateway: {
      host: values.AWE_GATEWAY_HOST,
      port: values.AWE_GATEWAY_PORT,
      keysFile: optionalPath(values.AWE_GATEWAY_KEYS_FILE),
      bodyLimitBytes: values.AWE_BODY_LIMIT_MB * 1_048_576,
      provider: values.LLM_PROVIDER,
      model: values.LLM_MODEL ?? defaultModel(values),
      embeddingModel: values.LLM_EMBEDDING_MODEL,
      aliases: Object.fromEntries(aliases),
      baseUrl: values.LLM_PROVIDER === 'anthropic' ? values.ANTHROPIC_BASE_URL : values.OPENAI_BASE_URL,
      timeoutMs: values.OPENAI_TIMEOUT_S * 1_000,
      limitParameter: values.LLM_LIMIT_PARAMETER,
      maxTokens: values.LLM_MAX_TOKENS,
      pricesFile: optionalPath(values.LLM_PRICES_FILE),
      budgets: {
        run: { money: values.LLM_BUDGET_RUN, tokens: values.LLM_BUDGET_RUN_TOKENS },
        day: { money: values.LLM_BUDGET_DAY, tokens: values.LLM_BUDGET_DAY_TOKENS },
      },
      /** per minute and key */
      rate: { requests: values.LLM_RATE_REQUESTS, tokens: values.LLM_RATE_TOKENS },
      parallel: values.LLM_MAX_PARALLEL,
      queue: values.LLM_MAX_QUEUE,
      queueWaitMs: values.LLM_QUEUE_WAIT,
      journalDir: optionalPath(values.LLM_JOURNAL_DIR) ?? join(stateDir, 'gateway'),
    },
  };
}

const defaultModel = ({ LLM_PROVIDER, OPENAI_MODEL }: Values) =>
  LLM_PROVIDER === 'anthropic' ? 'claude-haiku-4-5' : (OPENAI_MODEL ?? 'gpt-4.1-mini');
