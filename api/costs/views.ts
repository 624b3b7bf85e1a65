import type { CostReport } from '../../schemas/costs/api';
import type { DaySpending, LlmSpending } from '../../schemas/llm-spending';
import { formatMoney, parseMoney } from '../../src/gateway/money';
import { runLinks } from '../runs/views';

interface ReportOptions {
  /** first day */
  from: string;
  /** runs to list */
  runs: number;
  processOfRun: (workflowId: string) => string | undefined;
}

export function reportOf(spending: LlmSpending, { from, runs, processOfRun }: ReportOptions): CostReport {
  const { at, currency, prices_as_of, limits, days, runs_left_out, models, started_at } = spending;
  const to = at.slice(0, 10);
  const nothing: DaySpending = { day: to, money: '0', tokens: 0, unpriced: 0, reserved: { money: '0', tokens: 0 } };
  const today = days.find(({ day }) => day === to) ?? nothing;
  const all = spending.runs.map((run) => ({ ...run, process: processOfRun(run.run) ?? null }));
  return {
    ...{ at, currency, prices_as_of, limits, days, runs_left_out },
    period: { from, to },
    today: { ...today, left: leftOf(today, limits.day) },
    processes: byProcess(all),
    runs: all.slice(0, runs).map(({ run, process, ...spent }) => {
      const links: CostReport['runs'][number]['links'] = {};
      if (process !== null) links['run'] = runLinks(run).run;
      return { workflow_id: run, process, ...spent, links };
    }),
    models: { since: started_at, spent: models },
  };
}

function leftOf({ money, tokens, reserved }: DaySpending, limit: LlmSpending['limits']['day']) {
  const rest = (most: bigint, ...taken: bigint[]) => {
    const left = taken.reduce((sum, one) => sum - one, most);
    return left > 0n ? left : 0n;
  };
  return {
    money:
      limit.money === undefined
        ? null
        : formatMoney(rest(parseMoney(limit.money), parseMoney(money), parseMoney(reserved.money))),
    tokens:
      limit.tokens === undefined ? null : Number(rest(BigInt(limit.tokens), BigInt(tokens), BigInt(reserved.tokens))),
  };
}

function byProcess(
  runs: readonly (LlmSpending['runs'][number] & { process: string | null })[],
): CostReport['processes'] {
  const sums = new Map<string | null, { runs: number; money: bigint; tokens: number; unpriced: number }>();
  for (const { process, money, tokens, unpriced } of runs) {
    const sum = sums.get(process) ?? { runs: 0, money: 0n, tokens: 0, unpriced: 0 };
    sums.set(process, {
      runs: sum.runs + 1,
      money: sum.money + parseMoney(money),
      tokens: sum.tokens + tokens,
      unpriced: sum.unpriced + unpriced,
    });
  }
  return [...sums]
    .sort(([, a], [, b]) => (a.money === b.money ? b.tokens - a.tokens : a.money < b.money ? 1 : -1))
    .map(([process, { money, ...sum }]) => ({ process, ...sum, money: formatMoney(money) }));
}
