import { randomUUID } from 'node:crypto';
import type { Json } from '../../../schemas/json';
import type { Anomaly, Order } from '../../../schemas/order/order';
import type { CorrectionFault, OrderCorrections, OrderView } from '../../../schemas/order/run';
import type { ApprovalView, DecisionView, RunView } from '../../../schemas/run';
import { objectionTo, type Objection } from '../../../core/decision';
import { blockingOf } from '../../order/check';
import { correct } from '../../order/correct';
import { workflowIdOf } from '../../temporal/ids';
import { createDecider, decided, decisionOf, refused, type DecisionToSend } from '../decide';
import { notFound, RunError } from '../errors';
import type { RunDependencies } from '../ports';
import type { RunReader } from '../read-run';

/** Author of a decision on an order, and its conditions. */
export interface OrderDecider {
  order_id: string;
  by: string;
  /** the digest that the person was shown; if it has changed, `digest_mismatch` */
  digest?: string;
  decision_id?: string;
  idempotency_key?: string;
  comment?: string;
}

/** A decision on an order, and the version of the draft that it has made final, or has made. */
export interface Made {
  repeated: boolean;
  decision: DecisionView;
  version: number;
}

/** Result of a validation. `blocked`: the corrections are kept, and these faults are left. */
export type Validation =
  ({ outcome: 'approved' | 'corrected' } & Made) | { outcome: 'blocked'; faults: Anomaly[]; decision?: DecisionView };

/** An order as it is now: its run, its draft, and the question that waits for a person. */
export interface OrderNow {
  run: RunView;
  view: OrderView;
  order?: Order;
  question?: ApprovalView;
}

/** Tries of a decision whose sender named no digest, on an order that keeps changing. */
const TRIES = 5;

/** Desk for orders: reads the draft, corrects and checks it as the run will, and sends the decision. */
export function createOrderDesk(dependencies: RunDependencies, { readRun }: Pick<RunReader, 'readRun'>) {
  const { store, settings } = dependencies;
  const decide = createDecider(dependencies);

  async function readOrder(orderId: string): Promise<OrderNow> {
    const run = await readRun(workflowIdOf(settings.namespace, 'order', orderId)).catch((error: unknown) => {
      const unknown = error instanceof RunError && error.fault === 'not_found';
      throw unknown ? notFound(`There is no order ${orderId}.`) : error;
    });
    const view = run.view as unknown as OrderView;
    const order = view.draft && (await store.getValue(view.draft.order));
    const question = run.approvals.find(({ status }) => status === 'open');
    return { run, view, ...(order ? { order } : {}), ...(question ? { question } : {}) };
  }

  /**
   * The order, open for a decision; or the earlier result of this very decision, which is one of `choices`. Throws
   * if another was made, or if its name was given to a decision of another kind.
   */
  async function open(
    who: OrderDecider,
    choices: string[],
  ): Promise<{ now: OrderNow; question: ApprovalView } | { now: OrderNow; done: DecisionView }> {
    const now = await readOrder(who.order_id);
    const done = now.run.approvals.find((approval) => isTheSame(who, approval))?.decision;
    if (done && !choices.includes(done.choice)) throw reused(done);
    if (done) return { now, done };
    const { question } = now;
    if (!question) throw closed(now);
    return { now, question };
  }

  async function send(who: OrderDecider, question: ApprovalView, choice: string, data?: Json): Promise<DecisionView> {
    const { by, comment, idempotency_key, decision_id } = who;
    const request: DecisionToSend = {
      approval_id: question.approval_id,
      choice,
      by,
      digest: question.digest,
      comment,
      data,
      idempotency_key,
      // a decision without a name is a new one each time
      decision_id: decision_id ?? (idempotency_key === undefined ? `d-${randomUUID()}` : undefined),
    };
    return (await decide(workflowIdOf(settings.namespace, 'order', who.order_id), request)).decision;
  }

  async function again<T>(who: OrderDecider, work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        const moved = error instanceof RunError && error.fault === 'digest_mismatch' && who.digest === undefined;
        if (!moved || attempt >= TRIES) throw error;
      }
    }
  }

  return {
    readOrder,

    /**
     * Corrects an order; and approves it if `approve` says so and nothing blocking is left. Corrections that leave
     * something blocking are kept, and `blocked` lists it. Throws `invalid` with pointers if a correction
     * cannot be applied (nothing is kept then), `decided`, `digest_mismatch`, `closed`, `forbidden`, `not_found`.
     */
    async validateOrder(who: OrderDecider, corrections: OrderCorrections, approve: boolean): Promise<Validation> {
      return await again(who, async () => {
        const known = await open(who, approve ? ['approve', 'correct'] : ['correct']);
        if ('done' in known) return repeated(known.now, known.done, approve);
        const { now, question } = known;
        const result = correct(now.order as Order, corrections, who.by);
        const changed = 'faults' in result || result.order !== now.order;
        const objection = objectionOf(
          who,
          question,
          approve ? 'approve' : 'correct',
          changed ? { ...corrections } : {},
        );
        if (objection?.reason === 'incomplete') throw nothingToCorrect();
        if (objection && objection.reason !== 'blocked') throw refused(objection, question);
        if ('faults' in result) throw wrong(result.faults);
        const faults = blockingOf(result.order.anomalies);
        if (objection) return { outcome: 'blocked', faults };
        const data = changed ? { ...(await store.putValue(corrections)) } : undefined;
        const choice = approve && faults.length === 0 ? 'approve' : 'correct';
        const decision = await send(who, question, choice, data);
        if (approve && faults.length > 0) return { outcome: 'blocked', faults, decision };
        return settled({ decision, repeated: false, version: result.order.version });
      });
    },

    /** Ends an order without an export. `comment` says why. */
    async rejectOrder(who: OrderDecider & { comment: string }): Promise<Made> {
      return await again(who, async () => {
        const known = await open(who, ['reject']);
        const version = versionOf(known.now);
        if ('done' in known) return { repeated: true, decision: known.done, version };
        const objection = objectionOf(who, known.question, 'reject');
        if (objection) throw refused(objection, known.question);
        return { repeated: false, decision: await send(who, known.question, 'reject'), version };
      });
    },
  };
}

const settled = (made: Made): Validation => ({
  outcome: made.decision.choice === 'approve' ? 'approved' : 'corrected',
  ...made,
});

const versionOf = ({ order }: OrderNow): number => order?.version ?? 1;

/** The answer to a repeated validation: if it could only correct, the remaining faults are listed again. */
function repeated(now: OrderNow, done: DecisionView, approve: boolean): Validation {
  const { order, question } = now;
  const faults = question && order ? blockingOf(order.anomalies) : [];
  if (approve && done.choice === 'correct' && faults.length > 0) return { outcome: 'blocked', faults, decision: done };
  return settled({ decision: done, repeated: true, version: versionOf(now) });
}

/** The run's objections, found before anything is stored or sent. */
function objectionOf(
  { by, comment, digest }: OrderDecider,
  question: ApprovalView,
  choice: string,
  data?: Json,
): Objection | undefined {
  const { approval_id } = question;
  return objectionTo({ approval_id, choice, by, comment, digest, data }, question, { channel: 'api' });
}

/** True if a decision was made under this one's name. */
function isTheSame(who: OrderDecider, { approval_id, decision }: ApprovalView): boolean {
  if (!decision) return false;
  if (who.decision_id !== undefined) return decision.decision_id === who.decision_id;
  const { by, idempotency_key } = who;
  if (idempotency_key === undefined) return false;
  const named = decisionOf({ approval_id, by, idempotency_key, choice: decision.choice });
  return decision.decision_id === named.decision.decision_id;
}

function closed({ run, view }: OrderNow): RunError {
  const decision = run.approvals.findLast((approval) => approval.decision)?.decision;
  const final = decision && ['approve', 'reject'].includes(decision.choice) ? decision : undefined;
  if (final) return decided(final);
  if (view.status === 'reading')
    return new RunError('conflict', 'The order is still being read. Try again in a moment.', { retryAfter: 1 });
  if (run.ended_at === undefined)
    return new RunError('conflict', 'The order is just being corrected. Try again in a moment.', { retryAfter: 1 });
  return new RunError('closed', `The order has ended: ${view.status}.`);
}

const wrong = (faults: CorrectionFault[]): RunError =>
  new RunError('invalid', 'The corrections cannot be applied; nothing was changed.', {
    errors: faults.map(({ pointer, message }) => ({ pointer, detail: message.en })),
  });

const reused = (decision: DecisionView): RunError =>
  new RunError('key_reused', 'This Idempotency-Key or decision_id was used for another decision.', {
    facts: { decision: { ...decision } },
  });

const nothingToCorrect = (): RunError =>
  new RunError('invalid', 'There is nothing to correct in this request.', {
    errors: [{ pointer: '', detail: 'give at least one of delivery, facts, lines, dismiss' }],
  });
