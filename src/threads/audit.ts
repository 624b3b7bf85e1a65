/** Work of audits for threads: the analysis of the rows. */
import type { DeliverableDocument, DeliverableKind } from '../../schemas/audit/deliverables';
import type { AgentDelivery } from '../../schemas/audit/run';
import type { WorkContext } from '../../schemas/audit/work-context';
import type { Language } from '../../schemas/language';
import type { LlmQuestion } from '../../schemas/llm-call';
import type { Ref } from '../../schemas/refs';
import type { Verdict } from '../../schemas/tool';
import { checkDeliverable } from '../audit/definition-of-done';
import * as maker from '../audit/deliver';
import { BATCH, leftRows, sortQuestion, type Sorting } from '../audit/sorting';
import { wordingQuestion } from '../audit/wording';
import type { ValueStore } from '../documents/values';
import type { Prompt } from '../llm/prompt';
import { threadWork } from './work';

/** An agent's order for a deliverable, with its rows and the documents of the other items by reference. */
export interface Task extends Omit<maker.Commission, 'context' | 'others' | 'sorting' | 'wording'> {
  work_context: Ref<WorkContext> | null;
  others: Others;
  sorting?: Sorted;
}

/** Rows that a model has sorted; none where it was not asked, or sorted none. */
type Sorted = { sorting: Ref<Sorting> } | null;

type Others = { [kind: string]: Ref<DeliverableDocument> } | null;

/** Words of a model, by reference; null if it gave none, undefined if it was not asked. */
type Wording = (Omit<NonNullable<maker.Commission['wording']>, 'value'> & { value: Ref }) | null | undefined;

/** A deliverable: its document is kept, its files are not yet. */
export type Made = Omit<maker.Delivery, 'document'> & { document: Ref<DeliverableDocument> };

export const deliver = threadWork(
  async ({ kind, task, wording }: { kind: DeliverableKind; task: Task; wording?: Wording }, values): Promise<Made> => {
    const words = wording && { ...wording, value: await values.getValue(wording.value) };
    const { document, ...made } = await maker.deliver(kind, { ...(await commissionOf(task, values)), wording: words });
    return { ...made, document: await values.putValue(document) };
  },
);

/** The question by which a model is asked to word a deliverable; null where it says nothing. */
export const askWording = threadWork(
  async ({ kind, task, prompt }: { kind: DeliverableKind; task: Task; prompt: Prompt }, values) => {
    const commission = await commissionOf(task, values);
    const document = maker.compute(kind, commission);
    if (document.status !== 'complete') return null;
    return await values.putValue<LlmQuestion>(wordingQuestion(document, commission.context, prompt));
  },
);

/** The question by which a model sorts a part of the rows that rules leave; null without any. */
export const askSorting = threadWork(
  async (part: { work_context: Task['work_context']; language: Language; batch: number; prompt: Prompt }, values) => {
    const from = part.batch * BATCH;
    const rows = leftRows(await contextOf(part.work_context, values), part.language).slice(from, from + BATCH);
    return rows.length === 0 ? null : await values.putValue<LlmQuestion>(sortQuestion(rows, part.prompt));
  },
);

/** Judges a deliverable by its definition of done. `report` is its Markdown. */
export const examine = threadWork(
  async (
    given: {
      kind: DeliverableKind;
      delivery: Pick<AgentDelivery, 'document'>;
      work_context: Task['work_context'];
      others: Others;
      sorting?: Sorted;
      report: string;
    },
    values,
  ): Promise<Verdict> => {
    const { kind, delivery, work_context, others, sorting, report } = given;
    const document = await values.getValue(delivery.document);
    const context = await contextOf(work_context, values);
    const joined = await othersOf(others, values);
    return checkDeliverable(kind, document, context, joined, report, await sortingOf(sorting, values));
  },
);

async function commissionOf(
  { work_context, others, sorting, ...task }: Task,
  values: ValueStore,
): Promise<maker.Commission> {
  return {
    ...task,
    context: await contextOf(work_context, values),
    others: await othersOf(others, values),
    sorting: await sortingOf(sorting, values),
  };
}

const sortingOf = async (sorted: Sorted | undefined, values: ValueStore): Promise<Sorting> =>
  sorted ? await values.getValue(sorted.sorting) : [];

const contextOf = async (ref: Task['work_context'], values: ValueStore): Promise<WorkContext> =>
  ref === null ? {} : await values.getValue(ref);

async function othersOf(refs: Others, values: ValueStore): Promise<Record<string, DeliverableDocument>> {
  const found: Record<string, DeliverableDocument> = {};
  for (const [kind, ref] of Object.entries(refs ?? {})) found[kind] = await values.getValue(ref);
  return found;
}
