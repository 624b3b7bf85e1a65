import { definePart } from '../part';
import { agentRunContracts } from './contract';
import { agentRunRoutes } from './routes';

export const agentRun = definePart(agentRunContracts, agentRunRoutes);
