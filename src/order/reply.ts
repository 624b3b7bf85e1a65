import type { Anomaly, Order } from '../../schemas/order/order';
import type { Json, JsonObject } from '../../schemas/json';
import { promptRef, type Prompt } from '../llm/prompt';
import { checkWording } from '../llm/wording';
import type { LlmQuestion } from '../../schemas/llm-call';
import type { Language } from '../../schemas/language';
import type { Finding } from '../../schemas/tool';

/** Most points of a reply: customers answer a few questions gladly, and many not at all. */
const POINTS = 20;

/**
 * The reply to the customer in the words of the rules: a polite request for missing data. A person decides to send it.
 */
export function replyOf({ language, subject, anomalies }: Order): string {
  const say = (en: string, fr: string) => (language === 'fr' ? fr : en);
  const name = subject
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 200);
  const asked = anomalies.filter(({ severity }) => severity === 'blocking');
  const points = asked.slice(0, POINTS).map((anomaly) => `- ${placeOf(anomaly)}${anomaly.message[language]}`);
  const more = asked.length - points.length;
  if (more > 0) points.push(say(`- and ${more} more of this kind`, `- et ${more} autres de cette nature`));
  return [
    say('Hello,', 'Bonjour,'),
    say(`thank you for your order “${name}”.`, `merci pour votre commande « ${name} ».`),
    points.length === 0
      ? say(
          'We have all that we need for now and are looking at it.',
          'Nous avons tout ce qu’il nous faut et l’examinons.',
        )
      : [
          say(
            'Before we can go on, please help us with these points:',
            'Pour continuer, merci de nous aider sur ces points :',
          ),
          ...points,
        ].join('\n'),
    say('Kind regards', 'Cordialement'),
  ].join('\n\n');
}

/** The first place of an anomaly, as a customer finds it in the file. */
function placeOf({ evidence }: Anomaly): string {
  const [at] = evidence;
  if (!at) return '';
  return `${[at.file, at.sheet, at.cell]
    .filter((part) => part !== undefined)
    .join(', ')
    .slice(0, 200)}: `;
}

/** Asks a model to reword the rules' reply. */
export function replyQuestion(order: Order, prompt: Prompt): LlmQuestion {
  const facts = { language: order.language, reply: replyOf(order) };
  return {
    task: prompt.name,
    prompt: promptRef(prompt),
    messages: [
      { role: 'system', content: prompt.text },
      { role: 'user', content: JSON.stringify({ reply: facts.reply, subject: order.subject.slice(0, 200) }) },
    ],
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['reply'],
      properties: { reply: { type: 'string' } },
    },
    max_tokens: 3_000,
    facts,
  };
}

/** Faults of a reply that a model worded. @param given `{language, reply}` in the words of the rules */
export function judgeReply(value: Json, given: Json): Finding[] {
  const words = (value as JsonObject | null)?.['reply'];
  const { language, reply } = given as { language: Language; reply: string };
  if (typeof words !== 'string') return [{ code: 'schema', message: 'there is no reply', pointer: '/reply' }];
  const longest = Math.min(10_000, reply.length * 2 + 400);
  const found = checkWording(reply, words, { language, longest, lines: true, pointer: '/reply' });
  if (countPoints(words) !== countPoints(reply))
    found.push({ code: 'points', message: 'it has to keep every point of the list', pointer: '/reply' });
  return found;
}

const countPoints = (text: string): number => text.split('\n').filter((line) => line.startsWith('- ')).length;
