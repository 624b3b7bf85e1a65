import { queueClasses, type QueueClass } from '../src/temporal/ids';

/** What a worker does with one class of work. */
export interface QueueRow {
  /** how many activities (or workflow tasks) of the class one process has in hand at a time */
  slots: number;
  /** runs workflows with their short activities and their ends; the others run activities alone */
  workflows?: true;
}

/** A row for each class of work; a new class is a name in `queueClasses` and a row here. */
export const queues: Record<QueueClass, QueueRow> = {
  workflows: { slots: 100, workflows: true },
  tools: { slots: 50 },
  agents: { slots: 8 },
  orders: { slots: 8 },
  mirror: { slots: 100 },
};

/** What a worker serves that is not told otherwise. */
export const allQueues: readonly QueueClass[] = queueClasses;
