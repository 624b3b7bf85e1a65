import { Type, type Static } from 'typebox';
import { nullable, type Json } from '../../schemas/json';
import { LlmAnswer, type LlmQuestion } from '../../schemas/llm-call';
import type { FileReading, Order } from '../../schemas/order/order';
import { OrderSummary } from '../../schemas/order/run';
import { refTo } from '../../schemas/refs';
import type { Documents } from '../../src/documents/content';
import type { Prompts } from '../../src/llm/prompt';
import { draftOf, type Letter } from '../../src/order/draft';
import { judgeReply, replyOf, replyQuestion } from '../../src/order/reply';
import { structureQuestion } from '../../src/order/structure';
import { summaryOf } from '../../src/order/summary';
import { defineTool } from '../tools/define';
import type { Tool } from '../tools/tool';
import { about, FileName, Language, ReadDelivery } from './task';

/** Prompts that orders ask a model with. */
export const orderPrompts = ['order.reply', 'order.structure'] as const;

/** Readings of an order's files; null for a file on which the agent has failed for good. */
const Readings = Type.Object({
  letter: refTo<Letter>(),
  files: Type.Array(FileName),
  readings: Type.Array(nullable(ReadDelivery)),
});
type Readings = Static<typeof Readings>;

/** Tools of orders, besides their agent: the assembly, and the questions for words and structures. */
export function createOrderTools(prompts: Prompts<(typeof orderPrompts)[number]>): Tool[] {
  return [
    defineTool({
      ...about,
      name: 'order.assemble',
      description: 'Makes the first draft of an order from what was read out of its files',
      // the words of a model for the answer to the customer, where one was asked; null where it gave none
      input: Type.Object({ ...Readings.properties, reply: Type.Optional(nullable(LlmAnswer)) }),
      output: OrderSummary,
      async run({ reply, ...parts }, { documents }) {
        const order = await assemble(documents, parts);
        const words = reply?.value ? await documents.getValue(reply.value) : undefined;
        const taken = withReply(order, reply, words);
        return summaryOf(taken, await documents.putValue(taken));
      },
    }),
    defineTool({
      ...about,
      name: 'order.reply_question',
      description: 'Makes the question by which a model is asked to word the answer to a customer',
      input: Readings,
      output: Type.Object({ question: refTo<LlmQuestion>() }),
      async run(parts, { documents }) {
        const order = await assemble(documents, parts);
        const question = replyQuestion(order, prompts('order.reply', order.language));
        return { question: await documents.putValue(question) };
      },
    }),
    defineTool({
      ...about,
      name: 'order.structure_question',
      description: 'Makes the question by which a model is asked how the tables of a file are built',
      input: Type.Object({ reading: refTo<FileReading>(), language: Language }),
      output: Type.Object({ question: nullable(refTo<LlmQuestion>()) }),
      async run({ reading, language }, { documents }) {
        const read = await documents.getValue(reading);
        const question = structureQuestion(read, prompts('order.structure', language));
        return { question: question ? await documents.putValue(question) : null };
      },
    }),
  ];
}

async function assemble(documents: Documents, { letter, files, readings }: Readings): Promise<Order> {
  const sender = await documents.getValue(letter);
  const read = await Promise.all(
    readings.map(async (delivery, i) =>
      delivery ? await documents.getValue(delivery.reading) : unread(files[i] ?? `file ${i + 1}`),
    ),
  );
  return draftOf(sender, read);
}

/** The words of a model where they pass, else those of the rules. @param reply undefined where no model was asked */
function withReply(order: Order, reply: LlmAnswer | null | undefined, words: Json | undefined): Order {
  const rules = replyOf(order);
  const by = { by: 'rules' as const };
  if (!reply || words === undefined)
    return {
      ...order,
      reply_draft: rules,
      reply_wording: reply === undefined ? by : { ...by, declined: 'no words were offered' },
    };
  const { model, prompt } = reply;
  const found = judgeReply(words, { language: order.language, reply: rules });
  if (found.length > 0) {
    const declined = found.map(({ code }) => code).join(', ');
    return { ...order, reply_draft: rules, reply_wording: { ...by, model, prompt, declined } };
  }
  return { ...order, reply_draft: (words as { reply: string }).reply, reply_wording: { by: 'llm', model, prompt } };
}

/** A file on which the agent has failed for good. */
const unread = (file: string): FileReading => ({
  file,
  outcome: 'refused',
  reason: {
    code: 'unread',
    message: {
      en: 'it could not be read; the steps of the run say why',
      fr: "il n'a pas pu être lu ; les étapes de l'exécution disent pourquoi",
    },
  },
  sheets: [],
  structures: [],
  lines: [],
  facts: {},
  totals: [],
  anomalies: [],
  sketch: [],
});
