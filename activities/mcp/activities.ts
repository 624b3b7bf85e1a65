import { ApplicationFailure } from '@temporalio/activity';
import type { PinningInput, ToldPin } from '../../schemas/mcp/run';
import { pinId, type McpStore } from '../../src/mcp/pins';
import { withStore } from '../engine/values';
import type { McpTools } from './tools';

export interface McpActivityParts {
  store: McpStore;
  tools: Pick<McpTools, 'refresh'>;
}

/** Activities around the acceptance of tools. */
export function createMcpActivities({ store, tools }: McpActivityParts) {
  return {
    /** Facts of pins as they are in the store: whoever starts such a run can claim anything, and it says no more than is there. */
    async confirmPins({ server, by, tools: claimed }: Omit<PinningInput, 'correlation_id'>): Promise<ToldPin[]> {
      return await withStore(async () => {
        await tools.refresh();
        const told: ToldPin[] = [];
        for (const { name, digest } of claimed) {
          const pin = await store.readPin(server, name);
          if (pin?.digest !== digest || pin.by !== by)
            throw ApplicationFailure.nonRetryable(
              `${name} is not accepted with this definition by ${by}`,
              'mcp.no_pin',
            );
          const before = pin.version > 1 ? await store.readVersion(pinId(server, name), pin.version - 1) : undefined;
          told.push(
            before ? { name, digest, change: 'changed', before: before.digest } : { name, digest, change: 'new' },
          );
        }
        return told;
      });
    },
  };
}

export type McpActivities = ReturnType<typeof createMcpActivities>;
