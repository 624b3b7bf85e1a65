import type { ProcessRuns } from '../end';
import { orderAsking } from './asking';
import { createCorrectionReader } from './corrections';
import { createOrderDesk } from './desk';
import { orderEnd } from './end';
import { createOrderList } from './list';
import { createOrderSheets } from './sheets';
import { createOrderStarter } from './start';

/** Orders. */
export const order = {
  operations: (dependencies, reader) => {
    const desk = createOrderDesk(dependencies, reader);
    return {
      startOrder: createOrderStarter(dependencies),
      ...desk,
      ...createOrderList(dependencies),
      ...createOrderSheets(dependencies, reader, desk),
      ...createCorrectionReader(dependencies, reader, desk),
    };
  },
  asking: orderAsking,
  end: orderEnd,
} satisfies ProcessRuns;
