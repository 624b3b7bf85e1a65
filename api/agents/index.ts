import { definePart } from '../part';
import { agentContracts } from './contract';
import { agentRoutes } from './routes';

export const agents = definePart(agentContracts, agentRoutes);
