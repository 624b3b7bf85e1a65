import { judgeRowsQuestion } from '../../src/audit/rows-question';
import { judgeSorting } from '../../src/audit/sorting';
import { judgeWording } from '../../src/audit/wording';
import type { Process } from '../process';
import { createAuditActivities } from './activities';
import { createAuditAgents } from './agents';
import { auditPrompts, createAuditTools } from './tools';

/** Audits and dispatches. */
export const audit = {
  activities: ({ documents, config }) => createAuditActivities({ documents, words: config.llm.words }),
  tools({ prompts, threads }) {
    const audit = threads.of('audit');
    return [...createAuditTools(audit, prompts), ...createAuditAgents(audit)];
  },
  judges: { 'audit.question': judgeRowsQuestion, 'audit.sorting': judgeSorting, 'audit.wording': judgeWording },
  prompts: auditPrompts,
} satisfies Process;
