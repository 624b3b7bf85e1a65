import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Json } from '../../../schemas/json';
import type { Anomaly, Order } from '../../../schemas/order/order';
import type { CorrectionFault, OrderCorrections, OrderSummary, OrderView } from '../../../schemas/order/run';
import type { ApprovalView, DecisionView, RunView } from '../../../schemas/run';
import { objectionTo, type Objection } from '../../../core/decision';
import { getPart, PAGE } from '../../documents/paged';
import { blockingOf } from '../../order/check';
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

/** Result of a validation. `blocked`: the corrections are kept, and so many faults are left, of which these are some. */
export type Validation =
  | ({ outcome: 'approved' | 'corrected' } & Made)
  | { outcome: 'blocked'; faults: Anomaly[]; count: number; decision?: DecisionView };

/** An order as it is now: its run, its own view, and the question that waits for a person. */
export interface OrderNow {
  run: RunView;
  view: OrderView;
  question?: ApprovalView;
}

/** A part of a draft: of its lines and of its anomalies the same number, from the same place on. */
export interface DraftPart {
  draft: Order;
  /** lines or anomalies follow */
  more: boolean;
}

/** Tries of a decision whose sender named no digest, on an order that keeps changing. */
const TRIES = 5;

/** Milliseconds that a correction waits for the draft that it makes, and between two looks. */
const SETTLE = { most: 5_000, pause: 50 };

/** Desk for orders: reads the draft, corrects and checks it as the run will, and sends the decision. */
export function createOrderDesk(dependencies: RunDependencies, { readRun }: Pick<RunReader, 'readRun'>) {
  const { store, settings } = dependencies;
  const decide = createDecider(dependencies);
  const threads = dependencies.threads.of('order');

  async function readOrder(orderId: string): Promise<OrderNow> {
    const run = await readRun(workflowIdOf(settings.namespace, 'order', orderId)).catch((error: unknown) => {
      const unknown = error instanceof RunError && error.fault === 'not_found';
      throw unknown ? notFound(`There is no order ${orderId}.`) : error;
    });
    const view = run.view as unknown as OrderView;
    const question = run.approvals.find(({ status }) => status === 'open');
    return { run, view, ...(question ? { question } : {}) };
  }

  /** A part of a draft, whose whole may take seconds and hundreds of megabytes. */
  async function readDraft({ order }: OrderSummary, from: number, limit: number): Promise<DraftPart> {
    const { part, more } = await getPart(store, order, ['lines', 'anomalies'], { from, limit });
    return { draft: withShortLists(part), more };
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

  /**
   * Waits until a correction stands in the draft and the next question is asked, so that whoever reads after the answer
   * reads their own correction. Not longer than a few seconds: the decision is durable as it is.
   */
  async function settle(orderId: string): Promise<void> {
    const until = Date.now() + SETTLE.most;
    while (Date.now() < until) {
      const run = await readRun(workflowIdOf(settings.namespace, 'order', orderId));
      if (run.ended_at !== undefined || run.approvals.some(({ status }) => status === 'open')) return;
      await sleep(SETTLE.pause);
    }
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

  /** A decision that says no more than its choice. */
  async function choose(who: OrderDecider, choice: 'reject' | 'read_again' | 'split'): Promise<Made> {
    return await again(who, async () => {
      const known = await open(who, [choice]);
      const version = versionOf(known.now);
      if ('done' in known) return { repeated: true, decision: known.done, version };
      if (choice === 'split' && !known.question.choices.includes(choice)) throw notSeveral();
      const objection = objectionOf(who, known.question, choice);
      if (objection) throw refused(objection, known.question);
      return { repeated: false, decision: await send(who, known.question, choice), version };
    });
  }

  /** The answer to a repeated validation: if it could only correct, the remaining faults are listed again. */
  async function repeated(now: OrderNow, done: DecisionView, approve: boolean): Promise<Validation> {
    const { question, view } = now;
    const count = (question && view.draft?.blocking) ?? 0;
    if (!approve || done.choice !== 'correct' || !view.draft || count === 0)
      return settled({ decision: done, repeated: true, version: versionOf(now) });
    const { draft } = await readDraft(view.draft, 0, PAGE);
    return { outcome: 'blocked', faults: blockingOf(draft.anomalies), count, decision: done };
  }

  return {
    readOrder,
    readDraft,

    /**
     * Corrects an order; and approves it if `approve` says so and nothing blocking is left. Corrections that leave
     * something blocking are kept, and `blocked` lists it. Throws `invalid` with pointers if a correction
     * cannot be applied (nothing is kept then), `decided`, `digest_mismatch`, `closed`, `forbidden`, `not_found`.
     */
    async validateOrder(who: OrderDecider, corrections: OrderCorrections, approve: boolean): Promise<Validation> {
      return await again(who, async () => {
        const known = await open(who, approve ? ['approve', 'correct'] : ['correct']);
        if ('done' in known && known.done.choice === 'correct') await settle(who.order_id);
        if ('done' in known) return await repeated(await readOrder(who.order_id), known.done, approve);
        const { now, question } = known;
        const { order } = now.view.draft as OrderSummary;
        const result = await threads.run('weigh', { order, corrections, by: who.by }, { documents: store });
        const changed = 'faults' in result || result.changed;
        const objection = objectionOf(
          who,
          question,
          approve ? 'approve' : 'correct',
          changed ? { ...corrections } : {},
        );
        if (objection?.reason === 'incomplete') throw nothingToCorrect();
        if (objection && objection.reason !== 'blocked') throw refused(objection, question);
        if ('faults' in result) throw wrong(result.faults);
        const { blocking: faults, count, version } = result;
        if (objection) return { outcome: 'blocked', faults, count };
        const data = changed ? { ...(await store.putValue(corrections)) } : undefined;
        const choice = approve && count === 0 ? 'approve' : 'correct';
        const decision = await send(who, question, choice, data);
        if (choice === 'correct') await settle(who.order_id);
        if (approve && count > 0) return { outcome: 'blocked', faults, count, decision };
        return settled({ decision, repeated: false, version });
      });
    },

    /** Ends an order without an export. `comment` says why. */
    rejectOrder: (who: OrderDecider & { comment: string }): Promise<Made> => choose(who, 'reject'),

    /** Makes an order of each that its files hold. Throws `invalid` where they hold one. */
    splitOrder: (who: OrderDecider): Promise<Made> => choose(who, 'split'),

    /** Has the files of an order read again; corrections made before are kept where they still fit. */
    readOrderAgain: (who: OrderDecider): Promise<Made> => choose(who, 'read_again'),
  };
}

const settled = (made: Made): Validation => ({
  outcome: made.decision.choice === 'approve' ? 'approved' : 'corrected',
  ...made,
});

const versionOf = ({ view }: OrderNow): number => view.draft?.version ?? 1;

/** Entries of the lists inside a draft that an answer shows: lines of a total, of an anomaly, of one order of several. */
const SHOWN = 100;

const first = <T>(list: readonly T[]): T[] => list.slice(0, SHOWN);

/** The part with the beginnings of all lists but its own two, each of which may name every line. */
function withShortLists(part: Order): Order {
  const { totals, anomalies, orders, files } = part;
  return {
    ...part,
    totals: { ...totals, stated: totals.stated.map((total) => ({ ...total, covers: first(total.covers) })) },
    anomalies: anomalies.map((one) => (one.line_ids ? { ...one, line_ids: first(one.line_ids) } : one)),
    ...(orders ? { orders: orders.map((one) => ({ ...one, lines: first(one.lines) })) } : {}),
    files: files.map(({ set_aside: aside, ...file }) =>
      aside ? { ...file, set_aside: { ...aside, lines: first(aside.lines), anomalies: first(aside.anomalies) } } : file,
    ),
  };
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
  const final = decision && ['approve', 'reject', 'split'].includes(decision.choice) ? decision : undefined;
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

const notSeveral = (): RunError =>
  new RunError('invalid', 'No several orders were found in its files. Correct the lines instead.', { errors: [] });

const nothingToCorrect = (): RunError =>
  new RunError('invalid', 'There is nothing to correct in this request.', {
    errors: [{ pointer: '', detail: 'give at least one of delivery, facts, lines, dismiss' }],
  });
