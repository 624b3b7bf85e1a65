import { integer, oneOf } from './kinds';
import { section, type ValuesOf } from './sections';

const tasks = section('Tasks that fail. See docs/jobs.md');

/** Variables of workers for tasks that fail or get stuck. */
export const taskVariables = {
  WORKER_RETRY_POLICY: tasks.defaulted(
    oneOf('transient', 'any', 'none'),
    'transient',
    'The failures of a task after which it is tried again: those that may pass by themselves, `any` (but for what policy or arguments forbid), or `none`.',
  ),
  WORKER_RECOVER_IDLE_MS: tasks.defaulted(
    integer(2_000, 3_600_000, 4_000),
    '4000',
    'Milliseconds without a sign of life of a worker after which another one takes over its tasks. Workers give one every second.',
  ),
  WORKER_DLQ_ENABLED: tasks.defaulted(
    oneOf('true', 'false'),
    'true',
    'Whether a task that is out of retries and out of recovery becomes a dead letter (`<NAMESPACE>:tasks.dlq`), from where it can be retried.',
  ),
  AWE_RECORD: tasks.defaulted(
    oneOf('always', 'asked'),
    'asked',
    'Whether jobs are recorded, so that they can be replayed: `always`, or those alone that are started so. See docs/recording.md',
  ),
};

/** Settings for tasks that fail or get stuck. */
export const taskConfig = (values: ValuesOf<typeof taskVariables>) => ({
  retries: values.WORKER_RETRY_POLICY,
  recoverIdleMs: values.WORKER_RECOVER_IDLE_MS,
  deadLetters: values.WORKER_DLQ_ENABLED === 'true',
  record: values.AWE_RECORD === 'always',
});
