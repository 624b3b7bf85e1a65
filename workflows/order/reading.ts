import { ApplicationFailure, CancelledFailure } from '@temporalio/workflow';
import type { LedgerHead } from '../../schemas/ledger';
import type { Order } from '../../schemas/order/order';
import type { OrderInput, OrderSummary } from '../../schemas/order/run';
import type { Ref } from '../../schemas/refs';
import type { Run } from '../engine/run';
import { partOf, readingOf, type Reading } from './kept';
import { draftIn, parsed, readAgain, refused } from './voice';

/** The files become a draft: an agent reads each, and the readings are put together. */
export async function read(run: Run, input: OrderInput): Promise<void> {
  if (input.split) return await adopt(run, input, input.split.draft);
  const { order_id, from_email, subject, language, received_at, delivery, files } = input;
  const reading = readingOf(run);
  const { n, asked } = reading;
  const plan = await run.once(partOf('plan', reading), () =>
    run.work.io(
      'planReading',
      { order_id, from_email, subject, language, received_at, delivery, files, reading: n },
      n === 1 ? 'plan the reading' : `plan reading ${n}`,
    ),
  );
  const end = await run.follow(plan, { inline: null });
  if (end.status === 'cancelled') throw new CancelledFailure('cancelled');
  if (end.status === 'failed' && !asked) throw ApplicationFailure.nonRetryable(end.error.message, end.error.type);
  await run.once(partOf('parsed', reading), async () => {
    if (!asked) take(run, input, draftIn(run));
    else if (end.status === 'failed') refused(run, asked.approval_id, asked.decision, end.error.message);
    else await renew(run, input, draftIn(run));
    return true;
  });
}

/** The draft was made when the order was split from another. */
async function adopt(run: Run, input: OrderInput, draft: OrderSummary): Promise<void> {
  await run.once(partOf('parsed', readingOf(run)), () => {
    take(run, input, draft);
    return true;
  });
}

/** The files are to be read again; the decision that asks for it stands in the ledger. */
export function askAgain(
  run: Run,
  input: OrderInput,
  { approval_id, decision, ledger }: Required<Reading>['asked'] & { ledger: LedgerHead },
): void {
  run.keep('ledger', ledger);
  run.keep<Reading>('reading', { n: readingOf(run).n + 1, asked: { approval_id, decision } });
  readAgain(run, input, decision, ledger);
}

/** Corrections that were made before are taken over to the new reading, as far as they fit. */
async function renew(run: Run, input: OrderInput, fresh: OrderSummary): Promise<void> {
  const now = run.kept<OrderSummary>('draft')?.order ?? fresh.order;
  const before = run.kept<Ref<Order>>('read') ?? now;
  const { summary, ...corrections } = await run.work.io(
    'renewOrder',
    { read: before, now, fresh: fresh.order },
    'take corrections over',
    'orders',
  );
  take(run, input, fresh, summary, corrections);
}

/** Keeps a draft, and beside it what was read: the next reading is held against it. */
function take(
  run: Run,
  input: OrderInput,
  fresh: OrderSummary,
  draft = fresh,
  corrections?: { kept: number; lost: number },
): void {
  run.keep('read', fresh.order);
  run.keep('draft', draft);
  parsed(run, input, draft, corrections);
}
