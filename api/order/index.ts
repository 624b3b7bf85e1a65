import { definePart } from '../part';
import { orderContracts } from './contract';
import { orderRoutes } from './routes';
import { sheetContracts } from './sheets-contract';
import { sheetRoutes, type SheetDependencies } from './sheets';

export const order = definePart(
  { ...orderContracts, ...sheetContracts },
  (deps: Parameters<typeof orderRoutes>[0] & SheetDependencies) => ({ ...orderRoutes(deps), ...sheetRoutes(deps) }),
);
