import type { PlatformEvent } from '../../schemas/envelope';
import { processOf } from '../../schemas/process';
import { createLedger } from '../../src/ledger/ledger';
import { createLlmClient } from '../../src/llm/client';
import { createLlmTools } from '../llm/tools';
import type { Process } from '../process';
import { readyAgents } from '../agents/found';
import { agentPrompts } from '../agents/loop/question';
import { builtinTools } from '../tools/builtin';
import { loadOwnTools } from '../tools/own';
import { createCancelActivities } from './cancel';
import { createDecisionActivities } from './decisions';
import { createEnding, createEndingActivities, type RecordHead } from './ending';
import { createEventActivities } from './events';
import { createPassOnActivities } from './pass-on';
import { createPlanActivities, createPlans } from './plan';
import { createRecallActivities } from './recall';
import { createProofActivities } from './proofs';
import { createSegmentActivities } from './segment';
import { createStepActivities } from './steps';
import { createValueActivities } from './values';

/** The engine's own: values, events, ends of runs, plans and their steps; and the tools that every process may use, the user's own too. */
export const engine = {
  activities(parts) {
    const { config, store, documents, records, readEvents, mirror, temporal, prover, meter, runtime, catalogue } =
      parts;
    const { slice, log, pastRuns, recordings } = parts;
    const onStart = (first: PlatformEvent) => {
      const process = processOf(first);
      meter.runStarted(process);
      log.info({ process, subject: first.subject.id }, 'run started');
    };
    const onEnd = (record: RecordHead) => {
      meter.runEnded(record);
      pastRuns.note(record);
      const { process, subject, status, started_at, ended_at } = record;
      const seconds = (Date.parse(ended_at) - Date.parse(started_at)) / 1_000;
      log.info({ process, subject: subject.id, status, seconds }, 'run ended');
    };
    const ending = createEnding({ records, mirror, readEvents, onStart, onEnd });
    const plans = createPlans({
      ...{ documents, catalogue },
      settings: { maxParallel: config.engine.maxParallelSteps, ...config.tasks },
    });
    return {
      ...createValueActivities({ documents }),
      ...createEventActivities({
        mirror,
        onStart,
        readEvents,
        records,
      }),
      ...createEndingActivities({ documents, ending, records }),
      ...createPlanActivities({ documents, plans }),
      ...createSegmentActivities({ documents, runtime, plans, ending, slice }),
      ...createStepActivities({ runtime }),
      ...createProofActivities({ prover }),
      ...createCancelActivities({ temporal }),
      ...createPassOnActivities({ temporal, records, prover }),
      ...createDecisionActivities({ ledger: createLedger(store), recordings }),
      ...createRecallActivities({ records, recordings, documents }),
    };
  },
  tools: ({ config: { llm, ownTools }, judges }) => [
    ...builtinTools,
    ...readyAgents(),
    ...loadOwnTools(ownTools),
    ...createLlmTools({ client: createLlmClient(llm), attempts: llm.attempts, judges }),
  ],
  judges: {},
  prompts: agentPrompts,
} satisfies Process;
