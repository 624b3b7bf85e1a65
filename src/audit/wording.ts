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

/** Words that a model offers for a document, with the model's name. */
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

/** Facts that a model's words are checked against: the rules' own sentences, and the causes with their weights. */
interface Facts extends JsonObject {
  language: Language;
  headline: string;
  recommendation: string;
  causes: { id: string; weight: number | null }[];
}

/** Longest headline that deliveries show, and longest recommendation in a report's head, in characters. */
const LONGEST = { headline: 300, recommendation: 600 };

const QUOTES = { most: 9, characters: 160 };

/**
 * Asks a model to word two sentences of a document, to order causes of equal weight, and to suggest questions to the
 * people who do this work.
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

/** Faults of a model's words. @param value fits the question's schema */
export function judgeWording(value: Json, given: Json): Finding[] {
  const words = value as Words;
  const { language, causes, ...sentences } = given as Facts;
  const found = (['headline', 'recommendation'] as const).flatMap((name) =>
    checkWording(sentences[name], words[name], { language, longest: LONGEST[name], pointer: `/${name}` }),
  );
  const kept = sortWithinWeights(causes, words.order).map(({ id }) => id);
  if (kept.join('\n') !== words.order.join('\n'))
    found.push({
      code: 'order',
      message: 'it has to name each cause once, and only causes of the same weight may change places',
      pointer: '/order',
    });
  return [...found, ...checkQuestions(words.questions, language)];
}

/** Puts a model's words into a document if they pass the checks; else keeps the rules' words, with the reason. */
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
    ...rankCauses(document, order),
    headline,
    recommendation: { ...document.recommendation, text: recommendation },
    questions,
    wording: { by: 'llm', model, prompt },
  };
}

/** Puts causes of the same weight in the given order. */
export function rankCauses<D extends DeliverableDocument>(document: D, order: readonly string[]): D {
  const weighed = document.causes.map((cause) => ({ id: cause.id, weight: weightOf(cause), cause }));
  return { ...document, causes: sortWithinWeights(weighed, order).map(({ cause }, i) => ({ ...cause, rank: i + 1 })) };
}

/** Sorts causes by `order` within groups of the same weight, which stand side by side. */
function sortWithinWeights<T extends { id: string; weight: number | null }>(
  causes: readonly T[],
  order: readonly string[],
): T[] {
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

/** Beginnings of a few rows' texts, on one line each. */
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
