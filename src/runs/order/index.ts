import type { ProcessRuns } from '../end';
import { createRunReader } from '../read-run';
import { createOrderDesk } from './desk';
import { orderEnd } from './end';
import { createOrderList } from './list';
import { createOrderStarter } from './start';

/** Orders. */
export const order = {
  operations: (dependencies) => ({
    startOrder: createOrderStarter(dependencies),
    ...createOrderDesk(dependencies, createRunReader(dependencies)),
    ...createOrderList(dependencies),
  }),
  end: orderEnd,
} satisfies ProcessRuns;
