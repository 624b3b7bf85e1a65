import { createRuns } from '../../src/runs';
import { runSettings } from '../../src/runs/settings';
import type { Process } from '../process';
import { createScheduleActivities } from './activities';

/** Starts of schedules. */
export const schedules = {
  activities({ config, log, documents, records, temporal, prover, threads }) {
    const store = { ...documents, ...records };
    const runs = createRuns({ temporal, store, settings: runSettings(config), prover, threads, log });
    return createScheduleActivities({ documents, temporal, runs });
  },
  tools: () => [],
  judges: {},
  prompts: [],
} satisfies Process;
