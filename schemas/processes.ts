import type { EventType } from './catalogue';
import type { Envelope, Subject } from './envelope';

/** Facts of a process that the parts around its run need to know. */
export interface ProcessFacts {
  /** kind of the subject of its events */
  subject: Subject['kind'];
  /**
   * The name that its workflow id is made from: the id of its subject, or of the event that caused it. A `run`
   * has its workflow id as its subject.
   */
  named: 'subject' | 'cause' | 'run';
  /** Event types that end a run of it, each with the run's outcome in a word. */
  ends: { readonly [type in EventType]?: string };
  /** Queue of its own for activities, whose workers may be set aside. */
  queue?: string;
  /**
   * Plural of the process, if its outcomes (`status` in their view) and the runs that wait for a person are counted
   * apart: `awe_<counted>_ended_total`, `awe_pending_<counted>`.
   */
  counted?: string;
}

/** The processes of the platform, one row each. */
export const processes = {
  audit: {
    subject: 'project',
    named: 'subject',
    ends: { 'PROJECT.COMPLETED': 'completed', 'PROJECT.FAILED': 'failed' },
  },
  dispatch: {
    subject: 'project',
    named: 'cause',
    ends: { 'WORK.ITEM_COMPLETED': 'completed', 'WORK.ITEM_FAILED': 'failed' },
  },
  order: {
    subject: 'order',
    named: 'subject',
    ends: {
      'ORDER.EXPORT_READY': 'export_ready',
      'ORDER.REJECTED': 'rejected',
      'ORDER.EXPIRED': 'expired',
      'ORDER.FAILED': 'failed',
    },
    queue: 'orders',
    counted: 'orders',
  },
  operations: {
    subject: 'operation',
    named: 'run',
    ends: { 'OPERATION.COMPLETED': 'completed', 'OPERATION.FAILED': 'failed' },
  },
  run: {
    subject: 'run',
    named: 'run',
    ends: { 'RUN.COMPLETED': 'completed', 'RUN.FAILED': 'failed', 'RUN.CANCELLED': 'cancelled' },
  },
} as const satisfies { [process: string]: ProcessFacts };

/** The name of a process; tables of processes are `satisfies Record<ProcessName, …>`, so that none is forgotten. */
export type ProcessName = keyof typeof processes;

/** Processes that are counted apart, each with its plural. */
export const counted: readonly (readonly [process: string, word: string])[] = Object.entries<ProcessFacts>(
  processes,
).flatMap(([process, facts]) => (facts.counted === undefined ? [] : [[process, facts.counted] as const]));

/** Facts of a process by a name that came from outside; undefined if there is no such process. */
export const factsOf = (process: string): ProcessFacts | undefined =>
  Object.hasOwn(processes, process) ? processes[process as ProcessName] : undefined;

/** The process that an event's `source` names: `awe.<process>`. Anybody can write it, so it proves nothing. */
export const processOf = ({ source }: Pick<Envelope, 'source'>): string => source.replace(/^awe\./, '');
