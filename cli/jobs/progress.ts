import type { StreamedEvent } from '../../src/http/api-client';

type TaskState = 'running' | 'waiting' | 'completed' | 'failed' | 'skipped';

/** How far a job is, from its events. */
export interface Progress {
  title: string;
  /** the newest thing about the job as a whole */
  stage: string;
  /** by step, in the order in which they began */
  tasks: ReadonlyMap<string, { state: TaskState; note: string }>;
}

/** Tasks that a tree has room for. */
const ROOM = 20;

const signs: Record<TaskState, string> = { running: '▸', waiting: '?', completed: '✓', failed: '✗', skipped: '–' };

export const begun = (title: string): Progress => ({ title, stage: 'begins', tasks: new Map() });

/** The progress after an event. */
export function told(progress: Progress, { event_type, payload }: StreamedEvent): Progress {
  const { step, error } = payload as { step?: string; error?: { message: string } };
  const state = taskStates[event_type];
  if (step === undefined || state === undefined) {
    const stage = /^(JOB|PLAN|APPROVAL)\./.test(event_type) ? wordsOf(event_type) : progress.stage;
    return { ...progress, stage };
  }
  const tasks = new Map(progress.tasks);
  tasks.set(step, { state, note: noteOf(event_type, payload) ?? error?.message ?? '' });
  return { ...progress, tasks };
}

/** The progress as a tree of the job and its tasks; of many tasks those that run or have failed, and the last ones. */
export function treeOf({ title, stage, tasks }: Progress, room = ROOM): string[] {
  const all = [...tasks];
  const lively = all.filter(([, { state }]) => state === 'running' || state === 'waiting' || state === 'failed');
  const shown = new Set([...lively.slice(-room), ...all.slice(-Math.max(0, room - lively.length))].map(([id]) => id));
  const left = all.length - shown.size;
  const lines = all
    .filter(([id]) => shown.has(id))
    .map(([id, { state, note }]) => `${signs[state]} ${id}${note ? `  ${note}` : ''}`);
  if (left > 0) lines.unshift(`  … and ${left} more`);
  return [`${title}  ${stage}`, ...lines.map((line, i) => `${i === lines.length - 1 ? '└─' : '├─'} ${line}`)];
}

/** An event as a line of a log. */
export function lineOf({ occurred_at, event_type, payload }: StreamedEvent): string {
  const { error, ...facts } = payload as { error?: { message: string } } & Record<string, unknown>;
  const about = [
    facts['step'],
    facts['approval_id'],
    facts['question'],
    facts['choice'],
    facts['reason'],
    error?.message,
  ];
  return [occurred_at.slice(11, 19), event_type, ...about.filter((word) => typeof word === 'string')].join('  ');
}

const taskStates: { [event: string]: TaskState } = {
  'TASK.STARTED': 'running',
  'TASK.RETRIED': 'running',
  'TASK.COMPLETED': 'completed',
  'TASK.FAILED': 'failed',
  'TASK.RECOVERED': 'skipped',
  'TASK.SKIPPED': 'skipped',
};

function noteOf(event: string, { round, milliseconds, uses, reason }: StreamedEvent['payload']): string | undefined {
  if (event === 'TASK.COMPLETED') return `${Number(milliseconds) / 1_000} s`;
  if (event === 'TASK.STARTED')
    return [uses, Number(round) > 1 ? `round ${String(round)}` : ''].filter(Boolean).join(', ');
  return typeof reason === 'string' ? reason : undefined;
}

/** `PLAN.POLICY_DECIDED` in words: plan policy decided. */
const wordsOf = (event: string): string => event.toLowerCase().replaceAll(/[._]/g, ' ');
