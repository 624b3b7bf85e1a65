import type { OrderInput } from '../../schemas/order/run';

/** Words of the sender, besides the files. */
export type Letter = Pick<OrderInput, 'order_id' | 'from_email' | 'subject' | 'language' | 'received_at' | 'delivery'>;
