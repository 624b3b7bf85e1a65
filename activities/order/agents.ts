import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json, JsonObject } from '../../schemas/json';
import { LlmAnswer } from '../../schemas/llm-call';
import type { FileReading, Order, TableStructure } from '../../schemas/order/order';
import { Ref } from '../../schemas/refs';
import type { JsonSchema } from '../../schemas/tool';
import { draftOf, type Letter } from '../../src/order/draft';
import type { OrderReader } from '../../src/reading/orders';
import type { Documents } from '../../src/documents/content';
import type { Prompts } from '../../src/llm/prompt';
import { judgeReply, replyOf, replyQuestion } from '../../src/order/reply';
import { isUncertain } from '../../src/order/structure';
import { summaryOf } from '../../src/order/summary';
import { defineAgent, type Agent } from '../agents/base';
import { readAgain } from './structure';
import { ToolError } from '../tools/errors';
import { jsonSchema } from '../tools/schema';
import type { Tool } from '../tools/tool';

interface ReadTask extends JsonObject {
  order_id: string;
  file: string;
  artifact_id: string;
  language: 'en' | 'fr';
}

/** What a task may say beside, where the file has been read before. */
interface Before {
  /** what the agent has delivered of this file: handed on, unless there are structures that make it better */
  reading?: ReadDelivery | null;
  /** how a model says that the tables are built; it is held against the reading before */
  structures?: Ref | null;
}

interface ReadDelivery extends JsonObject {
  reading: Ref;
  outcome: FileReading['outcome'];
  reason: string | null;
  lines: number;
  anomalies: number;
  /** nobody can say what the columns are */
  uncertain: boolean;
}

const text = (maxLength: number): JsonSchema => ({ type: 'string', minLength: 1, maxLength });
const ref = { ...Ref, $id: undefined } as JsonSchema;
const count: JsonSchema = { type: 'integer', minimum: 0 };
const delivery: JsonSchema = {
  type: 'object',
  required: ['reading', 'outcome', 'reason', 'lines', 'anomalies', 'uncertain'],
  properties: {
    reading: ref,
    outcome: { enum: ['order', 'not_an_order', 'refused'] },
    reason: { type: ['string', 'null'] },
    lines: count,
    anomalies: count,
    uncertain: { type: 'boolean' },
  },
};

/** Largest file that an order may have (bytes). The API refuses larger ones before. */
const LARGEST = 64 * 1024 * 1024;

/** Reads one file of an order. What cannot be read is an outcome like any other: a person has to look at it. */
export function createOrderAgents(reader: Pick<OrderReader, 'read'>): Agent[] {
  return [
    defineAgent<ReadTask, ReadDelivery>({
      spec: {
        name: 'order_intake_agent',
        version: '1.0.0',
        description: 'Reads a file of an order: its lines, what it says beside them, and what is odd',
        input: {
          type: 'object',
          required: ['order_id', 'file', 'artifact_id', 'language'],
          properties: {
            order_id: text(80),
            file: text(400),
            artifact_id: { type: 'string', pattern: '^[0-9a-f]{64}$' },
            language: { enum: ['en', 'fr'] },
            reading: { anyOf: [delivery, { type: 'null' }] },
            structures: { anyOf: [ref, { type: 'null' }] },
          },
        },
        output: delivery,
        effect: 'idempotent',
        risk: 'low',
        approval: false,
        timeout: 60_000,
        retry: { attempts: 5, initialMs: 500, backoff: 2, maxMs: 10_000 },
        queue: 'orders',
      },
      async deliver(task, { documents, signal }) {
        const { file, artifact_id, language } = task;
        const { reading: before, structures } = task as Before;
        if (before && !structures) return before;
        const read = async (given?: TableStructure[]): Promise<FileReading> => {
          const bytes = await documents.readArtifact(artifact_id, { maxBytes: LARGEST });
          if (!bytes) throw missing(file, artifact_id);
          const options = { file, language, ...(given ? { structures: given } : {}) };
          return await onDisk(bytes, (path) => reader.read(path, options, signal));
        };
        const reading =
          before && structures ? await readAgain(documents, before.reading, structures, read) : await read();
        if (!reading) return before!;
        const { outcome, reason, lines, anomalies } = reading;
        return {
          reading: await documents.putValue(reading as unknown as Json),
          outcome,
          reason: reason?.code ?? null,
          lines: lines.length,
          anomalies: anomalies.length,
          uncertain: isUncertain(reading),
        };
      },
    }),
  ];
}

interface AssembleTask extends JsonObject {
  letter: Ref;
  files: string[];
  readings: (ReadDelivery | null)[];
}

const parts: JsonSchema = {
  letter: ref,
  files: { type: 'array', items: text(400) },
  readings: { type: 'array', items: { type: ['object', 'null'] } },
};

/** Puts the readings of an order's files together: its first draft, checked, with an answer to the customer. */
export const orderAssemble: Tool = {
  spec: {
    ...about('order.assemble', 'Makes the first draft of an order from what was read out of its files'),
    input: {
      type: 'object',
      required: ['letter', 'files', 'readings'],
      properties: { ...parts, reply: { anyOf: [jsonSchema(LlmAnswer), { type: 'null' }] } },
    },
    output: { type: 'object', required: ['order', 'version', 'lines', 'blocking', 'warnings'] },
  },
  async run(input, { documents }) {
    const order = await assembled(documents, input as AssembleTask);
    const reply = (input as JsonObject)['reply'] as unknown as LlmAnswer | null | undefined;
    const words = reply?.value ? await documents.getValue(reply.value) : undefined;
    const taken = withReply(order, reply, words);
    return summaryOf(taken, await documents.putValue(taken)) as unknown as Json;
  },
};

/** What a model is asked, where one is: to word the answer to the customer. */
export const orderReplyQuestion = (prompts: Prompts): Tool => ({
  spec: {
    ...about('order.reply_question', 'Makes the question by which a model is asked to word the answer to a customer'),
    input: { type: 'object', required: ['letter', 'files', 'readings'], properties: parts },
    output: { type: 'object', required: ['question'], properties: { question: ref } },
  },
  async run(input, { documents }) {
    const order = await assembled(documents, input as AssembleTask);
    const question = replyQuestion(order, prompts('order.reply', order.language));
    return { question: await documents.putValue(question) };
  },
});

function about(name: string, description: string) {
  return {
    ...{ name, description, version: '1.0.0' },
    effect: 'idempotent' as const,
    risk: 'low' as const,
    approval: false,
    timeout: 60_000,
    retry: { attempts: 5, initialMs: 500, backoff: 2, maxMs: 10_000 },
  };
}

async function assembled(documents: Documents, { letter, files, readings }: AssembleTask): Promise<Order> {
  const sender = (await documents.getValue(letter)) as unknown as Letter;
  const read = await Promise.all(
    readings.map(async (delivery, i) =>
      delivery
        ? ((await documents.getValue(delivery.reading)) as unknown as FileReading)
        : unread(files[i] ?? `file ${i + 1}`),
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
  ...{ sheets: [], structures: [], lines: [], facts: {}, totals: [], anomalies: [], sketch: [] },
});

/** The reader takes files, the store may be anywhere. */
async function onDisk<T>(bytes: Buffer, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'awe-order-'));
  try {
    const path = join(folder, 'file');
    await writeFile(path, bytes, { mode: 0o600 });
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const missing = (file: string, id: string) =>
  new ToolError({
    class: 'permanent',
    type: 'order.file_missing',
    message: `the file ${file} (${id}) is not in the document store any more`,
  });
