import { Type } from 'typebox';
import { nullable } from '../../schemas/json';
import { LlmAnswer, type LlmQuestion } from '../../schemas/llm-call';
import type { FileReading } from '../../schemas/order/order';
import { OrderSummary, ReadDelivery } from '../../schemas/order/run';
import { refTo, type Paged } from '../../schemas/refs';
import type { Letter } from '../../src/order/letter';
import type { Prompts } from '../../src/llm/prompt';
import type { Threads } from '../../src/threads/pool';
import { defineTool } from '../tools/define';
import type { Tool } from '../tools/tool';
import { about, FileName, Language } from './task';

/** Prompts that orders ask a model with. */
export const orderPrompts = ['order.reply', 'order.structure'] as const;

/** Readings of an order's files; null for a file on which the agent has failed for good. */
const Readings = Type.Object({
  letter: refTo<Letter>(),
  files: Type.Array(FileName),
  readings: Type.Array(nullable(ReadDelivery)),
});

/** Tools of orders, besides their agent: the assembly, and the questions for words and structures. */
export function createOrderTools(prompts: Prompts<(typeof orderPrompts)[number]>, threads: Threads<'order'>): Tool[] {
  return [
    defineTool({
      ...about,
      name: 'order.assemble',
      description: 'Makes the first draft of an order from what was read out of its files',
      // the choice of a model for the answer to the customer, where one was asked; null where it gave none
      input: Type.Object({ ...Readings.properties, reply: Type.Optional(nullable(LlmAnswer)) }),
      output: OrderSummary,
      run: (parts, context) => threads.run('draft', parts, context),
    }),
    defineTool({
      ...about,
      name: 'order.reply_question',
      description: 'Makes the question by which a model is asked to choose the sentences of the answer to a customer',
      input: Readings,
      output: Type.Object({ question: refTo<LlmQuestion>() }),
      async run(parts, context) {
        const both = { en: prompts('order.reply', 'en'), fr: prompts('order.reply', 'fr') };
        return { question: await threads.run('askReply', { ...parts, prompts: both }, context) };
      },
    }),
    defineTool({
      ...about,
      name: 'order.structure_question',
      description: 'Makes the question by which a model is asked how the tables of a file are built',
      input: Type.Object({ reading: refTo<Paged<FileReading>>(), language: Language }),
      output: Type.Object({ question: nullable(refTo<LlmQuestion>()) }),
      async run({ reading, language }, context) {
        const prompt = prompts('order.structure', language);
        return { question: await threads.run('askStructure', { reading, prompt }, context) };
      },
    }),
  ];
}
