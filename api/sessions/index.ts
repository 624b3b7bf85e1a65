import { definePart } from '../part';
import { sessionContracts } from './contract';
import { sessionRoutes } from './routes';

export const sessions = definePart(sessionContracts, sessionRoutes);
