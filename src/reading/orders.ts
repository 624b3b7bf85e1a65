import type { ReadDelivery } from '../../schemas/order/run';
import { openFilesystemStore } from '../documents/filesystem';
import { takeOverValues } from '../documents/take-over';
import type { ValueStore } from '../documents/values';
import { refusedReading } from '../order/readings';
import { SpreadsheetError } from '../spreadsheets/errors';
import type { OrderOptions } from './child/jobs';
import { inFolder } from './folder';
import { keepReading } from './keep';
import { createLanes, largeOrderLimits, orderReaderLimits, type LaneLimits } from './lanes';

export type { OrderOptions } from './child/jobs';
export { largeOrderLimits, orderReaderLimits } from './lanes';

/** Reads a customer's file. A refused file is an outcome, not an error, because somebody must hear of it. */
export interface OrderReader {
  /** Keeps the reading. Throws the signal's reason when it aborts, and a plain `Error` if the fault is ours. */
  read(
    path: string,
    options: OrderOptions,
    documents: Pick<ValueStore, 'files' | 'putValue'>,
    signal?: AbortSignal,
  ): Promise<ReadDelivery>;
  /** Ends the children that read. */
  close(): void;
}

export function createOrderReader(
  limits: LaneLimits = orderReaderLimits,
  large: LaneLimits = largeOrderLimits,
): OrderReader {
  const lanes = createLanes(limits, large);
  return {
    async read(path, options, documents, signal) {
      try {
        const { run, limits: bounds } = await lanes.of(path);
        return await inFolder(async (folder) => {
          const delivery = await run('order', { path, folder, limits: bounds, options }, signal);
          await takeOverValues(await openFilesystemStore({ root: folder }), documents);
          return delivery;
        });
      } catch (error) {
        if (!(error instanceof SpreadsheetError)) throw error;
        return await keepReading(documents, refusedReading(options.file, error.code, error.text));
      }
    },
    close: lanes.close,
  };
}
