import { createLedger } from '../../src/ledger/ledger';
import { judgeReply } from '../../src/order/reply';
import { judgeStructures } from '../../src/order/structure';
import { createOrderReader } from '../../src/reading/orders';
import type { Process } from '../process';
import { createOrderActivities } from './activities';
import { createOrderAgents } from './agents';
import { createOrderTools, orderPrompts } from './tools';

/** Orders, from their files to their export. */
export const order = {
  activities: ({ config, store, documents, onArtifact }) =>
    createOrderActivities({ documents, ledger: createLedger(store), words: config.llm.words, onArtifact }),
  tools({ prompts, onClose }) {
    const reader = createOrderReader();
    onClose(async () => reader.close());
    return [...createOrderTools(prompts), ...createOrderAgents(reader)];
  },
  judges: { 'order.reply': judgeReply, 'order.structure': judgeStructures },
  prompts: orderPrompts,
} satisfies Process;
