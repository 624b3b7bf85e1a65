import type { Redis } from 'ioredis';
import type { ScriptPort } from '../redis/script';
import type { GatePort } from '../redis/gate';

/** A page of an operation: the same operation and page mean the same entries, however often it is tried. */
export interface DlqMove {
  operation: string;
  page: number;
  what: 'redrive' | 'discard';
  by: string;
  ids: string[];
}

export type DlqMovePort = Pick<Redis, 'xrange'> & ScriptPort & GatePort;
