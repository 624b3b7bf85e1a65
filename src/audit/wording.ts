import type { Cause, DeliverableDocument } from '../../schemas/audit/deliverables';
import type { Json, JsonObject } from '../../schemas/json';
import type { LlmQuestion, PromptRef, Wording } from '../../schemas/llm-call';
import type { Finding } from '../../schemas/tool';
import type { WorkContext } from '../../schemas/audit/work-context';
import { answerOf, checkOne, checkSome, oneOf, type Sentence, someOf, textsOf } from '../llm/choices';
import { promptRef, type Prompt } from '../llm/prompt';
import { oneLine, shorten } from './format';
import { headlinesOf } from './headlines';
import { MOST_QUESTIONS, questionsFor } from './questions';

/** Choice that a model offers for a document, with the model's name. */
export interface OfferedWording {
  value: Json;
  model: string;
  prompt: PromptRef;
}

/** Ids of the sentences that a model chooses, and of the causes in its order. */
interface Choice extends JsonObject {
  headline: string;
  order: string[];
  questions: string[];
}

/** Sentences that a document may have, and its causes with their weights. */
interface Offer extends JsonObject {
  headlines: Sentence[];
  causes: { id: string; weight: number | null }[];
  questions: Sentence[];
}

const QUOTES = { most: 9, characters: 160 };

/** Asks a model to choose a document's headline and questions, and to order causes of equal weight. */
export function wordingQuestion(document: DeliverableDocument, context: WorkContext, prompt: Prompt): LlmQuestion {
  const offer = offerOf(document);
  const { headlines, causes, questions } = offer;
  const names = new Map(document.causes.map(({ id, name }) => [id, name]));
  const shown = {
    headlines,
    causes: causes.map(({ id, weight }) => ({ id, name: names.get(id) ?? id, weight })),
    questions,
    quotes: quotesOf(document, context),
  };
  return {
    task: prompt.name,
    prompt: promptRef(prompt),
    messages: [
      { role: 'system', content: prompt.text },
      { role: 'user', content: JSON.stringify(shown) },
    ],
    schema: answerOf({ headline: oneOf(headlines), order: someOf(causes), questions: someOf(questions) }),
    max_tokens: 300,
    facts: offer,
  };
}

/** Faults of a model's choice. @param facts the question's: what was offered */
export function judgeWording(value: Json, facts: Json): Finding[] {
  const { headline, order, questions } = (value ?? {}) as Partial<Choice>;
  const offer = facts as Offer;
  const found = [
    ...checkOne(headline, offer.headlines, '/headline'),
    ...checkSome(questions, offer.questions, { least: 0, most: MOST_QUESTIONS, pointer: '/questions' }),
  ];
  const kept = sortWithinWeights(offer.causes, Array.isArray(order) ? order : []).map(({ id }) => id);
  if (!Array.isArray(order) || kept.join('\n') !== order.join('\n'))
    found.push({
      code: 'order',
      message: 'it has to name each cause once, and only causes of the same weight may change places',
      pointer: '/order',
    });
  return found;
}

/** Gives a document the sentences that a model chose, if the choice is in order; else keeps those of the rules. */
export function reworded<D extends DeliverableDocument>(document: D, offered: OfferedWording | null): D {
  const wording: Wording = { by: 'rules' };
  if (!offered) return { ...document, wording: { ...wording, declined: 'nothing was chosen' } };
  const { value, model, prompt } = offered;
  const offer = offerOf(document);
  const found = judgeWording(value, offer);
  if (found.length > 0) {
    const declined = [...new Set(found.map(({ code }) => code))].join(', ').slice(0, 300);
    return { ...document, wording: { ...wording, model, prompt, declined } };
  }
  const { headline, order, questions } = value as Choice;
  return {
    ...rankCauses(document, order),
    headline: textsOf([headline], offer.headlines)[0]!,
    questions: textsOf(questions, offer.questions),
    wording: { by: 'llm', model, prompt },
  };
}

/** Whether a document says what may be said in the place of `expected`, the rules' own: sentences that were offered. */
export function isOffered(document: DeliverableDocument, expected: DeliverableDocument): Finding[] {
  const { headlines, questions } = offerOf(expected);
  const chosen = document.wording?.by === 'llm';
  const known = (sentences: readonly Sentence[], text: string) => sentences.some((one) => one.text === text);
  const headline = chosen ? known(headlines, document.headline) : document.headline === expected.headline;
  const asked = chosen
    ? document.questions.every((text) => known(questions, text)) &&
      new Set(document.questions).size === document.questions.length
    : document.questions.join('\n') === expected.questions.join('\n');
  const fault = (pointer: string) => ({
    code: 'words.not_offered',
    message: 'these are none of the sentences that the input gives',
    pointer,
  });
  return [...(headline ? [] : [fault('/headline')]), ...(asked ? [] : [fault('/questions')])];
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

function offerOf(document: DeliverableDocument): Offer {
  const { causes, unexplained, language } = document;
  return {
    headlines: headlinesOf(document),
    causes: causes.map((cause) => ({ id: cause.id, weight: weightOf(cause) })),
    questions: questionsFor(causes, unexplained, language),
  };
}

/** Beginnings of a few rows' texts, on one line each. */
function quotesOf({ causes, unexplained }: DeliverableDocument, { rows = [] }: WorkContext): string[] {
  const parts = [...causes, ...unexplained];
  const each = Math.ceil(QUOTES.most / Math.max(1, parts.length));
  const cited = [...new Set(parts.flatMap((part) => part.rows.slice(0, each)))];
  return cited
    .flatMap((row) => {
      const text: unknown = (rows[row - 1] as { text?: unknown } | undefined)?.text;
      return typeof text === 'string' && text.trim() !== ''
        ? [shorten(oneLine(text.slice(0, 2_000)), QUOTES.characters)]
        : [];
    })
    .slice(0, QUOTES.most);
}
