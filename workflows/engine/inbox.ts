import type { Moment } from '../../core/engine/voice';
import { messages, type ControlRequest, type DecisionAnswer, type SignalPolicy } from '../../schemas/run';
import type { Approvals } from './approvals';
import type { Control, ControlName } from './control';
import { readChange, readControl, readDecision } from './messages';
import type { ProcessWork } from './work';

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
  constructor(private readonly parts: InboxParts) {}

  /** A decision is judged before its proof is looked at, and again after: another may have been taken meanwhile. */
  async decide(sent: unknown): Promise<DecisionAnswer> {
    const { approvals, speak } = this.parts;
    const decision = readDecision(sent);
    if (typeof decision === 'string') {
      speak({ at: 'approval.refused', approvalId: 'unknown', by: 'unknown', reason: decision });
      return { outcome: 'refused', reason: 'malformed', message: decision };
    }
    if (!decision.proof) return approvals.decide(decision, 'signal');
    const known = approvals.answerTo(decision);
    if (known) return known;
    return approvals.decide(decision, (await this.isProved(messages.decide, sent)) ? 'api' : 'signal');
  }

  /** A request to pause, resume or cancel the run. */
  async control(request: ControlName, sent: unknown): Promise<void> {
    const { control } = this.parts;
    const by = await this.believed(request, readControl(sent), sent);
    if (by !== undefined) control[request](by);
  }

  /** A wish to change the plan that the run follows. */
  async change(sent: unknown): Promise<void> {
    const read = readChange(sent);
    const by = await this.believed(messages.change, read, sent);
    if (by !== undefined) this.parts.control.wish({ by, change: read.change });
  }

  /** The name under which a request counts; undefined, and told, where it does not. */
  private async believed(
    request: ControlName | 'change',
    { by, proof }: ControlRequest,
    sent: unknown,
  ): Promise<string | undefined> {
    const { signals, speak } = this.parts;
    if (proof && (await this.isProved(request, sent))) return by;
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
