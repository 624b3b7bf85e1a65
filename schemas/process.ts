import type { Envelope, Subject } from './envelope';
import { approvalEvents } from './events/approval';
import type { EventDefinition } from './events/define';
import { runEvents } from './events/run';
import { taskEvents } from './events/task';

/** Facts of a process that the parts around its run need to know. */
export interface ProcessFacts<Own extends EventDefinition = EventDefinition> {
  /** kind of the subject of its events */
  subject: Subject['kind'];
  /** The name that its workflow id is made from: the id of its subject; a `run` has its workflow id as its subject. */
  named: 'subject' | 'run';
  /** Event types of its own, besides those of every plan. */
  events: readonly Own[];
  /** Event types that end a run of it, each with the run's outcome in a word. */
  ends: { readonly [type in Own['type'] | PlanEvent['type']]?: string };
  /**
   * Plural of the process, if its outcomes (`status` in their view) and the runs that wait for a person are counted
   * apart: `awe_<counted>_ended_total`, `awe_pending_<counted>`.
   */
  counted?: string;
}

/** Defines the facts of a process; the compiler checks that the events that end it are its own, or those of a plan. */
export const defineProcess = <Own extends EventDefinition>(facts: ProcessFacts<Own>): ProcessFacts<Own> => facts;

/** Events that a run of any plan says. */
const planEvents = [...runEvents, ...taskEvents, ...approvalEvents];
type PlanEvent = (typeof planEvents)[number];

/** A run of a plan that belongs to no other process. */
export const run = defineProcess({
  subject: 'run',
  named: 'run',
  events: planEvents,
  ends: { 'RUN.COMPLETED': 'completed', 'RUN.FAILED': 'failed', 'RUN.CANCELLED': 'cancelled' },
});

/** The process that an event's `source` names: `awe.<process>`. Anybody can write it, so it proves nothing. */
export const processOf = ({ source }: Pick<Envelope, 'source'>): string => source.replace(/^awe\./, '');
