import { CancellationScope, sleep } from '@temporalio/workflow';
import type { Reply } from '../../core/engine/job';
import type { ApprovalMoment } from '../../core/engine/voice';
import type { Json } from '../../schemas/json';
import type { LoadedStep } from '../../schemas/loaded-plan';
import type { RecalledReply } from '../../schemas/recordings/recording';
import { decisionIdOf, judge, refusalFor } from '../../core/decision';
import { digest } from '../../core/identity';
import type {
  ApprovalView,
  Decision,
  DecisionAnswer,
  DecisionRules,
  DecisionView,
  SignalPolicy,
} from '../../schemas/run';

/** A question to a person. Every wait has an end; times are milliseconds from the moment of asking. */
export interface Question {
  id: string;
  kind: string;
  question: string;
  choices: string[];
  shows?: Json;
  rules?: DecisionRules;
  assignee?: string;
  remindAfter?: number;
  escalateAfter?: number;
  expireAfter: number;
  /** the step that asks; the process itself where there is none */
  of?: LoadedStep;
}

/** An approval, with facts that only the run needs. */
export interface ApprovalState extends ApprovalView {
  /** due times of reminder and escalation that are still to come, UTC milliseconds */
  notices: { level: 'reminder' | 'escalation'; at: number }[];
  data?: Json;
}

/** The questions of a run and their answers. The first decision wins, however it comes. */
export class Approvals {
  private readonly byId: Map<string, ApprovalState>;
  /** those who wait for an answer, with the timers of their questions */
  private readonly askers = new Map<string, { reply: (reply: Reply) => void; timer: CancellationScope }>();

  /** gives what came of a question in the run that is replayed, if it is */
  recall: (id: string) => RecalledReply | undefined = () => undefined;

  /** since when the clocks stand still, UTC milliseconds */
  private stopped: number | undefined;

  constructor(
    private readonly signals: SignalPolicy,
    private readonly speak: (moment: ApprovalMoment) => void,
    private readonly fault: (kind: string, decision: Decision, channel: 'api' | 'signal') => string | undefined,
    state: ApprovalState[] = [],
  ) {
    this.byId = new Map(state.map((approval) => [approval.approval_id, approval]));
  }

  /** Asks, reminds, escalates, and gives the reply. Asking the same id again goes on waiting for the same answer. */
  async ask(question: Question): Promise<Reply> {
    const known = this.byId.get(question.id);
    const approval = known ?? this.open(question);
    if (!known) this.repeat(approval, this.recall(question.id));
    this.overdue(approval);
    if (approval.status !== 'open') return replyOf(approval);
    return await new Promise((reply) => {
      this.askers.set(approval.approval_id, { reply, timer: new CancellationScope() });
      this.arm(approval);
    });
  }

  /** True when this run of the chain, or one before, has asked this already. */
  has(id: string): boolean {
    return this.byId.has(id);
  }

  /** Forgets a closed question, so that its id asks anew: a step is carried out once more. */
  forget(id: string): void {
    if (this.byId.get(id)?.status !== 'open') this.byId.delete(id);
  }

  /** Closes a question whose answer nobody waits for any more. */
  withdraw(id: string): void {
    const approval = this.byId.get(id);
    if (approval?.status === 'open') approval.status = 'cancelled';
    this.settle(id, { outcome: 'cancelled' });
  }

  /** The answer to a decision that can be given without looking at its proof; undefined where it can be taken. */
  answerTo(decision: Decision): DecisionAnswer | undefined {
    const judged = judge(decision, this.byId.get(decision.approval_id), { channel: 'api' });
    return 'answer' in judged ? judged.answer : undefined;
  }

  /** Takes a decision. It is stored before anything is awaited; later deciders are told what was decided. */
  decide(decision: Decision, channel: 'api' | 'signal'): DecisionAnswer {
    const way = channel === 'signal' ? { channel, signals: this.signals } : { channel };
    const judged = judge(decision, this.byId.get(decision.approval_id), way);
    if ('answer' in judged) return judged.answer;
    const { question: approval } = judged;
    const fault = this.fault(approval.kind, decision, channel);
    if (fault !== undefined) return refusalFor({ reason: 'malformed', message: fault });
    const taken: DecisionView = {
      decision_id: decisionIdOf(decision),
      choice: decision.choice,
      by: decision.by,
      comment: decision.comment,
      channel,
      verified: channel === 'api',
      decided_at: new Date().toISOString(),
    };
    approval.status = 'decided';
    approval.decision = taken;
    if (decision.data !== undefined) approval.data = decision.data;
    this.speak({ at: 'approval.decided', approval: view(approval), decision: taken });
    this.settle(approval.approval_id, replyOf(approval));
    return { outcome: 'accepted', decision: taken };
  }

  /** Stops the clock of every question: nobody is reminded, and none expires, while the run is paused. */
  stop(since = Date.now()): void {
    this.stopped ??= since;
    for (const { timer } of this.askers.values()) timer.cancel();
  }

  /** The clocks go on: what is due later is due later by the time that they stood still. */
  go(): void {
    const { stopped } = this;
    if (stopped === undefined) return;
    this.stopped = undefined;
    for (const approval of this.byId.values()) {
      if (approval.status !== 'open') continue;
      const stood = Date.now() - Math.max(stopped, Date.parse(approval.requested_at));
      approval.due_at = later(approval.due_at, stood);
      approval.expires_at = later(approval.expires_at, stood);
      approval.notices = approval.notices.map(({ level, at }) => ({ level, at: at + stood }));
      this.arm(approval);
    }
  }

  /** Closes all questions. */
  withdrawAll(): void {
    for (const id of this.byId.keys()) this.withdraw(id);
  }

  views(): ApprovalView[] {
    return [...this.byId.values()].map(view);
  }

  get waiting(): boolean {
    return [...this.byId.values()].some(({ status }) => status === 'open');
  }

  /** Ends all waits, which ask again in the next run of the chain; gives the state that the next run needs. */
  carry(): ApprovalState[] {
    for (const id of [...this.askers.keys()]) this.settle(id, { outcome: 'carried' });
    return [...this.byId.values()].map((approval) =>
      approval.status === 'open' ? approval : { ...approval, shows: null, rules: undefined, notices: [] },
    );
  }

  /** Wakes at the next reminder, escalation, or the end of the wait. */
  private arm(approval: ApprovalState): void {
    const { approval_id: id } = approval;
    const timer = new CancellationScope();
    const asker = this.askers.get(id);
    if (!asker || this.stopped !== undefined) return;
    asker.timer = timer;
    const expiry = Date.parse(approval.expires_at);
    const next = Math.min(expiry, ...approval.notices.map(({ at }) => at));
    const summary = next === expiry ? `${id} expires` : `${id} is due`;
    const ring = async () => {
      await sleep(Math.max(1, next - Date.now()), { summary });
      this.overdue(approval);
      if (approval.status === 'open') this.arm(approval);
      else this.settle(id, replyOf(approval));
    };
    void CancellationScope.nonCancellable(() => timer.run(ring)).catch(() => undefined);
  }

  private settle(id: string, reply: Reply): void {
    const asker = this.askers.get(id);
    if (!asker) return;
    this.askers.delete(id);
    asker.timer.cancel();
    asker.reply(reply);
  }

  private open(question: Question): ApprovalState {
    const now = Date.now();
    const at = (ms: number) => new Date(now + ms).toISOString();
    const notices = [
      { level: 'reminder' as const, after: question.remindAfter },
      { level: 'escalation' as const, after: question.escalateAfter },
    ].flatMap(({ level, after }) => (after && after < question.expireAfter ? [{ level, at: now + after }] : []));
    const shown = {
      id: question.id,
      question: question.question,
      choices: question.choices,
      shows: question.shows ?? null,
    };
    const approval: ApprovalState = {
      approval_id: question.id,
      kind: question.kind,
      question: question.question,
      choices: question.choices,
      shows: question.shows,
      rules: question.rules,
      assignee: question.assignee,
      digest: digest(shown),
      status: 'open',
      requested_at: at(0),
      due_at: at(Math.min(question.remindAfter ?? question.expireAfter, question.expireAfter)),
      expires_at: at(question.expireAfter),
      notices,
    };
    this.byId.set(question.id, approval);
    this.speak({ at: 'approval.requested', approval: view(approval), of: question.of });
    return approval;
  }

  /** What came of the question before comes of it again, at once. */
  private repeat(approval: ApprovalState, reply: RecalledReply | undefined): void {
    if (!reply) return;
    const { overdue, decision, expired } = reply;
    for (const level of overdue) this.speak({ at: 'approval.overdue', approval: view(approval), level });
    approval.notices = approval.notices.filter(({ level }) => !overdue.includes(level));
    if (decision) {
      approval.status = 'decided';
      approval.decision = decision;
      this.speak({ at: 'approval.decided', approval: view(approval), decision });
    } else if (expired) {
      approval.status = 'expired';
      this.speak({ at: 'approval.expired', approval: view(approval) });
    }
  }

  private overdue(approval: ApprovalState): void {
    if (this.stopped !== undefined) return;
    const now = Date.now();
    const due = approval.notices.filter(({ at }) => at <= now);
    approval.notices = approval.notices.filter(({ at }) => at > now);
    for (const { level } of due) this.speak({ at: 'approval.overdue', approval: view(approval), level });
    if (Date.parse(approval.expires_at) <= now) {
      approval.status = 'expired';
      this.speak({ at: 'approval.expired', approval: view(approval) });
    }
  }
}

const later = (time: string, ms: number): string => new Date(Date.parse(time) + ms).toISOString();

function replyOf(approval: ApprovalState): Reply {
  if (approval.status === 'decided' && approval.decision)
    return { outcome: 'decided', decision: approval.decision, data: approval.data ?? null };
  return { outcome: approval.status === 'expired' ? 'expired' : 'cancelled' };
}

function view({ notices: _notices, data: _data, ...approval }: ApprovalState): ApprovalView {
  return { ...approval };
}
