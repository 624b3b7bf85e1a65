import type { OrderSummary, OrderView } from '../../../schemas/order/run';
import { createRunList, type ListedRun } from '../list-runs';
import type { RunDependencies } from '../ports';

/** An order as lists show it. */
export interface ListedOrder extends ListedRun {
  order_id: string;
  from_email: string;
  subject: string;
  received_at: string;
  /** of its draft; present once its files are read */
  summary?: OrderSummary;
}

/** Pending orders that are read to sort them; one list waits for no more. */
const MOST_PENDING = 5_000;

/** Lists orders; see {@link createRunList} for their order. */
export function createOrderList(dependencies: RunDependencies) {
  const list = createRunList<ListedOrder>(dependencies, {
    process: 'order',
    listed: (run, subject, memo) => {
      const letter = (memo('letter') ?? {}) as Partial<ListedOrder>;
      return {
        ...run,
        order_id: subject,
        from_email: letter.from_email ?? '',
        subject: letter.subject ?? '',
        received_at: letter.received_at ?? run.started_at,
        summary: memo('order') as OrderSummary | undefined,
      };
    },
    recorded: (run, { subject, view }) => {
      const { from_email, subject: about, received_at, draft } = view as unknown as OrderView;
      return { ...run, order_id: subject.id, from_email, subject: about, received_at, summary: draft };
    },
  });

  return {
    listOrders: list,

    /** Orders that wait for a person: blocking faults first, then by delivery date, then the oldest. */
    async listPendingOrders(): Promise<ListedOrder[]> {
      const pending: ListedOrder[] = [];
      for (let cursor: string | undefined; pending.length < MOST_PENDING;) {
        const page = await list({ limit: 500, cursor, status: 'waiting' });
        pending.push(...page.runs);
        if (page.next_cursor === undefined) break;
        cursor = page.next_cursor;
      }
      return pending.sort(byUrgency);
    },
  };
}

function byUrgency(a: ListedOrder, b: ListedOrder): number {
  const blocked = ({ summary }: ListedOrder) => Number((summary?.blocking ?? 0) > 0);
  const due = ({ summary }: ListedOrder) => summary?.delivery_date ?? '9999-12-31';
  return blocked(b) - blocked(a) || due(a).localeCompare(due(b)) || a.received_at.localeCompare(b.received_at);
}
