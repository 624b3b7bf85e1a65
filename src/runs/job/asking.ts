import type { DrawnPlan, JobView } from '../../../schemas/job/run';
import type { Asking } from '../asked/asking';

/** Questions of jobs and agent runs: their plans, limits that they have reached, steps that have failed. */
export const jobAsking: Asking = {
  recorded: true,
  titleOf: (view) => (view as unknown as JobView).goal,
  weigh({ kind, shows }) {
    if (kind !== 'plan') return { flags: kind === 'limit' || kind === 'recovery' ? 1 : 0, blocking: false };
    const { criticism = [], limits = [] } = (shows ?? {}) as unknown as Partial<DrawnPlan>;
    const odd = criticism.filter(({ severity }) => severity !== 'info');
    return { flags: odd.length + limits.length, blocking: odd.some(({ severity }) => severity === 'error') };
  },
};
