import { definePart } from '../part';
import { runContracts } from './contract';
import { runRoutes } from './routes';

export const runs = definePart(runContracts, runRoutes);
