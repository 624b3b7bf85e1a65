import type { AgentCall, AgentWork } from '../../../schemas/agents/work';
import { formatMoney, parseMoney } from '../../../src/gateway/money';
import { ToolError } from '../../tools/errors';

/** Bounds of what a model may take for one task, over all attempts of its step. */
export interface LoopBounds {
  /** questions to the model */
  turns: number;
  /** calls of tools that it asks for, refused ones too */
  toolCalls: number;
  tokens: number;
  /** a decimal, in the currency of the gateway; undefined: no bound of its own */
  money?: string;
}

/** Faults of the loop itself, and their class. */
export const loopErrors = {
  'agent.limit_turns': 'permanent',
  'agent.limit_tool_calls': 'permanent',
  'agent.limit_tokens': 'permanent',
  'agent.limit_money': 'permanent',
  'agent.limit_time': 'permanent',
  'agent.repeats': 'permanent',
  'agent.outcome_unknown': 'permanent',
} as const;

export const loopError = (type: keyof typeof loopErrors, message: string, details?: object): ToolError =>
  new ToolError({ class: loopErrors[type], type, message, details });

/** Sums of the calls that a model has answered. */
export interface Spent extends Pick<AgentWork, 'tokens' | 'cost'> {
  turns: number;
}

/** Adds up what the model has taken. A sum of which a part is not known is not known either. */
export function spentBy(calls: readonly AgentCall[]): Spent {
  const answered = calls.filter(({ kind, outcome }) => kind === 'model' && outcome === 'done');
  const tokens = answered.reduce<number | null>(
    (sum, call) => (sum === null || typeof call.tokens !== 'number' ? null : sum + call.tokens),
    0,
  );
  return { turns: answered.length, tokens, cost: costOf(answered) };
}

function costOf(calls: readonly AgentCall[]): string {
  const parts = calls.map(({ cost = '' }) => MONEY.exec(cost));
  const [first] = parts;
  if (!first || parts.some((part) => part?.[2] !== first[2])) return 'unknown';
  const sum = parts.reduce((money, part) => money + parseMoney(part?.[1] ?? '0'), 0n);
  return `${formatMoney(sum)} ${first[2]}`;
}

const MONEY = /^(\d{1,12}(?:\.\d{1,12})?) ([A-Z]{3})$/;

/** Tokens that another answer may have. @throws ToolError where the task has had what it may have */
export function tokensLeft(calls: readonly AgentCall[], bounds: LoopBounds): number {
  const known = calls.filter(({ tokens }) => typeof tokens === 'number');
  const left = bounds.tokens - known.reduce((sum, { tokens }) => sum + (tokens ?? 0), 0);
  if (left <= 0)
    throw loopError('agent.limit_tokens', `the task has had its ${bounds.tokens} tokens (AGENT_MAX_TOKENS)`);
  const { money } = bounds;
  const [, spent] = MONEY.exec(spentBy(calls).cost) ?? [];
  if (money !== undefined && spent !== undefined && parseMoney(spent) >= parseMoney(money))
    throw loopError('agent.limit_money', `the task has cost ${spent}, and may cost ${money} (AGENT_MAX_MONEY)`);
  return left;
}
