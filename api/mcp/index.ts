import { definePart } from '../part';
import { mcpContracts } from './contract';
import { mcpRoutes } from './routes';

export const mcp = definePart(mcpContracts, mcpRoutes);
