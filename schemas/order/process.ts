import { defineProcess } from '../process';
import { orderEvents } from './events';

/** The intake of an order. */
export const order = defineProcess({
  subject: 'order',
  named: 'subject',
  events: orderEvents,
  ends: {
    'ORDER.EXPORT_READY': 'export_ready',
    'ORDER.REJECTED': 'rejected',
    'ORDER.EXPIRED': 'expired',
    'ORDER.FAILED': 'failed',
  },
  counted: 'orders',
});
