import { eventIn, type Content } from '../read';
import type { Entry } from './entry';
import type { Held } from './group';

/** An entry in hand. A class, and its own `Entry`, so that most entries need this one object and no other. */
export class Job implements Entry {
  /** failures since it is in hand; the delay grows with them */
  failures = 0;
  /** the last attempt did not count, so the next begins under the same number */
  free = false;
  /** number of the running attempt; the end of an older one is ignored */
  turn = 0;
  state: 'ready' | 'running' | 'waiting' | 'burying' | 'done' = 'ready';
  /** another consumer has it: the running attempt may end here, and there is no other */
  lost = false;
  abort: AbortController | undefined = undefined;
  timer: NodeJS.Timeout | undefined = undefined;
  startedAt: number;

  constructor(
    readonly id: string,
    /** undefined until the entry is read */
    public content: Content<Buffer> | undefined,
    /** attempts as Redis counts them, including the running one */
    public attempt: number,
    /** it may have killed a process, so it runs alone among its like */
    readonly alone: boolean,
    readonly firstAt: number,
  ) {
    this.startedAt = firstAt;
  }

  get raw(): Buffer | undefined {
    return this.content === undefined ? undefined : eventIn(this.content);
  }

  get tooLarge(): number | undefined {
    return typeof this.content === 'number' ? this.content : undefined;
  }

  /** bytes that it holds in this process, besides itself */
  get bytes(): number {
    if (Array.isArray(this.content)) return this.content.reduce((sum, part) => sum + part.length, 0);
    return Buffer.isBuffer(this.content) ? this.content.length : 0;
  }

  signal(): AbortSignal {
    return (this.abort ??= new AbortController()).signal;
  }
}

/** An entry in hand as Redis is to keep it: an attempt that does not count is taken back. */
export const heldOf = ({ id, attempt, free, state }: Job): Held => ({
  id,
  deliveries: free && state !== 'running' ? attempt - 1 : attempt,
});
