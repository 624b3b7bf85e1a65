import { createLedger } from '../../src/ledger/ledger';
import { judgeReply } from '../../src/order/reply';
import { judgeStructures } from '../../src/order/structure';
import { createOrderReader } from '../../src/reading/orders';
import type { Process } from '../process';
import { createThreads } from '../threads';
import { createOrderActivities } from './activities';
import { createOrderAgents } from './agents';
import type * as thread from './thread';
import { createOrderTools, orderPrompts } from './tools';

/** Orders, from their files to their export. */
export const order = {
  activities({ config, store, documents, onArtifact, onClose }) {
    const threads = createThreads<typeof thread>('order/thread');
    onClose(() => threads.close());
    return createOrderActivities({
      documents,
      ledger: createLedger(store),
      threads,
      words: config.llm.words,
      onArtifact,
    });
  },
  tools({ prompts, onClose }) {
    const reader = createOrderReader();
    onClose(async () => reader.close());
    return [...createOrderTools(prompts), ...createOrderAgents(reader)];
  },
  judges: { 'order.reply': judgeReply, 'order.structure': judgeStructures },
  prompts: orderPrompts,
} satisfies Process;
