import { CancellationScope, patched } from '@temporalio/workflow';
import type { ExecutionStart } from '../../schemas/definition/run';
import type { Value } from '../../schemas/refs';
import type { Control } from './control';
import type { Work } from './work';

/** Histories from before pauses reached executions within a run go the old way. */
const REACHED = 'pause-reaches-executions';

/** Executions of definitions that a run has begun as its children: it waits for them, and its pauses are theirs. */
export class Executions {
  constructor(
    private readonly work: Pick<Work, 'execution' | 'io'>,
    private readonly control: Control,
  ) {}

  /** The result of an execution. `timeout`: milliseconds for all of it. */
  async run(start: ExecutionStart, timeout: number | undefined): Promise<Value> {
    const messages = new CancellationScope();
    let isPaused = false;
    let earlier: Promise<unknown> = Promise.resolve();
    const passOn = (): void => {
      const { paused, asker: by = 'unknown' } = this.control;
      if (paused === isPaused || !patched(REACHED)) return;
      isPaused = paused;
      const request = paused ? 'pause' : 'resume';
      const message = { workflow_id: start.workflow_id, request, by } as const;
      // one after the other, so that they arrive in their order; until the execution has ended
      earlier = earlier
        .then(() => messages.run(() => this.work.io('passOn', message, `${request} ${start.input.execution_id}`)))
        .catch(() => undefined);
    };
    const unwatch = this.control.watch(passOn);
    try {
      const result = this.work.execution(start, timeout);
      // the run may have been paused while this was being prepared
      passOn();
      return await result;
    } finally {
      unwatch();
      messages.cancel();
    }
  }
}
