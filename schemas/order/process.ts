import { defineProcess } from '../process';
import { orderEvents } from './events';

/** The intake of an order. */
export const order = defineProcess({
  subject: 'order',
  named: 'subject',
  events: orderEvents,
  ends: {
    'ORDER.EXPORT_READY': 'exported',
    'ORDER.REJECTED': 'rejected',
    'ORDER.SPLIT': 'split',
    'ORDER.EXPIRED': 'expired',
    'ORDER.FAILED': 'failed',
  },
  counted: 'orders',
});
