import type { Job } from './job';

/**
 * The order in which entries begin. At most `parallel` run at once; of those that may have killed a process, one at a
 * time, the least tried first: so a poison entry is recognised and holds up no other.
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
    /** The next job, which counts as running from now on; undefined if there is none, or no room for it. */
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
    /** Ends the run of a job. */
    release(job: Job): void {
      running -= 1;
      if (job.alone) alone -= 1;
    },
    /** Removes a waiting job. */
    drop(job: Job): void {
      const list = job.alone ? suspects : ready;
      const at = list.indexOf(job);
      if (at >= 0) list.splice(at, 1);
    },
    /** Number of running jobs. */
    get running(): number {
      return running;
    },
    /** Number of jobs that wait for a free handler. */
    get queued(): number {
      return ready.length;
    },
    get isEmpty(): boolean {
      return ready.length === 0 && suspects.length === 0;
    },
  };
}
