import { definePart } from '../part';
import { orderContracts } from './contract';
import { orderRoutes } from './routes';

export const order = definePart(orderContracts, orderRoutes);
