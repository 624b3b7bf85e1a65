import { definePart } from '../part';
import { workspaceContracts } from './contract';
import { workspaceRoutes } from './routes';

export const workspace = definePart(workspaceContracts, workspaceRoutes);
