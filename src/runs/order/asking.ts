import type { OrderSummary, OrderView } from '../../../schemas/order/run';
import type { Asking } from '../asked/asking';

/** Questions of orders: whether a draft may be exported. */
export const orderAsking: Asking = {
  recorded: true,
  titleOf(view) {
    const { subject, from_email } = view as unknown as OrderView;
    return `Order "${subject}" from ${from_email}`;
  },
  weigh({ shows }) {
    const { blocking = 0, warnings = 0, delivery_date: day } = (shows ?? {}) as Partial<OrderSummary>;
    return { flags: blocking + warnings, blocking: blocking > 0, day };
  },
};
