import { createThreads, type Threads } from '../threads';
import type * as thread from './thread';

/** The analysis of audits, in threads: 10,000 rows take a second of computing. */
export type Analysts = Threads<typeof thread>;

export const createAnalysts = (): Analysts => createThreads<typeof thread>('audit/thread');
