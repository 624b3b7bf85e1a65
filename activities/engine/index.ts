import type { PlatformEvent } from '../../schemas/envelope';
import { processOf } from '../../schemas/process';
import { createLlmClient } from '../../src/llm/client';
import { createLlmTools } from '../llm/tools';
import type { Process } from '../process';
import { builtinTools } from '../tools/builtin';
import { createEnding, createEndingActivities, type RecordHead } from './ending';
import { createEventActivities } from './events';
import { createPlanActivities, createPlans } from './plan';
import { createProofActivities } from './proofs';
import { createSegmentActivities } from './segment';
import { createStepActivities } from './steps';
import { createValueActivities } from './values';

/** The engine's own: values, events, ends of runs, plans and their steps; and the tools that every process may use. */
export const engine = {
  activities({ config, documents, records, readEvents, mirror, prover, meter, runtime, catalogue, log }) {
    const onStart = (first: PlatformEvent) => {
      const process = processOf(first);
      meter.runStarted(process);
      log.info({ process, subject: first.subject.id }, 'run started');
    };
    const onEnd = (record: RecordHead) => {
      meter.runEnded(record);
      const { process, subject, status, started_at, ended_at } = record;
      const seconds = (Date.parse(ended_at) - Date.parse(started_at)) / 1_000;
      log.info({ process, subject: subject.id, status, seconds }, 'run ended');
    };
    const ending = createEnding({ records, mirror, readEvents, onStart, onEnd });
    const plans = createPlans({ documents, catalogue, maxParallel: config.engine.maxParallelSteps });
    return {
      ...createValueActivities({ documents }),
      ...createEventActivities({
        mirror,
        onStart,
        readEvents,
        records,
      }),
      ...createEndingActivities({ documents, ending }),
      ...createPlanActivities({ documents, plans }),
      ...createSegmentActivities({ documents, runtime, plans, ending }),
      ...createStepActivities({ runtime }),
      ...createProofActivities({ prover }),
    };
  },
  tools: ({ config: { llm }, judges }) => [
    ...builtinTools,
    ...createLlmTools({ client: createLlmClient(llm), attempts: llm.attempts, judges }),
  ],
  judges: {},
  prompts: [],
} satisfies Process;
