import { rawOf, type Entry } from './entry';
import type { Held } from './group';

/** An entry in hand. A class, and its own `Entry`: there is one for every entry that is read, and often nothing more. */
export class Job implements Entry {
  raw: Buffer | undefined;
  /** times that it has failed since it is in hand: what the delay grows with */
  failures = 0;
  /** the attempt before did not count, so the next begins under the same number */
  free = false;
  /** the attempt that runs; what an older one says counts no more */
  turn = 0;
  state: 'ready' | 'running' | 'waiting' | 'burying' | 'done' = 'ready';
  /** another consumer has it: it is finished here, and not tried again */
  lost = false;
  abort: AbortController | undefined = undefined;
  timer: NodeJS.Timeout | undefined = undefined;
  startedAt: number;

  constructor(
    readonly id: string,
    public fields: Buffer[] | undefined,
    /** attempts that Redis counts, the running one included */
    public attempt: number,
    /** may have ended a process: runs alone among its like */
    readonly alone: boolean,
    readonly firstAt: number,
  ) {
    this.raw = fields && rawOf(fields);
    this.startedAt = firstAt;
  }

  signal(): AbortSignal {
    return (this.abort ??= new AbortController()).signal;
  }
}

/** What Redis is to keep of an entry in hand: an attempt that does not count is taken back. */
export const held = ({ id, attempt, free, state }: Job): Held => ({
  id,
  deliveries: free && state !== 'running' ? attempt - 1 : attempt,
});
