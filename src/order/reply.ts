import type { Anomaly, Order } from '../../schemas/order/order';
import type { Json, JsonObject } from '../../schemas/json';
import { answerOf, checkOne, checkSome, oneOf, type Sentence, someOf, textsOf } from '../llm/choices';
import { promptRef, type Prompt } from '../llm/prompt';
import type { LlmAnswer, LlmQuestion } from '../../schemas/llm-call';
import type { Language } from '../../schemas/language';
import type { Finding } from '../../schemas/tool';

/** Most points of a reply: customers answer a few questions gladly, and many not at all. */
const POINTS = 20;

/** Sentences of a reply. One of each kind is said, and every point, in an order that suits the reader. */
interface ReplyParts extends JsonObject {
  greetings: Sentence[];
  thanks: Sentence[];
  requests: Sentence[];
  points: Sentence[];
  closings: Sentence[];
}

/** Ids of the sentences that a model chooses, and of the points in its order. */
interface ReplyChoice extends JsonObject {
  greeting: string;
  thanks: string;
  request: string;
  points: string[];
  closing: string;
}

/** The reply to the customer by the rules: a polite request for missing data. A person decides to send it. */
export function replyOf(order: Order): string {
  return replyAs(order, firstOf(partsOf(order)));
}

/** The reply with the sentences of a choice that `judgeReply` has accepted. */
export function replyAs(order: Order, choice: Json): string {
  const { greetings, thanks, requests, points, closings } = partsOf(order);
  const chosen = choice as ReplyChoice;
  const request = textsOf([chosen.request], requests)[0]!;
  const asked = textsOf(chosen.points, points).map((text) => `- ${text}`);
  const more = blockingOf(order).length - points.length;
  if (more > 0)
    asked.push(order.language === 'fr' ? `- et ${more} autres de cette nature` : `- and ${more} more of this kind`);
  return [
    textsOf([chosen.greeting], greetings)[0]!,
    textsOf([chosen.thanks], thanks)[0]!,
    [request, ...asked].join('\n'),
    textsOf([chosen.closing], closings)[0]!,
  ].join('\n\n');
}

/** Asks a model which sentences suit this customer, and in which order the points go. */
export function replyQuestion(order: Order, prompt: Prompt): LlmQuestion {
  const parts = partsOf(order);
  const { greetings, thanks, requests, points, closings } = parts;
  return {
    task: prompt.name,
    prompt: promptRef(prompt),
    messages: [
      { role: 'system', content: prompt.text },
      { role: 'user', content: JSON.stringify({ ...parts, subject: order.subject.slice(0, 200) }) },
    ],
    schema: answerOf({
      greeting: oneOf(greetings),
      thanks: oneOf(thanks),
      request: oneOf(requests),
      points: someOf(points),
      closing: oneOf(closings),
    }),
    max_tokens: 300,
    facts: parts,
  };
}

/** Faults of a model's choice. @param facts the sentences that were offered */
export function judgeReply(value: Json, facts: Json): Finding[] {
  const { greeting, thanks, request, points, closing } = (value ?? {}) as Partial<ReplyChoice>;
  const parts = facts as ReplyParts;
  const all = parts.points.length;
  return [
    ...checkOne(greeting, parts.greetings, '/greeting'),
    ...checkOne(thanks, parts.thanks, '/thanks'),
    ...checkOne(request, parts.requests, '/request'),
    ...checkSome(points, parts.points, { least: all, most: all, pointer: '/points' }),
    ...checkOne(closing, parts.closings, '/closing'),
  ];
}

/** Sentences that a reply may have; those of the rules are first. */
export function partsOf(order: Order): ReplyParts {
  const { language, subject } = order;
  const name = subject
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 200);
  const points = blockingOf(order)
    .slice(0, POINTS)
    .map((anomaly, i) => ({ id: `point.${i + 1}`, text: `${placeOf(anomaly)}${anomaly.message[language]}` }));
  const { greetings, thanks, missing, nothing, closings } = sentences[language](name);
  return {
    greetings: named('greeting', greetings),
    thanks: named('thanks', thanks),
    requests: named('request', points.length === 0 ? nothing : missing),
    points,
    closings: named('closing', closings),
  };
}

const blockingOf = ({ anomalies }: Order): Anomaly[] => anomalies.filter(({ severity }) => severity === 'blocking');

const named = (kind: string, texts: readonly string[]): Sentence[] =>
  texts.map((text, i) => ({ id: `${kind}.${i + 1}`, text }));

function firstOf({ greetings, thanks, requests, points, closings }: ReplyParts): ReplyChoice {
  return {
    greeting: greetings[0]!.id,
    thanks: thanks[0]!.id,
    request: requests[0]!.id,
    points: points.map(({ id }) => id),
    closing: closings[0]!.id,
  };
}

const sentences: Record<
  Language,
  (name: string) => Record<'greetings' | 'thanks' | 'missing' | 'nothing' | 'closings', string[]>
> = {
  en: (name) => ({
    greetings: ['Hello,', 'Dear customer,', 'Good day,'],
    thanks: [
      `thank you for your order “${name}”.`,
      `we have received your order “${name}”, thank you.`,
      `thank you for sending us “${name}”.`,
    ],
    missing: [
      'Before we can go on, please help us with these points:',
      'To complete it, we need the following from you:',
      'Could you please check these points and let us know?',
    ],
    nothing: ['We have all that we need for now and are looking at it.', 'It is complete, and we are looking at it.'],
    closings: ['Kind regards', 'Best regards', 'With kind regards and thanks for your help'],
  }),
  fr: (name) => ({
    greetings: ['Bonjour,', 'Madame, Monsieur,'],
    thanks: [
      `merci pour votre commande « ${name} ».`,
      `nous avons bien reçu votre commande « ${name} » et vous en remercions.`,
    ],
    missing: [
      'Pour continuer, merci de nous aider sur ces points :',
      'Pour la traiter, il nous manque les éléments suivants :',
      'Pourriez-vous vérifier les points suivants ?',
    ],
    nothing: ['Nous avons tout ce qu’il nous faut et l’examinons.', 'Elle est complète, et nous l’examinons.'],
    closings: ['Cordialement', 'Bien cordialement', 'En vous remerciant de votre aide, bien cordialement'],
  }),
};

/** The first place of an anomaly, as a customer finds it in the file. */
function placeOf({ evidence }: Anomaly): string {
  const [at] = evidence;
  if (!at) return '';
  return `${[at.file, at.sheet, at.cell]
    .filter((part) => part !== undefined)
    .join(', ')
    .slice(0, 200)}: `;
}

/**
 * The order with a reply to its customer: the sentences that a model has chosen, where the choice is in order, else
 * those of the rules.
 * @param reply undefined where no model was asked
 */
export function withReply(order: Order, reply: LlmAnswer | null | undefined, words: Json | undefined): Order {
  const rules = replyOf(order);
  const by = { by: 'rules' as const };
  if (!reply || words === undefined)
    return {
      ...order,
      reply_draft: rules,
      reply_wording: reply === undefined ? by : { ...by, declined: 'nothing was chosen' },
    };
  const { model, prompt } = reply;
  const found = judgeReply(words, partsOf(order));
  if (found.length > 0) {
    const declined = found.map(({ code }) => code).join(', ');
    return { ...order, reply_draft: rules, reply_wording: { ...by, model, prompt, declined } };
  }
  return { ...order, reply_draft: replyAs(order, words), reply_wording: { by: 'llm', model, prompt } };
}
