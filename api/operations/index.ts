import { definePart } from '../part';
import { operationContracts } from './contract';
import { operationRoutes } from './routes';

export const operations = definePart(operationContracts, operationRoutes);
