import { definePart } from '../part';
import { costContracts } from './contract';
import { costRoutes } from './routes';

export const costs = definePart(costContracts, costRoutes);
