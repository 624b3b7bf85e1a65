import { judgeReply } from '../../src/order/reply';
import { judgeStructures } from '../../src/order/structure';
import { createPartStarter } from '../../src/runs/order/start';
import { runSettings } from '../../src/runs/settings';
import { createOrderReader } from '../../src/reading/orders';
import type { Process } from '../process';
import { createOrderActivities } from './activities';
import { createOrderAgents } from './agents';
import { createOrderTools, orderPrompts } from './tools';

/** Orders, from their files to their export. */
export const order = {
  activities: ({ config, documents, threads, temporal, onArtifact }) =>
    createOrderActivities({
      documents,
      threads: threads.of('order'),
      words: config.llm.words,
      startPart: createPartStarter({ temporal, settings: runSettings(config) }),
      onArtifact,
    }),
  tools({ prompts, threads, onClose }) {
    const reader = createOrderReader();
    onClose(async () => reader.close());
    const order = threads.of('order');
    return [...createOrderTools(prompts, order), ...createOrderAgents(reader, order)];
  },
  judges: { 'order.reply': judgeReply, 'order.structure': judgeStructures },
  prompts: orderPrompts,
} satisfies Process;
