import { definePart } from '../part';
import { inboxContracts } from './contract';
import { inboxRoutes } from './routes';

export const inbox = definePart(inboxContracts, inboxRoutes);
