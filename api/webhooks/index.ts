import { definePart } from '../part';
import { webhookContracts } from './contract';
import { webhookRoutes } from './routes';

export const webhooks = definePart(webhookContracts, webhookRoutes);
