import { definePart } from '../part';
import { hookContracts } from './contract';
import { hookRoutes } from './routes';

export const hooks = definePart(hookContracts, hookRoutes);
