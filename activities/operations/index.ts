import { createDlqMover } from '../../src/dlq/mover';
import { createDlqReader } from '../../src/dlq/reader';
import { createExecutions, createRebuild, createSweep, rebuildLost } from '../../src/rebuild';
import { createOperationStarter } from '../../src/runs/operations/start';
import { runSettings } from '../../src/runs/settings';
import type { Process } from '../process';
import { createOperationActivities } from './activities';
import { createUpkeepActivities } from './upkeep';

/** Operations on the platform itself, and the sweeper. */
export const operations = {
  activities({ config, log, documents, records, readEvents, redis, keys, temporal, mirror, validate }) {
    const { namespace } = config;
    const upkeep = { namespace, temporal, redis, keys, mirror, validate, records, readEvents, log };
    const executions = createExecutions(temporal, namespace);
    const store = { ...documents, ...records };
    const start = createOperationStarter({ temporal, store, settings: runSettings(config), log });
    return {
      ...createUpkeepActivities({
        rebuild: createRebuild(upkeep),
        sweep: createSweep(upkeep),
        rebuildLost: () => rebuildLost({ ...upkeep, executions, start }),
      }),
      ...createOperationActivities({
        reader: createDlqReader({ redis, keys, log }),
        mover: createDlqMover({ redis, keys, log }),
      }),
    };
  },
  tools: () => [],
  judges: {},
  prompts: [],
} satisfies Process;
