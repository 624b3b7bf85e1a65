import type { Json } from '../../schemas/json';
import type { LlmQuestion } from '../../schemas/llm-call';
import type { Plan } from '../../schemas/plan';
import type { Language } from '../../schemas/language';
import type { Finding } from '../../schemas/tool';
import { promptRef, type Prompt } from '../llm/prompt';
import { answerOf, checkSome, type Sentence, someOf, textsOf } from '../llm/choices';
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
 * Plan that asks a model to choose the questions to a person about the rows of this request. Its result is `{asked:
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

/** Asks a model which of our questions suit the request, which is data to it. */
export function rowsQuestion({ request_text, language }: Omit<Rowless, 'project_id'>, prompt: Prompt): LlmQuestion {
  const facts = { questions: questions[language] };
  return {
    task: prompt.name,
    prompt: promptRef(prompt),
    messages: [
      { role: 'system', content: prompt.text },
      { role: 'user', content: JSON.stringify({ ...facts, request: beginningOf(request_text) }) },
    ],
    schema: answerOf({ questions: someOf(facts.questions) }),
    max_tokens: 100,
    facts,
  };
}

const beginningOf = (request: string): string => shorten(oneLine(request.slice(0, 5_000)), SHOWN);

/** Faults of a model's choice. @param facts the questions that were offered */
export function judgeRowsQuestion(value: Json, facts: Json): Finding[] {
  const { questions: chosen } = (value ?? {}) as { questions?: unknown };
  const offered = (facts as { questions: Sentence[] }).questions;
  return checkSome(chosen, offered, { least: 1, most: MOST, pointer: '/questions' });
}

/** Words that may be asked: the questions of a choice that passes the checks again here; else none. */
export function wordsToAsk(value: Json, facts: Json): string | null {
  if (judgeRowsQuestion(value, facts).length > 0) return null;
  const { questions: chosen } = value as { questions: string[] };
  return textsOf(chosen, (facts as { questions: Sentence[] }).questions).join(' ');
}

/** Most questions before the sentence of the rules. */
const MOST = 2;

/** Longest words of a choice, in characters. */
export const LONGEST_ROWS_WORDS = 300;

/** Questions about work of which nothing is known yet. */
const questions: Record<Language, Sentence[]> = {
  en: [
    { id: 'which', text: 'Which work is meant, who does it, and how does it come in?' },
    { id: 'team', text: 'Which team’s work is to be audited, and from when to when?' },
    { id: 'cases', text: 'Which kinds of cases does this team handle, and which take the most time?' },
    { id: 'systems', text: 'Which systems is this work done in, and can they export a list of what was done?' },
    { id: 'channel', text: 'Does the work come in by mail, by telephone, or through a system?' },
    { id: 'log', text: 'Is there a log, a time sheet or a ticket list that shows the work of a typical day?' },
  ],
  fr: [
    { id: 'which', text: 'De quel travail s’agit-il, qui le fait, et comment arrive-t-il ?' },
    { id: 'team', text: 'Quel service faut-il auditer, et sur quelle période ?' },
    { id: 'cases', text: 'Quels types de dossiers ce service traite-t-il, et lesquels prennent le plus de temps ?' },
    {
      id: 'systems',
      text: 'Dans quels outils ce travail se fait-il, et peuvent-ils exporter la liste de ce qui a été fait ?',
    },
    { id: 'channel', text: 'Le travail arrive-t-il par courrier, par téléphone ou par un logiciel ?' },
    {
      id: 'log',
      text: 'Existe-t-il un journal, une feuille de temps ou une liste de tickets qui montre une journée type ?',
    },
  ],
};
