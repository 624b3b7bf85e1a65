import { definePart } from '../part';
import { overviewContracts } from './contract';
import { overviewRoutes } from './routes';

export const overview = definePart(overviewContracts, overviewRoutes);
