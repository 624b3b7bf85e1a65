import type { OrderSummary, OrderView } from '../../../schemas/order/run';
import { oddInFrench } from '../../order/summary';
import type { Asking } from '../asked/asking';

/** Questions of orders: whether a draft may be exported. */
export const orderAsking: Asking = {
  recorded: true,
  titleOf(view) {
    const { subject, from_email } = view as unknown as OrderView;
    return `Order "${subject}" from ${from_email}`;
  },
  inFrench(view, { shows }) {
    const { subject, from_email } = view as unknown as OrderView;
    const odd = oddInFrench((shows ?? {}) as Partial<OrderSummary>);
    return {
      title: `Commande « ${subject} » de ${from_email}`,
      question: `Exporter la commande « ${subject.slice(0, 200)} » de ${from_email} ? ${odd}.`,
    };
  },
  weigh({ shows }) {
    const { blocking = 0, warnings = 0, delivery_date: day } = (shows ?? {}) as Partial<OrderSummary>;
    return { flags: blocking + warnings, blocking: blocking > 0, day };
  },
};
