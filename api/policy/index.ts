import { definePart } from '../part';
import { policyContracts } from './contract';
import { policyRoutes } from './routes';

export const policy = definePart(policyContracts, policyRoutes);
