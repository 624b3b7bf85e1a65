import { createDlqMover } from '../../src/dlq/mover';
import { createDlqReader } from '../../src/dlq/reader';
import { createExecutions, createRebuild, createSweep, rebuildLost } from '../../src/rebuild';
import { createDeadTaskRetrier } from '../../src/runs/job/dead-task';
import { createOperationStarter } from '../../src/runs/operations/start';
import { runSettings } from '../../src/runs/settings';
import type { Process } from '../process';
import { createOperationActivities } from './activities';
import { createUpkeepActivities } from './upkeep';

/** Operations on the platform itself, and the sweeper. */
export const operations = {
  activities({ config, log, documents, records, readEvents, redis, keys, temporal, mirror, validate, ...parts }) {
    const { namespace } = config;
    const upkeep = { namespace, temporal, redis, keys, mirror, validate, records, readEvents, log };
    const executions = createExecutions(temporal, namespace);
    const store = { ...documents, ...records };
    const settings = runSettings(config);
    const start = createOperationStarter({ temporal, store, settings, log });
    const { prover, threads } = parts;
    const retry = createDeadTaskRetrier({ temporal, store, settings, prover, threads, log });
    return {
      ...createUpkeepActivities({
        rebuild: createRebuild(upkeep),
        sweep: createSweep(upkeep),
        rebuildLost: () => rebuildLost({ ...upkeep, executions, start }),
      }),
      ...createOperationActivities({
        reader: createDlqReader({ redis, keys, log }),
        mover: createDlqMover({ redis, keys, log, retry }),
      }),
    };
  },
  tools: () => [],
  judges: {},
  prompts: [],
} satisfies Process;
