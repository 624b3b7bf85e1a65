import type { CsvDialect } from '../../schemas/order/run';
import type { Prover } from '../access/proof';
import type { RecordStore } from '../documents/records';
import type { ValueStore } from '../documents/values';
import type { Logger } from '../logging';
import type { ThreadPool } from '../threads/pool';
import type { TemporalPort } from '../temporal/client';

/** Parts of the document store that runs need. */
export type RunStore = Pick<ValueStore, 'putValue' | 'getValue' | 'toValue' | 'fromValue' | 'files'> &
  Pick<RecordStore, 'readRecord' | 'listRecords'>;

/** Settings that runs keep from their start. Times are milliseconds. */
export interface RunSettings {
  namespace: string;
  clarification: { remindAfterMs: number; escalateAfterMs: number; expireAfterMs: number };
  reworkRounds: number;
  /** jobs that do not say are recorded */
  record: boolean;
  approvalSignals: 'accept' | 'token' | 'refuse';
  orders: OrderSettings;
}

/** Settings that an order keeps from its start. Times are milliseconds. */
export interface OrderSettings {
  remindAfterMs: number;
  escalateAfterMs: number;
  expireAfterMs: number;
  fourEyes: boolean;
  csv: CsvDialect;
}

export interface RunDependencies {
  temporal: TemporalPort;
  store: RunStore;
  settings: RunSettings;
  prover: Pick<Prover, 'prove'>;
  threads: Pick<ThreadPool, 'of'>;
  log: Logger;
}
