import { patched } from '@temporalio/workflow';
import type { Moment } from '../../core/engine/voice';
import {
  messages,
  type ControlRequest,
  type Decision,
  type DecisionAnswer,
  type SignalPolicy,
} from '../../schemas/run';
import type { Approvals } from './approvals';
import type { Control, ControlName } from './control';
import { readChange, readControl, readDecision } from './messages';
import type { ProcessWork } from './work';

/** Histories from before the refusal of a signal with a proof was told go the old way. */
const TOLD = 'refused-proofs-are-told';

/** Ways that a message takes to a run: only an update has an answer. */
export type Route = 'signal' | 'update';

/** Parts of a run that its messages concern. */
export interface InboxParts {
  run: string;
  approvals: Approvals;
  control: Control;
  /** treatment of messages that prove nobody */
  signals: SignalPolicy;
  work: Pick<ProcessWork, 'io'>;
  speak: (moment: Moment) => void;
}

/**
 * Messages of people to a run. They are believed for their proof, not for the way that they take: whoever reaches
 * Temporal's port can send a signal or an update in any name. One without a proof is taken as the policy says.
 */
export class Inbox {
  /** requests before the next one: resolved when all of them have counted or been refused */
  private earlier: Promise<void> = Promise.resolve();

  constructor(private readonly parts: InboxParts) {}

  /** A decision is judged before its proof is looked at, and again after: another may have been taken meanwhile. */
  async decide(sent: unknown, route: Route): Promise<DecisionAnswer> {
    const { approvals, speak } = this.parts;
    const decision = readDecision(sent);
    if (typeof decision === 'string') {
      speak({ at: 'approval.refused', approvalId: 'unknown', by: 'unknown', reason: decision });
      return { outcome: 'refused', reason: 'malformed', message: decision };
    }
    const { proof } = decision;
    const known = proof && approvals.answerTo(decision);
    if (known) return this.answered(decision, known, route);
    const channel = proof && (await this.isProved(messages.decide, sent)) ? 'api' : 'signal';
    return this.answered(decision, approvals.decide(decision, channel), route, channel);
  }

  /** The answer to a decision; a refusal is told, too, where its sender proves nobody, or gets no answer. */
  private answered(
    { approval_id, by }: Decision,
    answer: DecisionAnswer,
    route: Route,
    channel?: 'api' | 'signal',
  ): DecisionAnswer {
    if (answer.outcome === 'refused' && (channel === 'signal' || (route === 'signal' && patched(TOLD))))
      this.parts.speak({ at: 'approval.refused', approvalId: approval_id, by, reason: answer.message });
    return answer;
  }

  /** A request to pause, resume or cancel the run. */
  control(request: ControlName, sent: unknown): Promise<void> {
    const { control } = this.parts;
    const read = readControl(sent);
    return this.inTurn(request, read, sent, (by, proved) => {
      if (request === 'cancel') control.cancel(by);
      else control[request](by, proved ? read.through : undefined);
    });
  }

  /** A wish to change the plan that the run follows. */
  change(sent: unknown): Promise<void> {
    const { control } = this.parts;
    const read = readChange(sent);
    return this.inTurn(messages.change, read, sent, (by) => control.wish({ by, change: read.change }));
  }

  /**
   * Takes a request under the name that counts for it. Proofs are checked side by side, requests count in the order in
   * which they came: a pause whose check takes longer never overtakes the resume that followed it.
   */
  private inTurn(
    request: ControlName | 'change',
    { by, proof }: ControlRequest,
    sent: unknown,
    take: (by: string, proved: boolean) => void,
  ): Promise<void> {
    const judged = Promise.all([proof ? this.isProved(request, sent) : false, this.earlier]).then(([proved]) => {
      const counted = this.counted(request, by, proved);
      if (counted !== undefined) take(counted, proved);
    });
    this.earlier = judged.catch(() => undefined);
    return judged;
  }

  /** The name under which a request counts; undefined, and told, where it does not. */
  private counted(request: ControlName | 'change', by: string, proved: boolean): string | undefined {
    const { signals, speak } = this.parts;
    if (proved) return by;
    if (signals === 'accept') return `${by} (unverified)`;
    const reason = `signals without a proof do not count here (APPROVAL_SIGNALS=${signals}): use the API`;
    speak({ at: 'request.refused', request, by, reason });
    return undefined;
  }

  private async isProved(name: string, sent: unknown): Promise<boolean> {
    const { run, work } = this.parts;
    const message = { run, name, content: sent as object };
    return (await work.io('checkProof', message, `check the proof of ${name}`)).proved;
  }
}
