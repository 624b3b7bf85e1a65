/** What a model has taken for a task, and what it may still take; and what a run has spent with it. */
import { spentBy, tokensLeft } from '../../../activities/agents/loop/bounds';
import { withSpending } from '../../../core/engine/spending';
import type { AgentCall } from '../../../schemas/agents/work';

const answer = (tokens: number | null, cost: string): AgentCall => ({
  ...{ kind: 'model', name: 'm', attempt: 1, at: '2026-11-30T10:00:00.000Z', outcome: 'done', tokens, cost },
});
const BOUNDS = { turns: 5, toolCalls: 5, tokens: 1_000 };

it('adds up exactly, in one currency, over answers alone', () => {
  const failed: AgentCall = { ...answer(null, 'unknown'), outcome: 'failed' };
  const calls = [answer(100, '0.1 USD'), failed, answer(200, '0.2 USD')];
  expect(spentBy(calls)).toEqual({ turns: 2, tokens: 300, cost: '0.3 USD' });
  expect(spentBy([...calls, answer(1, 'unknown')])).toEqual({ turns: 3, tokens: 301, cost: 'unknown' });
  expect(spentBy([...calls, answer(null, '1 EUR')])).toEqual({ turns: 3, tokens: null, cost: 'unknown' });
});

it('leaves what the bounds leave, then says which one was reached', () => {
  expect(tokensLeft([answer(400, '0.1 USD')], BOUNDS)).toBe(600);
  expect(() => tokensLeft([answer(1_000, '0.1 USD')], BOUNDS)).toThrow('AGENT_MAX_TOKENS');
  const money = { ...BOUNDS, money: '0.25' };
  expect(tokensLeft([answer(1, '0.2 USD')], money)).toBe(999);
  expect(() => tokensLeft([answer(1, '0.2 USD'), answer(1, '0.05 USD')], money)).toThrow('may cost 0.25');
});

it('counts for the run, as far as it is known', () => {
  const before = { tokens: 10, money: '1 USD' };
  expect(withSpending(before, { tokens: 5, cost: '0.5 USD' })).toEqual({ tokens: 15, money: '1.5 USD' });
  expect(withSpending(before, { tokens: null, cost: 'unknown' })).toEqual({ tokens: null, money: null });
  expect(withSpending(before, null)).toEqual({ tokens: null, money: null });
});
