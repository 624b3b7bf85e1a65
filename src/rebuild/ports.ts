import type { Redis } from 'ioredis';
import type { PlatformEvent } from '../../schemas/envelope';
import type { Ref } from '../../schemas/refs';
import type { RecordStore } from '../documents/records';
import type { Logger } from '../logging';
import type { Keys } from '../redis/keys';
import type { Validate } from '../streams/mirror';
import type { Mirror } from '../streams/mirror';
import type { TemporalPort } from '../temporal/client';

/** Dependencies of the streams' repair. */
export interface UpkeepParts {
  namespace: string;
  temporal: TemporalPort;
  redis: Redis;
  keys: Keys;
  mirror: Mirror;
  validate: Validate;
  records: RecordStore;
  /** events that a run has put into the document store */
  readEvents: (ref: Ref) => Promise<PlatformEvent[]>;
  log: Logger;
}
