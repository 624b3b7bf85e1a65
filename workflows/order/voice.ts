import type { Failure } from '../../schemas/catalogue';
import type { Json } from '../../schemas/json';
import type { OrderInput, OrderStatus, OrderSummary, OrderView } from '../../schemas/order/run';
import type { ArtifactRef, Ref } from '../../schemas/refs';
import type { LedgerHead } from '../../schemas/ledger';
import type { DecisionView } from '../../schemas/run';
import type { Spoken } from '../../core/engine/event';
import type { Conclusion, Run } from '../engine/run';
import type { Voice } from '../../core/engine/voice';
import { planVoice } from '../../core/engine/plan-voice';
import { isRead } from './kept';
import type { Outcome } from './outcome';

/** Events of an order. Its story speaks decisions itself, once they stand in the ledger. */
export function orderVoice(workflowId: string, { order_id }: OrderInput): Voice {
  const plan = planVoice(workflowId);
  return (moment) => {
    switch (moment.at) {
      case 'approval.requested': {
        const { approval_id, digest, expires_at, shows } = moment.approval;
        const { order, version, lines, blocking, warnings, anomalies } = shows as unknown as OrderSummary;
        return [
          {
            type: 'ORDER.VALIDATION_REQUIRED',
            payload: {
              order_id,
              approval_id,
              question_digest: digest,
              digest,
              expires_at,
              order,
              version,
              lines,
              blocking,
              warnings,
              anomalies,
            },
          },
        ];
      }
      case 'approval.overdue': {
        const { approval_id, expires_at } = moment.approval;
        return [
          { type: 'ORDER.VALIDATION_OVERDUE', payload: { order_id, approval_id, level: moment.level, expires_at } },
        ];
      }
      case 'approval.decided':
      case 'approval.expired':
        return [];
      default:
        return plan(moment);
    }
  };
}

export function received(run: Run, input: OrderInput): true {
  const { order_id, from_email, subject, requested_by, files, split } = input;
  const payload = { order_id, from_email, subject, requested_by, files, split_from: split?.from };
  run.speak({ type: 'ORDER.RECEIVED', payload });
  return true;
}

/** The draft that the last step of the reading has made. */
export function draftIn(run: Run): OrderSummary {
  const step = run.steps.find(({ id }) => id === 'assemble');
  return (step?.output as { inline: Json } | undefined)?.inline as unknown as OrderSummary;
}

/** The draft exists. `corrections`: of those made before, how many the new reading has taken over. */
export function parsed(
  run: Run,
  { order_id, files, split }: OrderInput,
  { order, version, lines }: OrderSummary,
  corrections?: { kept: number; lost: number },
): void {
  const outcomes = files.map(({ name }, i) => {
    const read = run.steps.find(({ id }) => id === `read_${i + 1}`);
    const { outcome, reason } = ((read?.output as { inline?: Json } | undefined)?.inline ?? {}) as {
      outcome?: string;
      reason?: string | null;
    };
    return {
      file: name,
      outcome: split ? 'order' : (outcome ?? 'unread'),
      ...(typeof reason === 'string' ? { reason } : {}),
    };
  });
  run.speak({ type: 'ORDER.PARSED', payload: { order_id, order, version, lines, files: outcomes, corrections } });
}

export function readAgain(run: Run, { order_id }: OrderInput, decision: DecisionView, ledger: LedgerHead): void {
  run.speak({ type: 'ORDER.READ_AGAIN', payload: { order_id, ...said(decision), ledger } });
}

export function corrected(
  run: Run,
  { order_id }: OrderInput,
  decision: DecisionView,
  { order, version, lines, blocking, warnings }: OrderSummary,
  ledger: LedgerHead,
): void {
  run.speak({
    type: 'ORDER.CORRECTED',
    payload: { order_id, ...said(decision), order, version, lines, blocking, warnings, ledger },
  });
}

/** A decision that could not be used; the question is asked again. */
export function refused(run: Run, approval_id: string, { by, channel }: DecisionView, reason: string): void {
  run.speak({ type: 'DECISION.REFUSED', payload: { run: run.id, approval_id, by, channel, reason } });
}

export function approved(
  run: Run,
  { order_id }: OrderInput,
  { decision, shown, draft, ledger }: Extract<Outcome, { outcome: 'approved' }>,
): { order: OrderSummary['order']; ledger: LedgerHead } {
  const { order } = draft;
  run.speak({
    type: 'ORDER.APPROVED',
    payload: { order_id, ...said(decision), order_digest: shown, digest: shown, order, ledger },
  });
  return { order, ledger };
}

export function rejected(
  run: Run,
  { order_id }: OrderInput,
  { decision, ledger }: Extract<Outcome, { outcome: 'rejected' }>,
): Conclusion {
  run.keep('end', 'rejected');
  run.keep('ledger', ledger);
  const reason = decision.comment ?? '';
  return {
    status: 'completed',
    outcome: 'rejected',
    result: { rejected_by: decision.by, reason },
    last: { type: 'ORDER.REJECTED', payload: { order_id, ...said(decision), reason, ledger } },
  };
}

/** The files held several orders, which go on by themselves. */
export function split(
  run: Run,
  { order_id }: OrderInput,
  { decision, ledger }: Extract<Outcome, { outcome: 'split' }>,
  into: string[],
): Conclusion {
  run.keep('end', 'split');
  run.keep('ledger', ledger);
  return {
    status: 'completed',
    outcome: 'split',
    result: { split_into: into },
    last: { type: 'ORDER.SPLIT', payload: { order_id, ...said(decision), into, ledger } },
  };
}

export function published(run: Run, { order_id, subject }: OrderInput, exports: ArtifactRef[]): true {
  run.speak({
    type: 'DELIVERABLE.PUBLISHED',
    payload: {
      project_id: order_id,
      backlog_item_id: 'export',
      agent_target: 'order_intake_agent',
      status: 'complete',
      headline: `${run.kept<OrderSummary>('draft')?.lines ?? 0} lines of the order "${subject.slice(0, 200)}"`,
      artifacts: exports,
    },
  });
  return true;
}

export const exportReady = ({ order_id }: OrderInput, order: Ref, exports: ArtifactRef[]): Spoken => ({
  type: 'ORDER.EXPORT_READY',
  payload: { order_id, order, exports },
});

export const failed = ({ order_id }: OrderInput, error: Failure): Spoken => ({
  type: 'ORDER.FAILED',
  payload: { order_id, error },
});

export function orderView(input: OrderInput, run: Run): Json {
  const { order_id, from_email, subject, requested_by, received_at } = input;
  const view: OrderView = {
    ...{ order_id, from_email, subject, requested_by, received_at },
    status: statusOf(run),
    draft: run.kept<OrderSummary>('draft'),
    split_from: input.split?.from,
    split_into: run.kept<string[]>('split'),
    exports: run.kept<ArtifactRef[]>('exports'),
    csv: input.options.csv,
    ledger: run.kept<LedgerHead>('ledger'),
  };
  return view as unknown as Json;
}

function statusOf(run: Run): OrderStatus {
  const end = run.kept<OrderStatus>('end');
  if (end !== undefined) return end;
  if (run.kept('exports') !== undefined) return 'exported';
  if (run.kept('approved') !== undefined) return 'approved';
  return isRead(run) ? 'pending_validation' : 'reading';
}

const said = ({ decided_at: _, ...decision }: DecisionView): Omit<DecisionView, 'decided_at'> => decision;
