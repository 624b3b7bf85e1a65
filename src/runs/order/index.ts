import type { ProcessRuns } from '../end';
import { orderAsking } from './asking';
import { createOrderDesk } from './desk';
import { orderEnd } from './end';
import { createOrderList } from './list';
import { createOrderStarter } from './start';

/** Orders. */
export const order = {
  operations: (dependencies, reader) => ({
    startOrder: createOrderStarter(dependencies),
    ...createOrderDesk(dependencies, reader),
    ...createOrderList(dependencies),
  }),
  asking: orderAsking,
  end: orderEnd,
} satisfies ProcessRuns;
