import type { PlatformEvent } from '../../schemas/envelope';
import { executionOf } from '../../core/engine/course';
import type { Recalled, RecalledReply, RecordedCourse } from '../../schemas/recordings/recording';
import type { DecisionView, RunRecord } from '../../schemas/run';
import type { Replaying } from '../../schemas/terms';
import type { Documents } from '../../src/documents/content';
import { readRecorded, type RecordedParts } from '../../src/recordings/recorded';
import { withStore } from './values';

export interface RecallParts extends RecordedParts {
  documents: Pick<Documents, 'fromValue' | 'getValue'>;
}

/** The course of recorded runs, for their replays. */
export function createRecallActivities(parts: RecallParts) {
  return {
    async recallRun({ of, live }: Replaying): Promise<Recalled> {
      return await withStore(async () => {
        const record = await readRecorded(parts, of);
        const steps = live ? await parts.documents.getValue(live) : [];
        const recalled = await recall(record, parts.documents);
        if (steps.length === 0) return recalled;
        // what is asked about the whole plan is asked anew: it is about to change the world
        const ids = stepIds(record);
        const isPast = (id: string) => ids.has(id) && !steps.includes(id);
        const replies = Object.entries(recalled.replies).filter(([id]) => isPast(id));
        return {
          ...recalled,
          live: steps,
          course: { idle: [], before: {}, cut: [] },
          replies: Object.fromEntries(replies),
        };
      });
    },
  };
}

export type RecallActivities = ReturnType<typeof createRecallActivities>;

const stepIds = ({ step_views }: RunRecord): Set<string> => new Set(step_views.map(({ id }) => id));

/** States of steps that a failed run has not come to. */
const NOT_BEGUN: ReadonlySet<string> = new Set(['pending', 'ready', 'cancelled']);

async function recall(record: RunRecord, documents: Pick<Documents, 'fromValue'>): Promise<Recalled> {
  const idle: string[] = [];
  const course = { idle, ...endsOf(record) };
  const recalled: Recalled = { live: [], course, waits: {}, replies: repliesOf(record), executions: {} };
  for (const { id, kind, status, rounds, started_at, output, error } of record.step_views) {
    if (NOT_BEGUN.has(status) && rounds === 0 && started_at === undefined) idle.push(id);
    if (kind === 'wait' && output) {
      const { waited_until } = (await documents.fromValue(output)) as { waited_until?: string };
      if (waited_until !== undefined) recalled.waits[id] = Date.parse(waited_until);
    }
    if (kind === 'workflow' && (output || error)) recalled.executions[id] = output ? { output } : { failed: error! };
  }
  return recalled;
}

/** Events after which a turn of the plan is over. */
const TURNS: ReadonlySet<string> = new Set([
  'JOB.RECOVERY_CHOSEN',
  'JOB.LIMIT_EXTENDED',
  'JOB.FAILED',
  'JOB.COMPLETED',
]);

/** What had ended in the turn in which a step failed for good, and what was cut off by that. */
function endsOf({ events }: RunRecord): Pick<RecordedCourse, 'before' | 'cut'> {
  const before: RecordedCourse['before'] = {};
  const cut: string[] = [];
  const [ended, failed, open] = [new Set<string>(), new Map<string, string>(), new Map<string, string>()];
  for (const { event_type, payload } of events) {
    const { step, round = 1 } = payload as { step?: string; round?: number };
    if (TURNS.has(event_type)) {
      for (const execution of failed.values()) before[execution] ??= [...ended];
      cut.push(...open.values());
      failed.clear();
      open.clear();
    }
    if (step === undefined) continue;
    const execution = open.get(step) ?? executionOf(step, round);
    switch (event_type) {
      case 'TASK.STARTED':
      case 'TASK.RETRIED':
        ended.delete(step);
        open.set(step, executionOf(step, round));
        break;
      case 'TASK.FAILED':
        failed.set(step, execution);
        open.delete(step);
        break;
      case 'TASK.RECOVERED':
      case 'TASK.COMPLETED':
      case 'TASK.SKIPPED':
        failed.delete(step);
        open.delete(step);
        ended.add(step);
        break;
    }
  }
  return { before, cut };
}

/** What came of each question, as the events tell it. */
function repliesOf({ events }: RunRecord): Recalled['replies'] {
  const replies: Recalled['replies'] = {};
  for (const { event_type, payload, occurred_at } of events as unknown as (PlatformEvent & { payload: Told })[]) {
    const { approval_id: id } = payload;
    if (id === undefined) continue;
    const asked = (replies[id] ??= []);
    if (event_type === 'APPROVAL.REQUESTED') asked.push({ overdue: [] });
    const last = asked.at(-1);
    if (!last) continue;
    if (event_type === 'APPROVAL.OVERDUE' && payload.level) last.overdue.push(payload.level);
    if (event_type === 'APPROVAL.EXPIRED') last.expired = true;
    if (event_type === 'APPROVAL.DECIDED') {
      const { decision_id, choice, by, comment, channel, verified } = payload;
      last.decision = { decision_id, choice, by, comment, channel, verified, decided_at: occurred_at };
    }
  }
  return replies;
}

/** The payloads of events about questions. */
interface Told extends Omit<DecisionView, 'decided_at'> {
  approval_id?: string;
  level?: RecalledReply['overdue'][number];
}
