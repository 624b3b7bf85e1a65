import { ApplicationFailure, cancellationSignal } from '@temporalio/activity';
import type { Json } from '../../schemas/json';
import type { Order } from '../../schemas/order/order';
import type { CsvDialect, OrderInput, OrderSummary } from '../../schemas/order/run';
import type { Plan, Step } from '../../schemas/plan';
import type { ArtifactRef, Paged, Ref } from '../../schemas/refs';
import type { Documents } from '../../src/documents/content';
import type { Letter } from '../../src/order/letter';
import type { Review } from '../../src/threads/order';
import type { Threads } from '../../src/threads/pool';
import { escapeTemplate } from '../../core/plan/expressions';
import { withHeartbeat } from '../engine/heartbeat';
import { wordingStep } from '../../src/llm/steps';
import { readingSteps, structuredSteps } from './plan';
import { readSent } from '../sent';
import { platformFault, toFailure } from '../tools/errors';

export interface OrderActivityParts {
  documents: Documents;
  threads: Threads<'order'>;
  /** true if a model is asked to word the answer to the customer */
  words: boolean;
  /** starts an order that was split from another; once, however often it is called */
  startPart: (whole: OrderInput, orderId: string, draft: OrderSummary) => Promise<void>;
  /** called for every file that is put; must not throw */
  onArtifact: (artifact: ArtifactRef, run: string) => void;
}

/** Activities of an order, besides its agent. All may be repeated at will. */
export function createOrderActivities({ documents, threads, words, startPart, onArtifact }: OrderActivityParts) {
  return {
    /**
     * The plan of reading: each file by the agent, side by side; then the readings are put together.
     * @param reading counts the readings of an order, since each is a plan of its own
     */
    async planReading({
      files,
      reading,
      ...letter
    }: Letter & Pick<OrderInput, 'files'> & { reading: number }): Promise<Ref> {
      const stepsOf = words ? structuredSteps : readingSteps;
      const read = files.map((file, i) => stepsOf(file, i + 1, letter));
      const reads = read.flatMap(({ steps }) => steps);
      // what is asked and assembled waits for the agent alone: a model has been waited for by then
      const ids = reads.filter(({ kind }) => kind === 'agent').map(({ id }) => id);
      const parts = {
        letter: await documents.putValue(letter),
        files: files.map(({ name }) => escapeTemplate(name)),
        readings: read.map(({ reading }) => reading),
      };
      const question: Step = {
        id: 'question',
        name: 'what to ask a model',
        kind: 'tool',
        uses: 'order.reply_question',
        with: parts,
        depends_on: ids,
        on_error: 'continue',
        timeout: '5m',
      };
      const asked = words ? [question, wordingStep('reply', question.id, 'word the answer to the customer')] : [];
      const assemble: Step = {
        id: 'assemble',
        name: 'put together what was read',
        kind: 'tool',
        uses: 'order.assemble',
        with: { ...parts, ...(words ? { reply: '${{ steps.reply.output }}' } : {}) },
        depends_on: [...ids, ...asked.map(({ id }) => id)],
      };
      const plan: Plan = {
        name: `Read order ${letter.order_id}${reading === 1 ? '' : ` again (${reading})`}`,
        steps: [...reads, ...asked, assemble],
      };
      return await platform(() => documents.putValue(plan));
    },

    /** Corrects a draft and checks it again. Corrections come inline or, by the API, by reference. */
    async reviewOrder(what: { order: Ref<Paged<Order>>; corrections: Json; by: string }): Promise<Review> {
      return await platform(async () => {
        const sent = await readSent(documents, what.corrections ?? {});
        if ('fault' in sent) return { fault: `data ${sent.fault}` };
        const { order, by } = what;
        const task = { order, sent: sent.value, by };
        return await threads.run('review', task, { documents, signal: cancellationSignal() });
      });
    },

    /** Takes corrections over to a new reading. `read`: the reading before, which `now` has come of. */
    async renewOrder(what: { read: Ref<Paged<Order>>; now: Ref<Paged<Order>>; fresh: Ref<Paged<Order>> }) {
      return await platform(() => threads.run('renew', what, { documents, signal: cancellationSignal() }));
    },

    /** Starts an order for each that the files of another held, once each. Answers their ids. */
    async splitOrder({ input, order }: { input: OrderInput; order: Ref<Paged<Order>> }): Promise<string[]> {
      return await platform(async () => {
        const parts = await threads.run('split', order, { documents, signal: cancellationSignal() });
        for (const { order_id, summary } of parts) await startPart(input, order_id, summary);
        return parts.map(({ order_id }) => order_id);
      });
    },

    /** CSV and XLSX of exactly the order that is named by its hash. The same order gives the same files. */
    async exportOrder(what: {
      order_id: string;
      order: Ref<Paged<Order>>;
      csv: CsvDialect;
      workflow_id: string;
    }): Promise<ArtifactRef[]> {
      return await platform(async () => {
        const { order, csv: dialect } = what;
        const path = (ending: string) => `exports/${what.order_id}.${ending}`;
        const made = await threads.run('write', { order, csv: dialect }, { documents, signal: cancellationSignal() });
        const csv = { path: path('csv'), bytes: made.csv, media_type: 'text/csv' };
        const xlsx = { path: path('xlsx'), bytes: made.xlsx, media_type: XLSX };
        const exports = [await documents.putArtifact(csv), await documents.putArtifact(xlsx)];
        for (const artifact of exports) onArtifact(artifact, what.workflow_id);
        return exports;
      });
    },
  };
}

export type OrderActivities = ReturnType<typeof createOrderActivities>;

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

async function platform<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await withHeartbeat(work);
  } catch (error) {
    throw error instanceof ApplicationFailure ? error : toFailure(platformFault(error));
  }
}
