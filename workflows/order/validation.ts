import { upsertMemo, workflowInfo } from '@temporalio/workflow';
import { objectionOfRules } from '../../core/decision';
import type { Reply } from '../../core/engine/job';
import type { LedgerHead } from '../../schemas/ledger';
import type { OrderInput, OrderSummary } from '../../schemas/order/run';
import type { DecisionRules, DecisionView } from '../../schemas/run';
import type { Question } from '../engine/approvals';
import type { Carried, Run } from '../engine/run';
import { isRead } from './kept';
import type { Outcome } from './outcome';
import { askAgain, read } from './reading';
import { corrected, refused } from './voice';

/** Rounds of correction after which the run goes on as a new one, so that its history stays short. */
const ROUNDS = 50;

/** The number of the next question, and the outcome once there is one. The draft's summary is kept separately. */
interface Asked {
  round: number;
  /** this name stands in the state of open runs */
  verdict?: Outcome;
}

/**
 * Shows the draft to a person, until it is approved or rejected, or the wait is over. A correction asks again, and so
 * does a new reading.
 */
export async function validate(run: Run, input: OrderInput): Promise<Outcome> {
  for (let asked = 0; ; asked++) {
    if (!isRead(run)) await read(run, input);
    const { round, verdict } = run.kept<Asked>('validation') ?? { round: 1 };
    if (verdict) return verdict;
    if (asked >= ROUNDS) await run.continueAsNew();
    const summary = summaryOf(run);
    upsertMemo({ order: { ...summary, round } });
    const question = questionFor(input, summary, round, correctorsOf(run));
    const reply = await run.ask(question);
    const weighed = await weigh(run, input, summary, question.id, reply);
    const approved = weighed.verdict?.outcome === 'approved' ? weighed.verdict.draft : undefined;
    // lists show what was approved, which the approval itself may have corrected
    if (approved && approved.version !== summary.version) upsertMemo({ order: { ...approved, round } });
    run.keep<Asked>('validation', { round: round + 1, ...weighed });
  }
}

/** Result of a reply: an outcome, or none yet and a corrected draft. */
async function weigh(
  run: Run,
  input: OrderInput,
  summary: OrderSummary,
  approvalId: string,
  reply: Reply,
): Promise<{ verdict?: Outcome }> {
  switch (reply.outcome) {
    case 'expired':
      return { verdict: { outcome: 'expired', approval_id: approvalId } };
    case 'cancelled':
      return { verdict: { outcome: 'cancelled' } };
    case 'carried':
      return await run.continueAsNew();
    case 'decided':
      return await decided(run, input, summary, approvalId, reply);
  }
}

async function decided(
  run: Run,
  input: OrderInput,
  summary: OrderSummary,
  approvalId: string,
  { decision, data }: Extract<Reply, { outcome: 'decided' }>,
): Promise<{ verdict?: Outcome }> {
  const shown = summary.order.$ref;
  // A regular activity, never a local one: it starts only when the server has taken the workflow task in which the
  // decision came. A task that is thrown away (others decide at the same moment) would leave an entry of a decision
  // that was none, and with it the events and the record of an order that then ends otherwise.
  const record = (made: DecisionView, outcome: string): Promise<LedgerHead> =>
    run.work.io(
      'recordDecision',
      {
        process: 'order',
        workflow_id: workflowInfo().workflowId,
        subject: input.order_id,
        approval_id: approvalId,
        decision: made,
        shown,
        outcome,
      },
      `record ${made.choice} by ${made.by}`,
      'orders',
    );
  if (decision.choice === 'reject') {
    return { verdict: { outcome: 'rejected', decision, ledger: await record(decision, 'rejected') } };
  }
  if (decision.choice === 'split') {
    return { verdict: { outcome: 'split', decision, draft: summary, ledger: await record(decision, 'split') } };
  }
  if (decision.choice === 'read_again') {
    const ledger = await record(decision, 'read_again');
    askAgain(run, input, { approval_id: approvalId, decision, ledger });
    return {};
  }
  const review = await run.work.io(
    'reviewOrder',
    { order: summary.order, corrections: data, by: decision.by },
    `correct and check version ${summary.version}`,
    'orders',
  );
  if ('fault' in review) {
    refused(run, approvalId, decision, review.fault);
    return {};
  }
  const next = review.summary;
  const unchanged = next.order.$ref === shown;
  const approves = decision.choice === 'approve' && next.blocking === 0;
  if (unchanged && !approves) {
    // no codes: an event keeps its size in a replay, for its size decides when events are archived
    const rules = rulesFor(input, { ...next, anomalies: [] }, correctorsOf(run));
    const objection = objectionOfRules({ ...decision, data: {} }, rules, decision);
    refused(run, approvalId, decision, objection?.message ?? 'nothing is corrected');
    return {};
  }
  // an approval that was blocked counts as a correction, so the ledger never shows an approval that was none
  const made: DecisionView = approves ? decision : { ...decision, choice: 'correct' };
  const ledger = await record(made, next.order.$ref);
  if (!unchanged) {
    corrected(run, input, made, next, ledger);
    run.keep('correctors', [...new Set([...correctorsOf(run), made.by])]);
  }
  run.keep('draft', next);
  run.keep('ledger', ledger);
  return approves ? { verdict: { outcome: 'approved', decision, shown, draft: next, ledger } } : {};
}

function questionFor(input: OrderInput, summary: OrderSummary, round: number, correctors: readonly string[]): Question {
  const { options, subject, from_email } = input;
  const { blocking, warnings } = summary;
  return {
    id: round === 1 ? 'validation' : `validation-${round}`,
    kind: 'order_validation',
    question: `Export the order "${subject.slice(0, 200)}" from ${from_email}? ${blocking} blocking, ${warnings} warnings.`,
    choices: choicesFor(input, summary),
    shows: summary,
    rules: rulesFor(input, summary, correctors),
    remindAfter: options.remind_after,
    escalateAfter: options.escalate_after,
    expireAfter: options.expire_after,
  };
}

/** What came of a split has no files of its own to read again; only files with several orders can be split. */
function choicesFor({ split }: OrderInput, { orders }: OrderSummary): string[] {
  return ['approve', 'correct', ...(orders ? ['split'] : []), ...(split ? [] : ['read_again']), 'reject'];
}

/** With four eyes, whoever handed an order in or corrected it may not approve it; and nothing blocking is exported. */
function rulesFor(
  { options, requested_by }: OrderInput,
  { blocking, anomalies }: OrderSummary,
  correctors: readonly string[],
): DecisionRules {
  const codes = anomalies.filter(({ severity }) => severity === 'blocking').map(({ code }) => code);
  const party = (why: string) => (by: string) => ({ by, not: ['approve'], why });
  const parties = [party('has sent the order in')(requested_by), ...correctors.map(party('has corrected the order'))];
  return {
    ...(options.four_eyes
      ? { parties, changes: { not: ['approve'], why: 'corrects the order in the same step' } }
      : { parties: [] }),
    comment: { reject: 'the reason for the rejection' },
    data: { correct: 'what is to be corrected' },
    blocking: { approve: { count: blocking, codes } },
  };
}

/** State carried over from the run before; a question asked by an earlier release bears no rules yet. */
export function withRules(input: OrderInput, carried: Carried | undefined): Carried | undefined {
  return (
    carried && {
      ...carried,
      approvals: carried.approvals.map((asked) =>
        asked.status === 'open' && !asked.rules
          ? { ...asked, rules: rulesFor(input, asked.shows as unknown as OrderSummary, []) }
          : asked,
      ),
    }
  );
}

/** Everybody who has corrected the draft. */
const correctorsOf = (run: Run): readonly string[] => run.kept<string[]>('correctors') ?? [];

function summaryOf(run: Run): OrderSummary {
  const summary = run.kept<OrderSummary>('draft');
  if (!summary) throw new Error('an order is validated before it is read');
  return summary;
}
