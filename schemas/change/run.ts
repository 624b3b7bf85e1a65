import type { MemoryDeleted } from '../memory/api';

/** A change to what is kept outside of runs. Each is a run of its own, so that none is made without its event. */
export type Change =
  | { what: 'webhook'; webhook_id: string; state: 'enabled' | 'disabled'; reason?: string }
  /** all of a namespace, or all of a workflow definition */
  | ({ what: 'memory' } & MemoryChoice);

/** What of the memory is meant: one namespace, or all that belongs to a workflow definition. */
export type MemoryChoice = { namespace: string } | { workflow: string };

/** Input of a change. `by`: a person, or `platform`. */
export interface ChangeInput {
  change: Change;
  by: string;
  correlation_id: string;
}

/** What was deleted of the memory; nothing of a switched webhook. */
export type ChangeResult = MemoryDeleted | null;
