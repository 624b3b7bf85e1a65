import type { Job } from './job';

/**
 * Which entry begins next. At most `parallel` run at once; of those that may have ended a process one at a time, those
 * tried least first: so a poison entry is known for what it is, and keeps nobody waiting.
 */
export function createQueue(parallel: number) {
  const ready: Job[] = [];
  const suspects: Job[] = [];
  let running = 0;
  let alone = 0;

  return {
    add(job: Job): void {
      job.state = 'ready';
      (job.alone ? suspects : ready).push(job);
    },
    /** The next, which runs from now on; undefined where there is none, or no room for it. */
    next(): Job | undefined {
      let job = running < parallel ? ready.shift() : undefined;
      if (!job && alone === 0 && suspects.length > 0) {
        suspects.sort((a, b) => a.attempt - b.attempt || (a.id < b.id ? -1 : 1));
        job = suspects.shift();
      }
      if (!job) return undefined;
      running += 1;
      if (job.alone) alone += 1;
      job.state = 'running';
      return job;
    },
    /** The job runs no more. */
    release(job: Job): void {
      running -= 1;
      if (job.alone) alone -= 1;
    },
    /** Takes a job out that waits. */
    drop(job: Job): void {
      const list = job.alone ? suspects : ready;
      const at = list.indexOf(job);
      if (at >= 0) list.splice(at, 1);
    },
    /** Those that run. */
    get running(): number {
      return running;
    },
    /** Those that wait for a free handler. */
    get queued(): number {
      return ready.length;
    },
    get isEmpty(): boolean {
      return ready.length === 0 && suspects.length === 0;
    },
  };
}
