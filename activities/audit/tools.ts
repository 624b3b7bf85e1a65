import { Type } from 'typebox';
import { AgentDelivery } from '../../schemas/audit/run';
import { DeliverableKind } from '../../schemas/audit/deliverables';
import { nullable } from '../../schemas/json';
import { LlmAnswer, type LlmQuestion } from '../../schemas/llm-call';
import { refTo } from '../../schemas/refs';
import { Verdict } from '../../schemas/tool';
import { rowsQuestion, wordsToAsk } from '../../src/audit/rows-question';
import { wordingQuestion } from '../../src/audit/wording';
import type { Documents } from '../../src/documents/content';
import type { Prompts } from '../../src/llm/prompt';
import { ROWS_WORDS } from '../../src/llm/questions';
import { defineTool } from '../tools/define';
import type { Tool } from '../tools/tool';
import type { Analysts } from './analysts';
import { about, AuditTask, documentsOf, Language, commissionOf, Others, RequestText, Work, workContext } from './task';

/** Prompts that audits ask a model with. */
export const auditPrompts = ['audit.question', 'audit.wording'] as const;

/** Facts of tools that take milliseconds, and so need no activity of their own in the history. */
const short = { ...about, timeout: 2_000, local: true };

/** Tools of audits, besides their agents: the check, and the questions for words. */
export function createAuditTools(analysts: Analysts, prompts: Prompts<(typeof auditPrompts)[number]>): Tool[] {
  return [
    defineTool({
      ...about,
      name: 'audit.wording_question',
      description: 'Makes the question by which a model is asked to word a deliverable; null where it says nothing',
      input: Type.Object({ kind: DeliverableKind, task: AuditTask }),
      output: Type.Object({ question: nullable(refTo<LlmQuestion>()) }),
      async run({ kind, task }, { documents, signal }) {
        const commission = await commissionOf(documents, task);
        const document = await analysts.run('compute', { kind, commission }, signal);
        if (document.status !== 'complete') return { question: null };
        const question = wordingQuestion(document, commission.context, prompts('audit.wording', task.language));
        return { question: await documents.putValue(question) };
      },
    }),
    defineTool({
      ...short,
      name: 'audit.rows_question',
      description: 'Makes the question by which a model is asked how to ask a person for the rows of a request',
      input: Type.Object({ request_text: RequestText, language: Language }),
      output: Type.Object({ question: refTo<LlmQuestion>() }),
      async run(request, { documents }) {
        const question = rowsQuestion(request, prompts('audit.question', request.language));
        return { question: await documents.putValue(question) };
      },
    }),
    defineTool({
      ...short,
      name: 'audit.rows_words',
      description: 'Takes the words of a model that ask for rows, where they pass; null where they do not',
      input: Type.Object({ answer: LlmAnswer }),
      output: Type.Object({ words: nullable(Type.String({ maxLength: ROWS_WORDS.longest })) }),
      async run({ answer: { question, value } }, { documents }) {
        if (value === null) return { words: null };
        const { facts } = await documents.getValue(question);
        return { words: wordsToAsk(await documents.getValue(value), facts) };
      },
    }),
    defineTool({
      ...about,
      name: 'audit.definition_of_done',
      description: 'Holds a deliverable against its schema, the rows it cites and the input it has to reconcile with',
      input: Type.Object({ kind: DeliverableKind, delivery: AgentDelivery, work_context: Work, others: Others }),
      output: Verdict,
      async run({ kind, delivery, work_context, others }, { documents, signal }) {
        return await analysts.run(
          'examine',
          {
            kind,
            document: await documents.getValue(delivery.document),
            context: await workContext(documents, work_context),
            others: await documentsOf(documents, others),
            report: await reportOf(documents, delivery),
          },
          signal,
        );
      },
    }),
  ];
}

async function reportOf(documents: Documents, { artifacts }: AgentDelivery): Promise<string> {
  const report = artifacts.find(({ path }) => path.endsWith('.md'));
  return report ? ((await documents.readArtifact(report.artifact_id))?.toString() ?? '') : '';
}
