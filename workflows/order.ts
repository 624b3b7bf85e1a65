import type { Failure } from '../schemas/catalogue';
import type { Json } from '../schemas/json';
import type { OrderInput, OrderSummary } from '../schemas/order/run';
import type { LedgerHead } from '../schemas/ledger';
import type { ArtifactRef } from '../schemas/refs';
import { CancelledFailure, workflowInfo } from '@temporalio/workflow';
import { Run, type Carried, type Conclusion } from './engine/run';
import {
  approved,
  exportReady,
  failed,
  orderView,
  orderVoice,
  published,
  received,
  rejected,
  split,
} from './order/voice';
import type { Outcome } from './order/outcome';
import { read } from './order/reading';
import { validate, withRules } from './order/validation';

/**
 * An order, as it comes by e-mail. Its files are read, gaps and oddities are noted, and a person looks at it:
 * corrects it as often as needed, and approves or rejects it. Only the approved version is exported, exactly as it is.
 */
export async function order(input: OrderInput, carried?: Carried): Promise<Json> {
  const run: Run = new Run(
    {
      process: 'order',
      subject: { kind: 'order', id: input.order_id },
      correlationId: input.correlation_id,
      title: `Order ${input.order_id} from ${input.from_email}: ${input.subject.slice(0, 120)}`,
      signals: input.options.approval_signals,
      patience: { expireAfter: input.options.expire_after },
      mode: 'live',
      voice: orderVoice(workflowInfo().workflowId, input),
      answerBy: () => `\`awe orders show ${input.order_id}\`, then \`awe orders approve\`, \`correct\` or \`reject\``,
      view: (self) => orderView(input, self),
    },
    input,
    withRules(input, carried),
  );

  return await run.story(
    async () => {
      await run.once('received', () => received(run, input));
      await read(run, input);
      const outcome = await validate(run, input);
      switch (outcome.outcome) {
        case 'approved':
          return await exported(run, input, await run.once('approved', () => approved(run, input, outcome)));
        case 'rejected':
          return rejected(run, input, outcome);
        case 'split':
          return split(run, input, outcome, await splitUp(run, input, outcome));
        case 'expired':
          return expired(run, input, outcome.approval_id);
        case 'cancelled':
          throw new CancelledFailure('cancelled');
      }
    },
    (error, by) => ended(run, input, error, by),
  );
}

/** Exports the approved draft, once: the same order gives the same files. */
async function exported(
  run: Run,
  input: OrderInput,
  order: { order: OrderSummary['order']; ledger: LedgerHead },
): Promise<Conclusion> {
  const exports = await run.once<ArtifactRef[]>('exports', () =>
    run.work.io(
      'exportOrder',
      { workflow_id: run.id, order_id: input.order_id, order: order.order, csv: input.options.csv },
      'export what was approved',
      'orders',
    ),
  );
  await run.once('published', () => published(run, input, exports));
  const result = { order: order.order, exports } as unknown as Json;
  return { status: 'completed', outcome: 'exported', result, last: exportReady(input, order.order, exports) };
}

/** Starts an order for each that the files held; they wait for people by themselves. */
async function splitUp(
  run: Run,
  input: OrderInput,
  { draft }: Extract<Outcome, { outcome: 'split' }>,
): Promise<string[]> {
  return await run.once('split', () =>
    run.work.io('splitOrder', { input, order: draft.order }, `split into ${draft.orders ?? 0} orders`, 'orders'),
  );
}

function expired(run: Run, input: OrderInput, approval_id: string): Conclusion {
  run.keep('end', 'expired');
  return {
    status: 'completed',
    outcome: 'expired',
    result: { expired: approval_id },
    last: { type: 'ORDER.EXPIRED', payload: { order_id: input.order_id, approval_id } },
  };
}

function ended(run: Run, input: OrderInput, error: Failure, by: string | undefined): Conclusion {
  run.keep('end', by === undefined ? 'failed' : 'cancelled');
  return { status: by === undefined ? 'failed' : 'cancelled', result: null, error, last: failed(input, error) };
}
