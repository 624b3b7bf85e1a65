import type { Failure } from '../schemas/catalogue';
import type { Json } from '../schemas/json';
import type { OrderInput } from '../schemas/order/run';
import type { LedgerHead } from '../schemas/ledger';
import type { ArtifactRef, Ref } from '../schemas/refs';
import { ApplicationFailure, CancelledFailure, workflowInfo } from '@temporalio/workflow';
import { Run, type Carried, type Conclusion } from './engine/run';
import {
  approved,
  exportReady,
  failed,
  orderView,
  orderVoice,
  parsed,
  published,
  received,
  rejected,
} from './order/voice';
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
        case 'expired':
          return expired(run, input, outcome.approval_id);
        case 'cancelled':
          throw new CancelledFailure('cancelled');
      }
    },
    (error, by) => ended(run, input, error, by),
  );
}

/** The files become a draft: an agent reads each, and the readings are put together. */
async function read(run: Run, input: OrderInput): Promise<void> {
  const { order_id, from_email, subject, language, received_at, delivery, files } = input;
  const plan = await run.once('plan', () =>
    run.work.io(
      'planReading',
      { order_id, from_email, subject, language, received_at, delivery, files },
      'plan the reading',
    ),
  );
  const end = await run.follow(plan, { inline: null });
  if (end.status === 'cancelled') throw new CancelledFailure('cancelled');
  if (end.status === 'failed') throw ApplicationFailure.nonRetryable(end.error.message, end.error.type);
  await run.once('parsed', () => parsed(run, input));
}

/** Exports the approved draft, once: the same order gives the same files. */
async function exported(run: Run, input: OrderInput, order: { order: Ref; ledger: LedgerHead }): Promise<Conclusion> {
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
  return { status: 'completed', result, last: exportReady(input, order.order, exports) };
}

function expired(run: Run, input: OrderInput, approval_id: string): Conclusion {
  run.keep('end', 'expired');
  return {
    status: 'completed',
    result: { expired: approval_id },
    last: { type: 'ORDER.EXPIRED', payload: { order_id: input.order_id, approval_id } },
  };
}

function ended(run: Run, input: OrderInput, error: Failure, by: string | undefined): Conclusion {
  run.keep('end', by === undefined ? 'failed' : 'cancelled');
  return { status: by === undefined ? 'failed' : 'cancelled', result: null, error, last: failed(input, error) };
}
