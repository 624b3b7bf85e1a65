import { Type } from 'typebox';
import { AgentDelivery } from '../../schemas/audit/run';
import { DeliverableKind } from '../../schemas/audit/deliverables';
import { nullable } from '../../schemas/json';
import { LlmAnswer, type LlmQuestion } from '../../schemas/llm-call';
import { refTo } from '../../schemas/refs';
import { Verdict } from '../../schemas/tool';
import { LONGEST_ROWS_WORDS, rowsQuestion, wordsToAsk } from '../../src/audit/rows-question';
import { sortedRows, type Sorting } from '../../src/audit/sorting';
import type { Documents } from '../../src/documents/content';
import type { Prompts } from '../../src/llm/prompt';
import type { Threads } from '../../src/threads/pool';
import { defineTool } from '../tools/define';
import type { Tool } from '../tools/tool';
import { about, AuditTask, commissionOf, Language, Others, RequestText, Sorted, Work } from './task';

/** Prompts that audits ask a model with. */
export const auditPrompts = ['audit.question', 'audit.sorting', 'audit.wording'] as const;

/** Facts of tools that take milliseconds, and so need no activity of their own in the history. */
const short = { ...about, timeout: 2_000, local: true };

/** Tools of audits, besides their agents: the check, and the questions for words. */
export function createAuditTools(threads: Threads<'audit'>, prompts: Prompts<(typeof auditPrompts)[number]>): Tool[] {
  return [
    defineTool({
      ...about,
      name: 'audit.wording_question',
      description:
        'Makes the question by which a model chooses the sentences of a deliverable; null where it says nothing',
      input: Type.Object({ kind: DeliverableKind, task: AuditTask }),
      output: Type.Object({ question: nullable(refTo<LlmQuestion>()) }),
      async run({ kind, task }, context) {
        const prompt = prompts('audit.wording', task.language);
        return { question: await threads.run('askWording', { kind, task: commissionOf(task), prompt }, context) };
      },
    }),
    defineTool({
      ...short,
      name: 'audit.rows_question',
      description: 'Makes the question by which a model is asked which questions to ask about the rows of a request',
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
      description: 'Takes the questions for rows that a model has chosen, where they pass; null where they do not',
      input: Type.Object({ answer: LlmAnswer }),
      output: Type.Object({ words: nullable(Type.String({ maxLength: LONGEST_ROWS_WORDS })) }),
      async run({ answer: { question, value } }, { documents }) {
        if (value === null) return { words: null };
        const { facts } = await documents.getValue(question);
        return { words: wordsToAsk(await documents.getValue(value), facts) };
      },
    }),
    defineTool({
      ...about,
      name: 'audit.sorting_question',
      description: 'Makes the question by which a model sorts a part of the rows that rules leave; null without any',
      input: Type.Object({ work_context: Work, language: Language, batch: Type.Integer({ minimum: 0 }) }),
      output: Type.Object({ question: nullable(refTo<LlmQuestion>()) }),
      async run(part, context) {
        const prompt = prompts('audit.sorting', part.language);
        return { question: await threads.run('askSorting', { ...part, prompt }, context) };
      },
    }),
    defineTool({
      ...about,
      name: 'audit.sorting',
      description: 'Gathers the rows that a model has sorted, where its quotations stand in them',
      input: Type.Object({ answers: Type.Array(nullable(LlmAnswer)) }),
      output: Sorted,
      async run({ answers }, { documents }) {
        const sorted: Sorting = [];
        for (const answer of answers)
          if (answer?.value) {
            const { facts } = await documents.getValue(answer.question);
            sorted.push(...sortedRows(await documents.getValue(answer.value), facts));
          }
        return { sorting: await documents.putValue(sorted) };
      },
    }),
    defineTool({
      ...about,
      name: 'audit.definition_of_done',
      description: 'Holds a deliverable against its schema, the rows it cites and the input it has to reconcile with',
      input: Type.Object({
        kind: DeliverableKind,
        delivery: AgentDelivery,
        work_context: Work,
        others: Others,
        sorting: AuditTask.properties.sorting,
      }),
      output: Verdict,
      run: async (given, context) =>
        await threads.run('examine', { ...given, report: await reportOf(context.documents, given.delivery) }, context),
    }),
  ];
}

async function reportOf(documents: Documents, { artifacts }: AgentDelivery): Promise<string> {
  const report = artifacts.find(({ path }) => path.endsWith('.md'));
  return report ? ((await documents.readArtifact(report.artifact_id))?.toString() ?? '') : '';
}
