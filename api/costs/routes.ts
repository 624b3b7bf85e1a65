import type { LlmSpending } from '../../schemas/llm-spending';
import { SpendingUnknown } from '../../src/llm/spending';
import type { Handlers } from '../part';
import { HttpProblem } from '../problem';
import type { costContracts } from './contract';
import { reportOf } from './views';

export interface CostDependencies {
  /** spending since a day, YYYY-MM-DD. @throws SpendingUnknown */
  readSpending: (since: string) => Promise<LlmSpending>;
  /** the process of a workflow id of this namespace */
  processOfRun: (workflowId: string) => string | undefined;
}

/** Days of a report that does not say. */
const DAYS = 30;

export function costRoutes({ readSpending, processOfRun }: CostDependencies): Handlers<typeof costContracts> {
  return {
    async getCosts({ query: { since, runs } }) {
      const from = String(since ?? new Date(Date.now() - (DAYS - 1) * 86_400_000).toISOString().slice(0, 10));
      try {
        const spending = await readSpending(from);
        return { body: reportOf(spending, { from, runs: Number(runs ?? 20), processOfRun }) };
      } catch (error) {
        if (!(error instanceof SpendingUnknown)) throw error;
        throw new HttpProblem('unavailable', error.message, { cause: error, headers: { 'Retry-After': '10' } });
      }
    },
  };
}
