import type { Json } from '../../schemas/json';
import type { ApprovalView, Decision, DecisionAnswer, DecisionRules, DecisionView } from '../../schemas/run';
import { decisionIdOf, judge, refusalFor, type SignalPolicy } from '../../core/decision';
import { digest } from '../../core/identity';
import type { Work } from './work';

export type { SignalPolicy };

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
}

/** How the wait for a person has ended. `carried`: it has not, the run continues as new and asks there. */
export type Reply =
  | { outcome: 'decided'; decision: DecisionView; data: Json }
  | { outcome: 'expired' }
  | { outcome: 'cancelled' }
  | { outcome: 'carried' };

/** What happens to an approval, for the voice of the process. */
export type ApprovalMoment =
  | { at: 'approval.requested' | 'approval.expired'; approval: ApprovalView }
  | { at: 'approval.overdue'; approval: ApprovalView; level: 'reminder' | 'escalation' }
  | { at: 'approval.decided'; approval: ApprovalView; decision: DecisionView }
  | { at: 'approval.refused'; approvalId: string; by: string; reason: string };

/** An approval with what only the run needs to know. */
export interface ApprovalState extends ApprovalView {
  /** when a reminder and an escalation are due; those that are through are gone. UTC milliseconds */
  notices: { level: 'reminder' | 'escalation'; at: number }[];
  data?: Json;
}

/** The questions of a run and their answers. The first decision wins, however it comes. */
export class Approvals {
  private readonly byId: Map<string, ApprovalState>;
  private carried = false;

  constructor(
    private readonly work: Work,
    private readonly signals: SignalPolicy,
    private readonly speak: (moment: ApprovalMoment) => void,
    private readonly fault: (kind: string, decision: Decision, channel: 'api' | 'signal') => string | undefined,
    state: ApprovalState[] = [],
  ) {
    this.byId = new Map(state.map((approval) => [approval.approval_id, approval]));
  }

  /** Asks, reminds, escalates, and gives the reply. Asking the same id again goes on waiting for the same answer. */
  async ask(question: Question): Promise<Reply> {
    const approval = this.byId.get(question.id) ?? this.open(question);
    while (approval.status === 'open' && !this.carried) {
      const expiry = Date.parse(approval.expires_at);
      const next = Math.min(expiry, ...approval.notices.map(({ at }) => at));
      const summary = next === expiry ? `${approval.approval_id} expires` : `${approval.approval_id} is due`;
      const moved = () => approval.status !== 'open' || this.carried;
      if (next > Date.now() && (await this.work.until(moved, next - Date.now(), summary))) break;
      this.overdue(approval);
    }
    if (approval.status === 'decided' && approval.decision)
      return { outcome: 'decided', decision: approval.decision, data: approval.data ?? null };
    return {
      outcome: approval.status === 'expired' ? 'expired' : approval.status === 'cancelled' ? 'cancelled' : 'carried',
    };
  }

  /** A decision arrives. It is stored before anything is awaited; whoever is later gets to know what was decided. */
  decide(decision: Decision, channel: 'api' | 'signal'): DecisionAnswer {
    const way = channel === 'signal' ? { channel, signals: this.signals } : { channel };
    const judged = judge(decision, this.byId.get(decision.approval_id), way);
    if ('answer' in judged) return this.answered(decision, judged.answer, channel);
    const { question: approval } = judged;
    const fault = this.fault(approval.kind, decision, channel);
    if (fault !== undefined)
      return this.answered(decision, refusalFor({ reason: 'malformed', message: fault }), channel);
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
    return { outcome: 'accepted', decision: taken };
  }

  /** The run ends: nobody needs to answer any more. */
  cancelOpen(): void {
    for (const approval of this.byId.values()) if (approval.status === 'open') approval.status = 'cancelled';
  }

  views(): ApprovalView[] {
    return [...this.byId.values()].map(view);
  }

  get waiting(): boolean {
    return [...this.byId.values()].some(({ status }) => status === 'open');
  }

  /** Wakes everybody who waits, and gives what the next run needs to go on. */
  carry(): ApprovalState[] {
    this.carried = true;
    return [...this.byId.values()].map((approval) =>
      approval.status === 'open' ? approval : { ...approval, shows: null, rules: undefined, notices: [] },
    );
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
    this.speak({ at: 'approval.requested', approval: view(approval) });
    return approval;
  }

  private overdue(approval: ApprovalState): void {
    const now = Date.now();
    const due = approval.notices.filter(({ at }) => at <= now);
    approval.notices = approval.notices.filter(({ at }) => at > now);
    for (const { level } of due) this.speak({ at: 'approval.overdue', approval: view(approval), level });
    if (Date.parse(approval.expires_at) <= now) {
      approval.status = 'expired';
      this.speak({ at: 'approval.expired', approval: view(approval) });
    }
  }

  /** The answer to a decision that is not taken; one that came by signal gets it as an event. */
  private answered({ approval_id, by }: Decision, answer: DecisionAnswer, channel: 'api' | 'signal'): DecisionAnswer {
    if (answer.outcome === 'refused' && channel === 'signal')
      this.speak({ at: 'approval.refused', approvalId: approval_id, by, reason: answer.message });
    return answer;
  }
}

function view({ notices: _notices, data: _data, ...approval }: ApprovalState): ApprovalView {
  return { ...approval };
}
