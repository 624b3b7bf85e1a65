import type { QueueClass } from '../schemas/queues';

/** Settings of a worker for one class of work. */
export interface QueueRow {
  /** activities (or workflow tasks) of the class that one process handles at a time */
  slots: number;
  /** runs workflows with their short activities and their ends; the others run activities alone */
  workflows?: true;
}

/** A row for each class of work; a new class is a name in `schemas/queues.ts` and a row here. */
export const queues: Record<QueueClass, QueueRow> = {
  workflows: { slots: 100, workflows: true },
  tools: { slots: 50 },
  agents: { slots: 8 },
  orders: { slots: 8 },
  mirror: { slots: 100 },
};
