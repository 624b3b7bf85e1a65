import { judgeRowsQuestion } from '../../src/audit/rows-question';
import { judgeWording } from '../../src/audit/wording';
import type { Process } from '../process';
import { createAuditActivities } from './activities';
import { createAuditAgents } from './agents';
import { createAnalysts } from './analysts';
import { auditPrompts, createAuditTools } from './tools';

/** Audits and dispatches. */
export const audit = {
  activities: ({ documents, config }) => createAuditActivities({ documents, words: config.llm.words }),
  tools({ prompts, onClose }) {
    const analysts = createAnalysts();
    onClose(() => analysts.close());
    return [...createAuditTools(analysts, prompts), ...createAuditAgents(analysts)];
  },
  judges: { 'audit.question': judgeRowsQuestion, 'audit.wording': judgeWording },
  prompts: auditPrompts,
} satisfies Process;
