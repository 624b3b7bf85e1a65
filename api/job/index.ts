import { definePart } from '../part';
import { jobContracts } from './contract';
import { jobRoutes } from './routes';

export const job = definePart(jobContracts, jobRoutes);
