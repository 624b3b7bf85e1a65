import { ApplicationFailure, cancellationSignal } from '@temporalio/activity';
import type { Json } from '../../schemas/json';
import type { Order } from '../../schemas/order/order';
import { OrderCorrections, type CsvDialect, type OrderInput, type OrderSummary } from '../../schemas/order/run';
import type { Plan, Step } from '../../schemas/plan';
import type { ArtifactRef, Ref } from '../../schemas/refs';
import type { LedgerHead } from '../../schemas/ledger';
import type { DecisionView } from '../../schemas/run';
import { validatorFor } from '../../src/contracts/validators';
import type { Documents } from '../../src/documents/content';
import type { Ledger } from '../../src/ledger/ledger';
import type { Letter } from '../../src/order/draft';
import { summaryOf } from '../../src/order/summary';
import { escapeTemplate } from '../../core/plan/expressions';
import { withHeartbeat } from '../engine/heartbeat';
import { wordingStep } from '../../src/llm/steps';
import { readingSteps, structuredSteps } from './plan';
import { readSent } from '../sent';
import type { Threads } from '../threads';
import type * as thread from './thread';
import { platformFault, toFailure } from '../tools/errors';

export interface OrderActivityParts {
  documents: Documents;
  ledger: Ledger;
  threads: Pick<Threads<typeof thread>, 'run'>;
  /** true if a model is asked to word the answer to the customer */
  words: boolean;
  /** called for every file that is put; must not throw */
  onArtifact: (artifact: ArtifactRef, run: string) => void;
}

/** A decision to be written into the ledger of its process. */
export interface DecisionToRecord {
  process: string;
  workflow_id: string;
  subject: string;
  approval_id: string;
  decision: DecisionView;
  shown: string;
  outcome: string;
}

/** The draft after a decision, or the faults of its corrections. */
export type Review = { summary: OrderSummary } | { fault: string };

const corrections = validatorFor(OrderCorrections);

/** Activities of an order, besides its agent. All may be repeated at will. */
export function createOrderActivities({ documents, ledger, threads, words, onArtifact }: OrderActivityParts) {
  return {
    /** The plan of reading: each file by the agent, side by side; then the readings are put together. */
    async planReading({ files, ...letter }: Letter & Pick<OrderInput, 'files'>): Promise<Ref> {
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
      const plan: Plan = { name: `Read order ${letter.order_id}`, steps: [...reads, ...asked, assemble] };
      return await platform(() => documents.putValue(plan));
    },

    /** Corrects a draft and checks it again. Corrections come inline or, by the API, by reference. */
    async reviewOrder(what: { order: Ref<Order>; corrections: Json; by: string }): Promise<Review> {
      return await platform(async () => {
        const sent = await readSent(documents, what.corrections ?? {});
        if ('fault' in sent) return { fault: `data ${sent.fault}` };
        const checked = corrections(sent.value);
        if (!checked.ok)
          return {
            fault: checked.errors
              .map(({ pointer, message }) => `${pointer} ${message}`)
              .slice(0, 5)
              .join('; '),
          };
        const order = await documents.getValue(what.order);
        const task = { order, corrections: checked.value, by: what.by };
        const result = await threads.run('correct', task, cancellationSignal());
        if ('faults' in result)
          return {
            fault: result.faults
              .map(({ pointer, message }) => `${pointer} ${message.en}`)
              .slice(0, 5)
              .join('; '),
          };
        const ref = await documents.putValue(result.order);
        return { summary: summaryOf(result.order, ref) };
      });
    },

    /** A line in the ledger, once for a decision. */
    async recordDecision(entry: DecisionToRecord): Promise<LedgerHead> {
      const { decision, ...about } = entry;
      return await platform(() => ledger.append({ ...about, ...decision }));
    },

    /** CSV and XLSX of exactly the order that is named by its hash. The same order gives the same files. */
    async exportOrder(what: {
      order_id: string;
      order: Ref;
      csv: CsvDialect;
      workflow_id: string;
    }): Promise<ArtifactRef[]> {
      return await platform(async () => {
        const order = await documents.getValue(what.order as Ref<Order>);
        const path = (ending: string) => `exports/${what.order_id}.${ending}`;
        const made = await threads.run('write', { order, csv: what.csv }, cancellationSignal());
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
