import type { Json, JsonObject } from '../../schemas/json';
import type { LlmQuestion } from '../../schemas/llm-call';
import type { Plan } from '../../schemas/plan';
import type { Language } from '../../schemas/language';
import type { Finding } from '../../schemas/tool';
import { promptRef, type Prompt } from '../llm/prompt';
import { checkQuestion, ROWS_WORDS } from '../llm/questions';
import { escapeTemplate } from '../../core/plan/expressions';
import { wordingStep } from '../llm/steps';
import { oneLine, shorten } from './format';

/** A request for an audit without rows. */
export interface Rowless {
  project_id: string;
  request_text: string;
  language: Language;
}

/** Characters of the request that a model sees. */
const SHOWN = 600;

/**
 * Plan that asks a model for the words of a question to a person: give the rows of this request. Its result is `{asked:
 * {words} | null}`. No step fails the plan, and the ids of its steps occur in no backlog.
 */
export function rowsQuestionPlan({ project_id, request_text, language }: Rowless): Plan {
  return {
    name: `The question for the rows of ${project_id}`,
    steps: [
      {
        id: 'rows_question',
        name: 'Missing rows: what to ask a model',
        kind: 'tool',
        uses: 'audit.rows_question',
        with: { request_text: escapeTemplate(beginningOf(request_text)), language },
        on_error: 'continue',
        timeout: '20s',
      },
      { ...wordingStep('rows_words', 'rows_question', 'Missing rows: words'), timeout: '50s' },
      {
        id: 'rows_asked',
        name: 'Missing rows: the words that may be asked',
        kind: 'tool',
        uses: 'audit.rows_words',
        with: { answer: '${{ steps.rows_words.output }}' },
        depends_on: ['rows_words'],
        when: 'steps.rows_words.status == "completed"',
        on_error: 'continue',
        timeout: '20s',
      },
    ],
    result: { asked: '${{ steps.rows_asked.output }}' },
  };
}

/** Asks a model to word the question in the terms of the request, which is data to it. */
export function rowsQuestion({ request_text, language }: Omit<Rowless, 'project_id'>, prompt: Prompt): LlmQuestion {
  return {
    task: prompt.name,
    prompt: promptRef(prompt),
    messages: [
      { role: 'system', content: prompt.text },
      { role: 'user', content: JSON.stringify({ language, request: beginningOf(request_text) }) },
    ],
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['question'],
      properties: { question: { type: 'string' } },
    },
    max_tokens: 300,
    facts: { language },
  };
}

const beginningOf = (request: string): string => shorten(oneLine(request.slice(0, 5_000)), SHOWN);

/** Faults of a model's question for rows. @param facts `{language}` */
export function judgeRowsQuestion(value: Json, facts: Json): Finding[] {
  const words = (value as JsonObject | null)?.['question'];
  if (typeof words !== 'string') return [{ code: 'schema', message: 'there is no question', pointer: '/question' }];
  const { language } = facts as { language: Language };
  return checkQuestion(words, { language, ...ROWS_WORDS, pointer: '/question' });
}

/** Words that may be asked: those of an answer that passes the checks again here; else none. */
export function wordsToAsk(value: Json, facts: Json): string | null {
  return judgeRowsQuestion(value, facts).length === 0 ? (value as { question: string }).question : null;
}
