import type { Inbox, InboxItem } from '../../schemas/inbox/api';
import type { McpStore } from '../../src/mcp/pins';
import type { Asked, Silent } from '../../src/runs/asked/asked';
import type { Contract } from '../contract';
import type { UiUrl } from '../links';
import { languageOf } from '../language';
import type { Call } from '../part';
import { createToolItems } from './tools';
import { itemOf, type Around } from './views';

export interface ItemDependencies {
  asked: Pick<Asked, 'open' | 'decided'>;
  mcp: Pick<McpStore, 'listListings' | 'listPins' | 'mark'>;
  /** all addresses of the API */
  contracts: readonly Contract[];
  uiUrl: UiUrl;
}

/** Milliseconds for which a decision stays in the list. */
const LATELY = 24 * 3_600_000;

/** Items of the inbox as a caller sees them, in no order. */
export function createInboxItems({ asked, mcp, contracts, uiUrl }: ItemDependencies) {
  const toolItems = createToolItems(mcp);
  const aroundOf = (call: Call): Around => ({ caller: call.principal, language: languageOf(call), contracts, uiUrl });

  return {
    async open(call: Call): Promise<{ items: InboxItem[]; silent: Silent[] }> {
      const around = aroundOf(call);
      const [{ questions, silent }, tools] = await Promise.all([asked.open(), toolItems(around)]);
      return { items: [...questions.map((question) => itemOf(question, around)), ...tools], silent };
    },

    /** Those that were decided within a day. */
    async decided(call: Call): Promise<{ items: InboxItem[]; partial: boolean }> {
      // to the minute, so that those who ask together share the answer
      const since = new Date(Math.floor((Date.now() - LATELY) / 60_000) * 60_000).toISOString();
      const { questions, partial } = await asked.decided(since);
      return { items: questions.map((question) => itemOf(question, aroundOf(call))), partial };
    },
  };
}

/** How many items there are of each kind. */
export function countKinds(items: readonly InboxItem[]): Inbox['counts'] {
  const counts: Inbox['counts'] = {};
  for (const { kind } of items) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
