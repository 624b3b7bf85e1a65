import type { EventPayload } from '../../../schemas/catalogue';
import type { OrderCorrectionsMade } from '../../../schemas/order/corrections';
import type { Order } from '../../../schemas/order/order';
import type { Paged, Ref } from '../../../schemas/refs';
import type { RunDependencies } from '../ports';
import type { RunReader } from '../read-run';
import type { createOrderDesk } from './desk';

type Made = OrderCorrectionsMade['corrections'][number];

/** A correction, and the drafts before and after it. */
export interface CorrectionMade extends Omit<Made, 'changes' | 'count'> {
  before: Ref<Paged<Order>>;
  after: Ref<Paged<Order>>;
}

/** Corrections that people have made, from an order's own events. */
export function createCorrectionReader(
  { threads: pool, store }: Pick<RunDependencies, 'threads' | 'store'>,
  { readAllEvents }: Pick<RunReader, 'readAllEvents'>,
  { readOrder }: Pick<ReturnType<typeof createOrderDesk>, 'readOrder'>,
) {
  const threads = pool.of('order');

  return {
    /** The corrections of an order, the first first. */
    async readCorrections(orderId: string): Promise<CorrectionMade[]> {
      const { run } = await readOrder(orderId);
      const made: CorrectionMade[] = [];
      let before: Ref<Paged<Order>> | undefined;
      for (const { event_type, payload, occurred_at: at } of await readAllEvents(run.workflow_id)) {
        if (event_type === 'ORDER.PARSED')
          before = (payload as EventPayload<'ORDER.PARSED'>).order as Ref<Paged<Order>>;
        if (event_type !== 'ORDER.CORRECTED' || !before) continue;
        const { version, by, verified, comment, decision_id, ledger, order } =
          payload as EventPayload<'ORDER.CORRECTED'>;
        const after = order as Ref<Paged<Order>>;
        made.push({ version, at, by, verified, comment, decision_id, ledger, before, after });
        before = after;
      }
      return made;
    },

    /** The changes of a correction, the first of them, and how many there are. */
    readChanges: async ({ before, after }: CorrectionMade): Promise<Pick<Made, 'changes' | 'count'>> =>
      await threads.run('changes', { before, after }, { documents: store }),
  };
}
