import type { ApprovalBeforehand } from '../schemas/agent-run/run';

/** The message by which a goal is approved beforehand, as its proof is made and checked: bound to the run and its goal. */
export const beforehand = (run: string, goal: string, approval: ApprovalBeforehand) => ({
  run,
  name: 'approve_beforehand',
  content: { ...approval, goal },
});
