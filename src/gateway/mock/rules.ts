import { agentTask } from './tasks/agent-task';
import { auditQuestion } from './tasks/audit-question';
import { auditSorting } from './tasks/audit-sorting';
import { auditWording } from './tasks/audit-wording';
import { echo } from './tasks/echo';
import { jobPlan } from './tasks/job-plan';
import { orderReply } from './tasks/order-reply';
import { orderStructure } from './tasks/order-structure';
import type { Rule } from './rule';

/**
 * The mock's rules by task (the header `x-awe-task`). To add one: a module in `tasks/`, a line here, a test.
 * `generic.ts` answers all other tasks.
 */
export const rules: Readonly<Record<string, Rule>> = {
  echo,
  'agent.task': agentTask,
  'audit.question': auditQuestion,
  'audit.sorting': auditSorting,
  'audit.wording': auditWording,
  'job.plan': jobPlan,
  'order.reply': orderReply,
  'order.structure': orderStructure,
};
