import type { Payload, PayloadCodec } from '@temporalio/common';
import { TemporalError } from './errors';

/**
 * Bytes of one payload to Temporal: half the size of which its server warns. Things that are large by their nature
 * (rows, corrections, files) travel by reference; the largest that may not is a request text of 20,000 characters.
 * The server takes 2 MB, but ends the run that gets an update of so much.
 */
export const PAYLOAD_LIMIT = 128 * 1024;

/**
 * Refuses a payload over the limit before it is sent, whatever carries it: the start of a run, its memo, a signal, an
 * update or a query. Throws a `TemporalError` (`too_large`).
 */
export const boundedPayloads: PayloadCodec = {
  async encode(payloads) {
    const sizes = payloads.map(sizeOf);
    const largest = Math.max(0, ...sizes);
    if (largest > PAYLOAD_LIMIT)
      throw new TemporalError('too_large', `a message to a run takes ${PAYLOAD_LIMIT} bytes, not ${largest}`);
    return payloads;
  },
  decode: async (payloads) => payloads,
};

const sizeOf = ({ data }: Payload): number => data?.length ?? 0;
