import { definePart } from '../part';
import { mcpServerContracts } from './contract';
import { mcpServerRoutes } from './routes';

export const mcpServer = definePart(mcpServerContracts, mcpServerRoutes);
