import { askedIn, askingOf } from '../../../core/engine/asking';
import type { Reply } from '../../../core/engine/job';
import { parseDuration } from '../../../core/plan/duration';
import type { GivenDecision, SimulatedQuestion } from '../../../schemas/definition/simulation';
import type { LoadedStep } from '../../../schemas/loaded-plan';
import type { Approval } from '../../../schemas/plan';
import type { Play, Task } from './play';
import type { Rows } from './rows';

/** Whoever decides where nobody is named. */
const SOMEBODY = 'simulation';

/** Asks the question of an approval, which is decided as is given, or approved at once; or expires, on the virtual clock. */
export function ask(play: Play, rows: Rows, task: Task, step: LoadedStep): void {
  const { agenda, report, settings } = play.world;
  const { remind_after, escalate_after, expire_after }: Partial<Approval> = step.approval ?? {};
  const rendered = play.rendered(task, () => play.render(askingOf(step), play.interpreter.scope(step, step.reads)));
  if (!rendered) return;
  const { question, shows, assignee } = askedIn(rendered.value);
  const given = play.about.given.decision(rows.outline.nameIn(step));
  const decision: GivenDecision = given ?? { choice: 'approve' };
  const expires = agenda.now + (parseDuration(expire_after) ?? settings.expireAfter);
  const decided = decision.choice === 'expire' ? Infinity : agenda.now + (parseDuration(decision.after) ?? 0);
  const ends = Math.min(decided, expires);
  const due = (after: string | undefined): string | undefined => {
    const length = parseDuration(after);
    return length === undefined || agenda.now + length >= ends ? undefined : report.instant(agenda.now + length);
  };
  const entry: SimulatedQuestion = {
    step_id: rows.idOf(step),
    question,
    shows: report.fitting(shows)?.value,
    assignee,
    asked_at: report.instant(),
    reminded_at: due(remind_after),
    escalated_at: due(escalate_after),
    assumed: given === undefined,
  };
  report.question(entry);
  agenda.at(ends, () => {
    if (task.isOver) return;
    entry.ended_at = report.instant();
    if (decided >= expires) {
      entry.outcome = 'expired';
      return play.finish(task, { reply: { outcome: 'expired' } });
    }
    entry.outcome = decision.choice === 'approve' ? 'approved' : 'rejected';
    entry.by = decision.by ?? SOMEBODY;
    play.finish(task, { reply: replyOf(decision, report.instant()) });
  });
}

/** The reply to a person's question about an output that no check accepts. */
export const accepted = (at: string): Reply => decidedAs('accept', { choice: 'approve' }, at);

const replyOf = (decision: GivenDecision, at: string): Reply => decidedAs(decision.choice, decision, at);

function decidedAs(choice: string, { by = SOMEBODY, comment, data = null }: GivenDecision, at: string): Reply {
  const decision = {
    decision_id: 'simulated',
    choice,
    by,
    comment,
    channel: 'api',
    verified: true,
    decided_at: at,
  } as const;
  return { outcome: 'decided', decision, data };
}
