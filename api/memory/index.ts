import { definePart } from '../part';
import { memoryContracts } from './contract';
import { memoryRoutes } from './routes';

export const memory = definePart(memoryContracts, memoryRoutes);
