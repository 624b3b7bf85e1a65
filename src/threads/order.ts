/** Work of orders for threads: all that has to do with every line of a draft. */
import type { Json } from '../../schemas/json';
import type { LlmAnswer, LlmQuestion } from '../../schemas/llm-call';
import type { Anomaly, FileReading, Order, TableStructure } from '../../schemas/order/order';
import {
  OrderCorrections,
  type CorrectionFault,
  type CsvDialect,
  type OrderSummary,
  type ReadDelivery,
} from '../../schemas/order/run';
import type { Paged, Ref } from '../../schemas/refs';
import { validatorFor } from '../contracts/validators';
import { getPaged } from '../documents/paged';
import type { ValueStore } from '../documents/values';
import type { Prompt } from '../llm/prompt';
import { changesBetween } from '../order/changes';
import { blockingOf } from '../order/check';
import { correct } from '../order/correct';
import { toCsv } from '../order/csv';
import { draftOf } from '../order/draft';
import type { Letter } from '../order/letter';
import { unreadFile, withinLines } from '../order/readings';
import { renew as renewed, type Readings } from '../order/renew';
import { replyQuestion, withReply } from '../order/reply';
import { splitOrder } from '../order/split';
import { acceptProposal, structureQuestion, usableStructures } from '../order/structure';
import { toXlsx } from '../order/xlsx';
import { keepOrder, keepReading } from '../reading/keep';
import { threadWork } from './work';

/** Readings of an order's files; null for a file on which the agent has failed for good. */
interface Parts {
  letter: Ref<Letter>;
  files: string[];
  readings: (ReadDelivery | null)[];
}

/** Faults that are told at once: nobody mends more at a time. */
const FIRST = 100;

/** The first draft, with the words of a model where they pass. `reply`: undefined where none was asked. */
export const draft = threadWork(
  async ({ reply, ...parts }: Parts & { reply?: LlmAnswer | null }, values): Promise<OrderSummary> => {
    const words = reply?.value ? await values.getValue(reply.value) : undefined;
    return await keepOrder(values, withReply(await assemble(values, parts), reply, words));
  },
);

/** The question by which a model is asked to word the answer to the customer, in the language of the order. */
export const askReply = threadWork(
  async ({ prompts, ...parts }: Parts & { prompts: Record<Order['language'], Prompt> }, values) => {
    const order = await assemble(values, parts);
    return await values.putValue(replyQuestion(order, prompts[order.language]));
  },
);

/** The question by which a model is asked how the tables of a file are built; null where there is nothing to ask. */
export const askStructure = threadWork(
  async ({ reading, prompt }: { reading: Ref<Paged<FileReading>>; prompt: Prompt }, values) => {
    const question = structureQuestion(await getPaged(values, reading), prompt);
    return question ? await values.putValue<LlmQuestion>(question) : null;
  },
);

/** The structures of a model's answer, checked once more; undefined where they cannot be used. */
export const structures = threadWork(
  async ({ before, answer }: { before: Ref<Paged<FileReading>>; answer: Ref<Json> }, values) =>
    usableStructures(await values.getValue(answer), await getPaged(values, before)),
);

/** The reading that was made as a model has proposed; undefined where the one before it stays. */
export const accept = threadWork(
  async (
    given: { before: Ref<Paged<FileReading>>; after: Ref<Paged<FileReading>>; structures: TableStructure[] },
    values,
  ) => {
    const [before, after] = [await getPaged(values, given.before), await getPaged(values, given.after)];
    const accepted = acceptProposal(before, after, given.structures);
    return accepted && (await keepReading(values, accepted));
  },
);

/** Result of corrections that a person is about to send: their faults, or what would be left. */
export type Weighed =
  { faults: CorrectionFault[] } | { changed: boolean; version: number; blocking: Anomaly[]; count: number };

/** Tries corrections, and keeps nothing. */
export const weigh = threadWork(
  async (
    { order: ref, corrections, by }: { order: Ref<Paged<Order>>; corrections: OrderCorrections; by: string },
    values,
  ): Promise<Weighed> => {
    const order = await getPaged(values, ref);
    const result = correct(order, corrections, by);
    if ('faults' in result) return { faults: result.faults.slice(0, FIRST) };
    const blocking = blockingOf(result.order.anomalies);
    const { version } = result.order;
    return { changed: result.order !== order, version, blocking: blocking.slice(0, FIRST), count: blocking.length };
  },
);

/** Faults of corrections that a message to a run names. */
const NAMED = 5;

const corrections = validatorFor(OrderCorrections);

/** The draft after a decision, or the faults of its corrections. */
export type Review = { summary: OrderSummary } | { fault: string };

/** Corrects a draft, checks it again and keeps it. */
export const review = threadWork(
  async ({ order: ref, sent, by }: { order: Ref<Paged<Order>>; sent: Json; by: string }, values): Promise<Review> => {
    const checked = corrections(sent);
    if (!checked.ok) return { fault: named(checked.errors.map(({ pointer, message }) => `${pointer} ${message}`)) };
    const result = correct(await getPaged(values, ref), checked.value, by);
    if ('faults' in result)
      return { fault: named(result.faults.map(({ pointer, message }) => `${pointer} ${message.en}`)) };
    return { summary: await keepOrder(values, result.order) };
  },
);

const named = (faults: string[]): string => faults.slice(0, NAMED).join('; ');

/** The next draft of an order that is read again, with the corrections that still fit the new reading. */
export const renew = threadWork(async (given: Record<keyof Readings, Ref<Paged<Order>>>, values) => {
  const [read, now] = [await getPaged(values, given.read), await getPaged(values, given.now)];
  const { order, ...counts } = renewed({ read, now, fresh: await getPaged(values, given.fresh) });
  return { summary: await keepOrder(values, order), ...counts };
});

/** Changes of a correction that are shown. */
const SHOWN = 1_000;

/** The differences between two drafts, the first of them, and how many there are. */
export const changes = threadWork(async (given: Record<'before' | 'after', Ref<Paged<Order>>>, values) => {
  const all = changesBetween(await getPaged(values, given.before), await getPaged(values, given.after));
  return { changes: all.slice(0, SHOWN), count: all.length };
});

/** The draft of each order that the files of one held. */
export const split = threadWork(async (ref: Ref<Paged<Order>>, values) => {
  const parts: { order_id: string; summary: OrderSummary }[] = [];
  for (const part of splitOrder(await getPaged(values, ref)))
    parts.push({ order_id: part.order_id, summary: await keepOrder(values, part) });
  return parts;
});

/** The files of an export: CSV and XLSX of exactly this order. */
export const write = threadWork(
  async (
    { order: ref, csv }: { order: Ref<Paged<Order>>; csv: CsvDialect },
    values,
  ): Promise<{ csv: Uint8Array; xlsx: Uint8Array }> => {
    const order = await getPaged(values, ref);
    return { csv: toCsv(order, csv), xlsx: await toXlsx(order) };
  },
);

async function assemble(values: ValueStore, { letter, files, readings }: Parts): Promise<Order> {
  const sender = await values.getValue(letter);
  const read: FileReading[] = [];
  for (const [i, delivery] of readings.entries())
    read.push(delivery ? await getPaged(values, delivery.reading) : unreadFile(files[i] ?? `file ${i + 1}`));
  return draftOf(sender, withinLines(read));
}
