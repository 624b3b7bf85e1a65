import { definePart } from '../part';
import { toolContracts } from './contract';
import { toolRoutes } from './routes';

export const tools = definePart(toolContracts, toolRoutes);
