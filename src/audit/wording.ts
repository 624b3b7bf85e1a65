import type { Cause, DeliverableDocument } from '../../schemas/audit/deliverables';
import type { Json, JsonObject } from '../../schemas/json';
import type { LlmQuestion, PromptRef, Wording } from '../../schemas/llm-call';
import type { Finding } from '../../schemas/tool';
import type { Language } from '../../schemas/language';
import type { WorkContext } from '../../schemas/audit/work-context';
import { promptRef, type Prompt } from '../llm/prompt';
import { checkQuestions } from '../llm/questions';
import { checkWording } from '../llm/wording';
import { oneLine, shorten } from './format';

/** Words that a model offers for a document, and who it was. */
export interface OfferedWording {
  value: Json;
  model: string;
  prompt: PromptRef;
}

interface Words extends JsonObject {
  headline: string;
  recommendation: string;
  order: string[];
  questions: string[];
}

/** What the words of a model are held against: the rules' own sentences, and the causes with their weights. */
interface Facts extends JsonObject {
  language: Language;
  headline: string;
  recommendation: string;
  causes: { id: string; weight: number | null }[];
}

/** Characters that a headline may have where deliveries show it, and a recommendation in a report's head. */
const LONGEST = { headline: 300, recommendation: 600 };

const QUOTES = { most: 9, characters: 160 };

/**
 * What a model is asked about a document: to word two sentences, to order causes that weigh the same, and what it would
 * ask the people who do this work.
 */
export function wordingQuestion(document: DeliverableDocument, context: WorkContext, prompt: Prompt): LlmQuestion {
  const facts = factsOf(document);
  const { language, headline, recommendation, causes } = facts;
  const names = new Map(document.causes.map(({ id, name }) => [id, shorten(oneLine(name), 80)]));
  const shown = {
    language,
    headline,
    recommendation,
    causes: causes.map(({ id, weight }) => ({ id, name: names.get(id) ?? id, weight })),
    quotes: quotesOf(document, context),
  };
  return {
    task: prompt.name,
    prompt: promptRef(prompt),
    messages: [
      { role: 'system', content: prompt.text },
      { role: 'user', content: JSON.stringify(shown) },
    ],
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['headline', 'recommendation', 'order', 'questions'],
      properties: {
        headline: { type: 'string' },
        recommendation: { type: 'string' },
        order: { type: 'array', items: { type: 'string' } },
        questions: { type: 'array', items: { type: 'string' } },
      },
    },
    max_tokens: 1_000,
    facts,
  };
}

/** What is wrong with the words of a model. @param value keeps the question's schema */
export function judgeWording(value: Json, given: Json): Finding[] {
  const words = value as Words;
  const { language, causes, ...sentences } = given as Facts;
  const found = (['headline', 'recommendation'] as const).flatMap((name) =>
    checkWording(sentences[name], words[name], { language, longest: LONGEST[name], pointer: `/${name}` }),
  );
  const kept = inOrder(causes, words.order).map(({ id }) => id);
  if (kept.join('\n') !== words.order.join('\n'))
    found.push({
      code: 'order',
      message: 'it has to name each cause once, and only causes of the same weight may change places',
      pointer: '/order',
    });
  return [...found, ...checkQuestions(words.questions, language)];
}

/** A document with a model's words, where they pass; else with the rules' words, and why. */
export function reworded<D extends DeliverableDocument>(document: D, offered: OfferedWording | null): D {
  const wording: Wording = { by: 'rules' };
  if (!offered) return { ...document, wording: { ...wording, declined: 'no words were offered' } };
  const { value, model, prompt } = offered;
  const found = isWords(value) ? judgeWording(value, factsOf(document)) : [{ code: 'schema' }];
  if (found.length > 0) {
    const declined = [...new Set(found.map(({ code }) => code))].join(', ').slice(0, 300);
    return { ...document, wording: { ...wording, model, prompt, declined } };
  }
  const { headline, recommendation, order, questions } = value as Words;
  return {
    ...ranked(document, order),
    headline,
    recommendation: { ...document.recommendation, text: recommendation },
    questions,
    wording: { by: 'llm', model, prompt },
  };
}

/** A document with its causes in the given order, as far as they weigh the same. */
export function ranked<D extends DeliverableDocument>(document: D, order: readonly string[]): D {
  const weighed = document.causes.map((cause) => ({ id: cause.id, weight: weightOf(cause), cause }));
  return { ...document, causes: inOrder(weighed, order).map(({ cause }, i) => ({ ...cause, rank: i + 1 })) };
}

/** Those of the same weight, which stand side by side, as `order` has them. */
function inOrder<T extends { id: string; weight: number | null }>(causes: readonly T[], order: readonly string[]): T[] {
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  const group = causes.map(({ weight }, i) => causes.slice(0, i + 1).filter((other) => other.weight !== weight).length);
  return causes
    .map((cause, i) => ({ cause, group: group[i] ?? 0 }))
    .sort((a, b) => a.group - b.group || place(a.cause.id) - place(b.cause.id))
    .map(({ cause }) => cause);
}

const weightOf = ({ figures }: Cause): number | null => figures.minutes.as_given;

function factsOf({ language, headline, recommendation, causes }: DeliverableDocument): Facts {
  return {
    ...{ language, headline, recommendation: recommendation.text },
    causes: causes.map((cause) => ({ id: cause.id, weight: weightOf(cause) })),
  };
}

/** The beginning of some rows' texts: data, on one line each, and few of them. */
function quotesOf({ causes }: DeliverableDocument, { rows = [] }: WorkContext): string[] {
  const each = Math.ceil(QUOTES.most / Math.max(1, causes.length));
  const cited = [...new Set(causes.flatMap((cause) => cause.rows.slice(0, each)))];
  return cited
    .flatMap((row) => {
      const text: unknown = (rows[row - 1] as { text?: unknown } | undefined)?.text;
      return typeof text === 'string' && text.trim() !== ''
        ? [shorten(oneLine(text.slice(0, 2_000)), QUOTES.characters)]
        : [];
    })
    .slice(0, QUOTES.most);
}

const isWords = (value: Json): value is Words => {
  const { headline, recommendation, order, questions } = (value ?? {}) as Partial<Words>;
  return typeof headline === 'string' && typeof recommendation === 'string' && isTexts(order) && isTexts(questions);
};

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string');
